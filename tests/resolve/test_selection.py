"""Several environments, data planes and control-plane namespaces in one run, and slices of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from krm_fn.doors.local import LocalRender, render_local
from krm_fn.findings import Collector
from krm_fn.settings import OutputSettings, Selection, Settings
from tests.builtin.platform_case import Data, component, resource, workload

_ALERT = {
    "kind": "ClusterTrait",
    "name": "alert-rule",
    "instanceName": "errors",
    "parameters": {
        "description": "Too many errors",
        "source": {"type": "log", "query": "level=error"},
        "condition": {"threshold": 10},
    },
}
_AGENT = {"clusterAgent": {"clientCA": {"value": "none"}}}
_ENVIRONMENTS = {"development": "east", "production": "west"}


def _plane(name: str) -> Data:
    reference = {"kind": "ClusterObservabilityPlane", "name": "watch"}
    spec = {"planeID": name, **_AGENT, "observabilityPlaneRef": reference}
    return resource("ClusterDataPlane", name, spec, namespace="")


def _namespace(namespace: str) -> list[Data]:
    """A namespace with one component, deployed to two environments on two data planes."""
    found = [
        component("deployment/worker", traits=[_ALERT]),
        workload(),
        resource(
            "Project",
            "shop",
            {
                "deploymentPipelineRef": {"name": "default"},
                "type": {"kind": "ClusterProjectType", "name": "default"},
            },
        ),
    ]
    for environment, plane in _ENVIRONMENTS.items():
        reference = {"dataPlaneRef": {"kind": "ClusterDataPlane", "name": plane}}
        owner = {"projectName": "shop", "componentName": "cart"}
        bound = {
            "owner": owner,
            "environment": environment,
            "traitEnvironmentConfigs": {"errors": {"channels": ["mail"]}},
        }
        cell = {"owner": {"projectName": "shop"}, "environment": environment}
        found += [
            resource("Environment", environment, reference),
            resource("ReleaseBinding", f"cart-{environment}", bound),
            resource("ProjectReleaseBinding", f"shop-{environment}", cell),
        ]
    return [{**item, "metadata": {**item["metadata"], "namespace": namespace}} for item in found]


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    watch = resource(
        "ClusterObservabilityPlane",
        "watch",
        {"planeID": "watch", "observerURL": "https://observer.example.com", **_AGENT},
        namespace="",
    )
    documents = [*_namespace("acme"), *_namespace("beta"), _plane("east"), _plane("west"), watch]
    folder = tmp_path / "repository"
    folder.mkdir()
    (folder / "all.yaml").write_text(yaml.safe_dump_all(documents))
    return folder


def _render(repository: Path, output: Path, settings: Settings) -> LocalRender:
    done = render_local([repository], settings, output=output, form="yaml", findings=Collector())
    assert not done.failed, done.findings
    return done


def _tree(output: Path) -> list[str]:
    return sorted(path.relative_to(output).as_posix() for path in output.rglob("*.yaml"))


def _folders(output: Path) -> dict[str, int]:
    """How many files there are below each pair of upper folders."""
    found: dict[str, int] = {}
    for path in _tree(output):
        top = "/".join(path.split("/")[:2])
        found[top] = found.get(top, 0) + 1
    return found


def test_the_tree_holds_every_cell(repository: Path, tmp_path: Path) -> None:
    output = tmp_path / "rendered"
    done = _render(repository, output, Settings())
    counts = _folders(output)
    assert len(counts) == 4
    assert set(counts.values()) == {4}
    assert done.objects == sum(counts.values())
    for path in _tree(output):
        environment, cell, name = path.split("/")
        assert environment in _ENVIRONMENTS
        made: Any = yaml.safe_load((output / path).read_text())
        assert made["metadata"].get("namespace", made["metadata"]["name"]) == cell
        assert name == f"{made['kind'].lower()}_{made['metadata']['name']}.yaml"


def test_each_cluster_has_a_folder_of_its_own(repository: Path, tmp_path: Path) -> None:
    output = tmp_path / "rendered"
    _render(repository, output, Settings(output=OutputSettings(layout="planes")))
    assert _folders(output) == {
        "east/dataplane": 6,
        "east/observabilityplane": 2,
        "west/dataplane": 6,
        "west/observabilityplane": 2,
    }
    assert {path.split("/")[2] for path in _tree(output) if path.startswith("east/")} == {
        "development"
    }
    alerts = [path for path in _tree(output) if "observabilityplane" in path]
    assert all("/observabilityalertrule_" in path for path in alerts)


@pytest.mark.parametrize(
    ("select", "environments", "cells", "files"),
    [
        (Selection(environments=("production",)), {"production"}, 2, 8),
        (Selection(data_planes=("east",)), {"development"}, 2, 8),
        (Selection(namespaces=("beta",)), {"development", "production"}, 2, 8),
        (Selection(namespaces=("beta",), data_planes=("west",)), {"production"}, 1, 4),
        (Selection(planes=("dataplane",)), {"development", "production"}, 4, 12),
        (Selection(planes=("observabilityplane",)), {"development", "production"}, 4, 4),
        (Selection(components=("cart",)), {"development", "production"}, 4, 16),
    ],
)
def test_a_selection_renders_its_slice(
    repository: Path,
    tmp_path: Path,
    select: Selection,
    environments: set[str],
    cells: int,
    files: int,
) -> None:
    output = tmp_path / "rendered"
    _render(repository, output, Settings(select=select))
    found = [path.split("/") for path in _tree(output)]
    assert {path[0] for path in found} == environments
    assert len({path[1] for path in found}) == cells
    assert len(found) == files


@pytest.mark.parametrize("layout", ["tree", "planes", "flat"])
def test_slices_add_up_to_the_whole(repository: Path, tmp_path: Path, layout: Any) -> None:
    output = OutputSettings(layout=layout)
    _render(repository, tmp_path / "whole", Settings(output=output))
    for plane in ("west", "east"):
        for target in ("dataplane", "observabilityplane"):
            select = Selection(data_planes=(plane,), planes=(target,))
            _render(repository, tmp_path / "slices", Settings(output=output, select=select))
    whole = {path: (tmp_path / "whole" / path).read_text() for path in _tree(tmp_path / "whole")}
    slices = {path: (tmp_path / "slices" / path).read_text() for path in _tree(tmp_path / "slices")}
    assert slices == whole


def test_a_slice_that_is_rendered_again_replaces_only_itself(
    repository: Path, tmp_path: Path
) -> None:
    output = tmp_path / "rendered"
    _render(repository, output, Settings())
    before = _tree(output)
    text = (repository / "all.yaml").read_text()
    (repository / "all.yaml").write_text(text.replace("name: cart-production", "name: cart-live"))
    again = _render(repository, output, Settings(select=Selection(data_planes=("east",))))
    assert (again.changed, _tree(output)) == (0, before)
