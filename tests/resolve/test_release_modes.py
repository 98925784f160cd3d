"""`releases: auto | pinned | latest`: which release each environment gets (decision D3)."""

from __future__ import annotations

from typing import Any, Literal

import yaml

from krm_fn.builtin import BuiltinPlatform
from krm_fn.catalog import build
from krm_fn.findings import Collector
from krm_fn.lifecycle import cut_releases
from krm_fn.settings import Selection, Settings
from krm_fn.spine import RenderResult
from krm_fn.yamlio import parse
from tests.builtin.platform_case import (
    Data,
    binding,
    codes,
    component,
    errors,
    rendered,
    resource,
    workload,
)

_OLD = "registry.example/cart:1"
_NEW = "registry.example/cart:2"

Mode = Literal["auto", "pinned", "latest"]
_MODES: tuple[Mode, ...] = ("auto", "pinned", "latest")


def _sources(image: str, **spec: Any) -> list[Data]:
    return [component("deployment/worker", **spec), workload(container={"image": image})]


def _cut(*documents: Data) -> dict[str, Data]:
    """The releases of current sources, by kind."""
    findings = Collector()
    read = parse(
        yaml.safe_dump_all(documents), file="sources.yaml", mode="kubernetes", findings=findings
    )
    made = cut_releases(build(read, findings, BuiltinPlatform()), Settings(), findings)
    assert not findings.has_errors()
    return {str(release.object["kind"]): release.object for release in made}


def _rendered(mode: Mode, *documents: Data, **select: Any) -> RenderResult:
    settings = Settings(releases=mode, select=Selection(**select))
    return rendered(*documents, settings=settings)


def _images(result: RenderResult) -> dict[str, str]:
    """The image of each environment."""
    assert errors(result) == []
    found: dict[str, str] = {}
    for made in result.resources:
        if made.object["kind"] == "Deployment":
            content: Any = made.object
            (container,) = content["spec"]["template"]["spec"]["containers"]
            found[made.environment] = container["image"]
    return found


def _pinned() -> tuple[Data, Data]:
    release = _cut(*_sources(_OLD))["ComponentRelease"]
    return release, binding(releaseName=release["metadata"]["name"])


def test_auto_uses_the_pin_and_cuts_what_is_not_pinned() -> None:
    release, pinned = _pinned()
    result = _rendered("auto", *_sources(_NEW), release, pinned, binding(environment="staging"))
    assert _images(result) == {"development": _OLD, "staging": _NEW}
    assert [item.code for item in result.findings if "unpinned" in item.code] == [
        "binding-unpinned"
    ]


def test_auto_deploys_to_the_root_environment_only() -> None:
    result = _rendered("auto", *_sources(_NEW, autoDeploy=True))
    assert _images(result) == {"development": _NEW}


def test_auto_leaves_the_pin_of_an_auto_deployed_component_alone() -> None:
    release, pinned = _pinned()
    result = _rendered("auto", *_sources(_NEW, autoDeploy=True), release, pinned)
    assert _images(result) == {"development": _OLD}


def test_latest_previews_every_environment_of_the_pipeline() -> None:
    release, pinned = _pinned()
    result = _rendered("latest", *_sources(_NEW, autoDeploy=False), release, pinned)
    assert _images(result) == {"development": _NEW, "staging": _NEW, "production": _NEW}


def test_latest_previews_bindings_outside_the_pipeline_too() -> None:
    release, pinned = _pinned()
    environments = [
        resource(
            "Environment", name, {"dataPlaneRef": {"kind": "ClusterDataPlane", "name": "default"}}
        )
        for name in ("development", "staging", "production", "sandbox")
    ]
    sandbox = binding(environment="sandbox", releaseName=pinned["spec"]["releaseName"])
    result = _rendered("latest", *_sources(_NEW), release, pinned, sandbox, *environments)
    assert set(_images(result).items()) >= {("sandbox", _NEW), ("development", _NEW)}


def test_latest_leaves_undeployed_environments_empty() -> None:
    result = _rendered("latest", *_sources(_NEW), binding(state="Undeploy"))
    assert set(_images(result)) == {"staging", "production"}


def test_latest_can_be_selected_to_one_environment() -> None:
    result = _rendered("latest", *_sources(_NEW), environments=("staging",))
    assert _images(result) == {"staging": _NEW}


def test_pinned_renders_pins() -> None:
    release, pinned = _pinned()
    assert _images(_rendered("pinned", *_sources(_NEW), release, pinned)) == {"development": _OLD}


def test_pinned_refuses_a_binding_without_a_release() -> None:
    result = _rendered("pinned", *_sources(_NEW), binding())
    assert "component-release-not-found" in codes(result)
    assert [made for made in result.resources if made.component] == []


def test_pinned_refuses_a_component_that_deploys_itself() -> None:
    result = _rendered("pinned", *_sources(_NEW, autoDeploy=True))
    (message,) = errors(result)
    assert "releases: pinned" in message


def test_pinned_does_not_ask_for_what_is_not_selected() -> None:
    auto = _sources(_NEW, autoDeploy=True)
    assert errors(_rendered("pinned", *auto, environments=("production",))) == []
    assert errors(_rendered("pinned", *auto, projects=("other",))) == []


def test_a_pin_that_is_not_there_is_an_error_in_every_mode_that_reads_it() -> None:
    lost = binding(releaseName="cart-00000000")
    for mode in _MODES[:2]:
        result = _rendered(mode, *_sources(_NEW), lost)
        assert "component-release-not-found" in codes(result)
    assert _images(_rendered("latest", *_sources(_NEW), lost))["development"] == _NEW


def test_latest_takes_projects_from_their_sources() -> None:
    def project(label: str) -> list[Data]:
        parameters = {"team": label}
        kind = {
            "parameters": {
                "openAPIV3Schema": {"type": "object", "properties": {"team": {"type": "string"}}}
            },
            "resources": [
                {
                    "id": "namespace",
                    "template": {
                        "apiVersion": "v1",
                        "kind": "Namespace",
                        "metadata": {
                            "name": "${metadata.namespace}",
                            "labels": {"team": "${parameters.team}"},
                        },
                    },
                }
            ],
        }
        reference = {"kind": "ProjectType", "name": "team"}
        pipeline = {"name": "default"}
        return [
            resource("ProjectType", "team", kind),
            resource(
                "Project",
                "shop",
                {"type": reference, "parameters": parameters, "deploymentPipelineRef": pipeline},
            ),
        ]

    release = _cut(*project("old"))["ProjectRelease"]
    pinned = resource(
        "ProjectReleaseBinding",
        "shop-development",
        {
            "owner": {"projectName": "shop"},
            "environment": "development",
            "projectRelease": release["metadata"]["name"],
        },
    )
    labels = {}
    for mode in _MODES:
        result = _rendered(mode, *project("new"), release, pinned)
        assert errors(result) == []
        (made,) = result.resources
        content: Any = made.object
        labels[mode] = content["metadata"]["labels"]["team"]
        assert "binding-unpinned" not in codes(result)
    assert labels == {"auto": "old", "pinned": "old", "latest": "new"}
