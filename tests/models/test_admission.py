"""Admission: defaults, pruning, refusals, rules."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from krm_fn.findings import field_path
from krm_fn.models import admit

TEMPLATE = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}}
CLUSTER_AGENT = {"clientCA": {"value": "x"}}


def document(kind: str, spec: dict[str, Any] | None = None, **metadata: Any) -> dict[str, Any]:
    """Make a document."""
    result: dict[str, Any] = {
        "apiVersion": "openchoreo.dev/v1alpha1",
        "kind": kind,
        "metadata": {"name": "x", **metadata},
    }
    return result if spec is None else {**result, "spec": spec}


def component(**fields: Any) -> dict[str, Any]:
    """Make a component."""
    spec = {"owner": {"projectName": "p"}, "componentType": {"name": "deployment/t"}}
    return document("Component", {**spec, **fields})


def component_type(**fields: Any) -> dict[str, Any]:
    """Make a component type."""
    spec = {
        "workloadType": "deployment",
        "resources": [{"id": "deployment", "template": TEMPLATE}],
    }
    return document("ComponentType", {**spec, **fields})


def workload(**fields: Any) -> dict[str, Any]:
    """Make a workload."""
    owner = {"projectName": "p", "componentName": "c"}
    return document("Workload", {"owner": owner, "container": {"image": "i"}, **fields})


def refusals(data: dict[str, Any]) -> list[tuple[str, str]]:
    """Admit and return code and field of what was found; the argument stays as it was."""
    before = copy.deepcopy(data)
    found = admit(data, data["kind"])[1]
    assert data == before
    return [(violation.code, field_path(violation.path)) for violation in found]


@pytest.mark.parametrize(
    ("data", "path", "expected"),
    [
        (component(), ("spec", "componentType", "kind"), "ComponentType"),
        (
            component(traits=[{"name": "t", "instanceName": "i"}]),
            ("spec", "traits", 0, "kind"),
            "Trait",
        ),
        (component(workflow={"name": "w"}), ("spec", "workflow", "kind"), "ClusterWorkflow"),
        (component_type(), ("spec", "resources", 0, "targetPlane"), "dataplane"),
        (
            document(
                "Trait",
                {"removes": [{"target": {"group": "", "version": "v1", "kind": "K"}}]},
            ),
            ("spec", "removes", 0, "targetPlane"),
            "dataplane",
        ),
        (
            document(
                "ReleaseBinding",
                {"owner": {"projectName": "p", "componentName": "c"}, "environment": "e"},
            ),
            ("spec", "state"),
            "Active",
        ),
        (
            document("ResourceType", {"resources": [{"id": "a", "template": TEMPLATE}]}),
            ("spec", "retainPolicy"),
            "Delete",
        ),
        (
            document(
                "SecretReference",
                {"template": {}, "data": [{"secretKey": "k", "remoteRef": {"key": "r"}}]},
            ),
            ("spec", "template", "type"),
            "Opaque",
        ),
        (
            document("Workflow", {"runTemplate": {}}),
            ("spec", "workflowPlaneRef"),
            {"kind": "ClusterWorkflowPlane", "name": "default"},
        ),
    ],
)
def test_default(data: dict[str, Any], path: tuple[str | int, ...], expected: object) -> None:
    """Defaults of the CRDs are applied."""
    stored, found = admit(data, data["kind"])
    assert found == []
    value: Any = stored
    for part in path:
        value = value[part]
    assert value == expected


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (document("Component"), [("field-required", "spec")]),
        (document("Environment"), []),
        (component(componentType=None), [("field-required", "spec.componentType")]),
        (
            component(componentType={"name": "service"}),
            [("field-pattern", "spec.componentType.name")],
        ),
        (component(autoDeploy="yes"), [("field-wrong-type", "spec.autoDeploy")]),
        (component(parameters=None), []),
        (
            document("Component", {"owner": {}}, labels={"a": True}),
            [
                ("field-wrong-type", "metadata.labels.a"),
                ("field-required", "spec.componentType"),
                ("field-required", "spec.owner.projectName"),
            ],
        ),
        (
            component_type(workloadType="daemonset"),
            [
                ("field-rule", "spec.resources"),
                ("field-enum", "spec.workloadType"),
            ],
        ),
        (
            component_type(resources=[]),
            [
                ("field-rule", "spec.resources"),
                ("field-items", "spec.resources"),
            ],
        ),
        (component_type(workloadType="proxy"), []),
        (
            component_type(resources=[{"id": "deployment", "forEach": "${a}", "template": {}}]),
            [("field-rule", "spec.resources[0].forEach")],
        ),
        (
            component_type(
                validations=[{"rule": "${true}", "message": "m"}],
                preRenderValidations=[{"rule": "true", "message": ""}],
            ),
            [
                ("field-length", "spec.preRenderValidations[0].message"),
                ("field-pattern", "spec.preRenderValidations[0].rule"),
                ("field-rule", "spec.validations"),
            ],
        ),
        (
            workload(container={"image": "i", "env": [{"key": "A", "value": "", "valueFrom": {}}]}),
            [("field-rule", "spec.container.env[0].valueFrom")],
        ),
        (
            workload(endpoints={"a": {"type": "REST", "port": 0, "visibility": ["project"] * 2}}),
            [
                ("field-range", "spec.endpoints.a.port"),
                ("field-enum", "spec.endpoints.a.type"),
                ("field-duplicate", "spec.endpoints.a.visibility[1]"),
            ],
        ),
        (
            workload(
                dependencies={"resources": [{"ref": "r"}, {"ref": "r", "envBindings": {"": "A"}}]}
            ),
            [
                ("field-duplicate", "spec.dependencies.resources[1]"),
                ("field-rule", 'spec.dependencies.resources[1].envBindings[""]'),
            ],
        ),
        (
            document("ClusterDataPlane", {"clusterAgent": CLUSTER_AGENT}),
            [("field-required", "spec.planeID")],
        ),
        (
            document(
                "ResourceType",
                {"outputs": [{"name": "o"}], "resources": [{"id": "a", "template": TEMPLATE}]},
            ),
            [("field-rule", "spec.outputs[0]")],
        ),
        (
            document(
                "ObservabilityAlertsNotificationChannel", {"environment": "e", "type": "email"}
            ),
            [("field-rule", "spec.emailConfig")],
        ),
    ],
)
def test_refusal(data: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """What the API server refuses is an error with a place."""
    assert refusals(data) == expected


def test_unknown_field() -> None:
    """An unknown field is dropped, with a warning that suggests the right one."""
    data = component(autodeploy=True, parameters={"anything": 1})
    stored, found = admit(data, "Component")
    assert "autodeploy" not in stored["spec"]
    assert stored["spec"]["parameters"] == {"anything": 1}
    assert [(v.code, v.path, v.hint) for v in found] == [
        ("field-unknown", ("spec", "autodeploy"), 'did you mean "autoDeploy"?')
    ]


def test_meaningless_nulls() -> None:
    """A null field counts as absent; a null with a default becomes the default."""
    data = workload(
        container={"image": "i", "env": None},
        endpoints={"a": {"type": "HTTP", "port": 80, "targetPort": None}},
    )
    stored, found = admit(data, "Workload")
    assert found == []
    assert stored["spec"]["container"] == {"image": "i"}
    assert stored["spec"]["endpoints"]["a"] == {"type": "HTTP", "port": 80}
    stored, found = admit(component(componentType={"kind": None, "name": "job/x"}), "Component")
    assert (found, stored["spec"]["componentType"]["kind"]) == ([], "ComponentType")


def test_valid_document_is_shared() -> None:
    """A complete, valid document comes back as the same object."""
    data = document("Environment", {"isProduction": True})
    assert admit(data, "Environment")[0] is data


def test_project_without_a_type() -> None:
    """Projects of older repositories have no type: a warning, as they still render."""
    project = document("Project", {"deploymentPipelineRef": {"name": "default"}})
    found = admit(project, "Project")[1]
    assert [(v.code, v.path, v.severity) for v in found] == [
        ("field-required", ("spec", "type"), "warning")
    ]


def test_foreign_kind() -> None:
    """A kind without a schema passes."""
    data = document("Nothing")
    assert admit(data, "Nothing") == (data, [])
