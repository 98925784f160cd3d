"""When the built-in platform stands in, and when it does not."""

from __future__ import annotations

import pytest

from krm_fn.builtin import document
from krm_fn.doors.local import render_local
from krm_fn.findings import Collector
from krm_fn.settings import Selection, Settings
from tests.builtin.platform_case import (
    Data,
    binding,
    codes,
    component,
    data_plane,
    errors,
    objects,
    one,
    rendered,
    resource,
    workload,
)
from tests.shared import ROOT

_CART = [component("deployment/worker"), workload()]
_PROJECT = resource(
    "Project",
    "shop",
    {
        "deploymentPipelineRef": {"name": "default"},
        "type": {"kind": "ClusterProjectType", "name": "default"},
    },
)
_ENVIRONMENT = resource(
    "Environment", "test", {"dataPlaneRef": {"kind": "ClusterDataPlane", "name": "default"}}
)


def _borrowed(*documents: Data) -> list[str]:
    result = rendered(*documents)
    assert errors(result) == []
    return sorted(
        f"{item.resource.kind} {item.resource.name}"
        for item in result.findings
        if item.code == "builtin-used" and item.resource is not None
    )


def test_what_is_lent_is_said_once_each() -> None:
    assert _borrowed(*_CART) == [
        "ClusterComponentType worker",
        "ClusterDataPlane default",
        "ClusterProjectType default",
        "DeploymentPipeline default",
        "Environment development",
        "Project shop",
    ]


def test_it_is_an_information_and_no_warning() -> None:
    result = rendered(*_CART, settings=Settings(strict=True))
    assert {item.severity.value for item in result.findings} == {"info"}


def test_own_resources_are_not_replaced() -> None:
    own: Data = {
        **document("ClusterComponentType", "worker").data,
        "kind": "ComponentType",
        "metadata": {"name": "worker", "namespace": "acme"},
    }
    own["spec"] = {**own["spec"], "allowedTraits": []}
    auto = component("deployment/worker", autoDeploy=True)
    assert _borrowed(auto, workload(), own, _PROJECT, data_plane()) == [
        "ClusterProjectType default",
        "DeploymentPipeline default",
        "Environment development",
    ]


def test_nothing_is_lent_where_nothing_is_missing() -> None:
    assert "builtin-used" not in codes(rendered(*_CART, settings=Settings(platform="none")))


@pytest.mark.parametrize("kind", ["ComponentType", "ClusterComponentType"])
def test_without_the_platform_a_missing_type_is_an_error(kind: str) -> None:
    reference = {"kind": kind, "name": "deployment/worker"}
    auto = component("deployment/worker", autoDeploy=True, componentType=reference)
    result = rendered(auto, workload(), settings=Settings(platform="none"))
    assert "component-type-not-found" in codes(result)


def test_a_cluster_type_of_the_repository_is_no_builtin() -> None:
    """The reference would not find it, and neither do we: only our own types cross kinds."""
    own = document("ClusterComponentType", "worker").data
    result = rendered(component("deployment/worker", autoDeploy=True), workload(), own)
    (finding,) = [item for item in result.findings if item.code == "component-type-not-found"]
    assert "ClusterComponentType" in finding.hint


def test_a_misspelt_environment_among_others_stays_an_error() -> None:
    result = rendered(*_CART, _PROJECT, _ENVIRONMENT, binding(environment="development"))
    assert "environment-not-found" in codes(result)


def test_a_misspelt_project_among_others_stays_an_error() -> None:
    other = {**_PROJECT, "metadata": {"name": "shopp", "namespace": "acme"}}
    result = rendered(*_CART, other, binding())
    assert "project-not-found" in codes(result)


def test_another_data_plane_is_not_replaced() -> None:
    plane = data_plane()
    plane["metadata"] = {"name": "west"}
    result = rendered(*_CART, plane, binding())
    assert "data-plane-not-found" in codes(result)


def test_an_unknown_type_is_still_unknown_and_gets_a_suggestion() -> None:
    result = rendered(component("deployment/workr", autoDeploy=True), workload())
    (finding,) = [item for item in result.findings if item.code == "component-type-not-found"]
    assert "worker" in finding.hint


@pytest.mark.parametrize(("asked", "count"), [(None, 3), (True, 3), (False, 0)])
def test_a_component_of_no_project_is_deployed_unless_it_says_no(
    asked: bool | None, count: int
) -> None:
    spec: Data = {} if asked is None else {"autoDeploy": asked}
    result = rendered(component("deployment/worker", **spec), workload())
    assert len(result.resources) == count


def test_a_component_of_a_project_is_deployed_when_it_asks() -> None:
    assert rendered(*_CART, _PROJECT).resources == ()
    asking = component("deployment/worker", autoDeploy=True)
    assert len(rendered(asking, workload(), _PROJECT).resources) == 3


def test_all_built_in_environments_can_be_bound() -> None:
    result = rendered(
        *_CART, *(binding(environment=name) for name in ("development", "staging", "production"))
    )
    assert {made.environment for made in result.resources} == {
        "development",
        "staging",
        "production",
    }


def test_a_workflow_does_not_matter_to_a_built_in_type() -> None:
    built = component("deployment/worker", workflow={"name": "docker"})
    assert len(rendered(built, workload()).resources) == 3


def test_identities_do_not_depend_on_who_wrote_the_resource() -> None:
    own = {
        **document("Environment", "development").data,
        "metadata": {"name": "development", "namespace": "acme"},
    }
    lent = one(rendered(*_CART), "Deployment")
    assert one(rendered(*_CART, own), "Deployment") == lent


def test_each_namespace_has_its_own() -> None:
    others: list[Data] = [
        {**item, "metadata": {**item["metadata"], "namespace": "other"}} for item in _CART
    ]
    result = rendered(*_CART, *others)
    namespaces = {
        made["metadata"]["name"] for made in objects(result) if made["kind"] == "Namespace"
    }
    assert len(namespaces) == 2


def test_nothing_is_read_where_nothing_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    def unwanted(*_: str) -> None:
        raise AssertionError("the built-in platform was read")

    monkeypatch.setattr("krm_fn.builtin.fallback.document", unwanted)
    monkeypatch.setattr("krm_fn.builtin.document", unwanted)
    done = render_local(
        [ROOT / "examples" / "online-store"],
        Settings(select=Selection(environments=("staging",))),
        output=None,
        form="yaml",
        findings=Collector(),
    )
    assert done.objects > 0
