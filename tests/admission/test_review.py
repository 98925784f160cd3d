"""The rules that no vector shows."""

from __future__ import annotations

from typing import Any

import pytest

from krm_fn.admission import review
from krm_fn.findings import CODES, field_path


def template(kind: str, **metadata: Any) -> dict[str, Any]:
    """Make a resource template."""
    return {"apiVersion": "v1", "kind": kind, "metadata": {"name": "x", **metadata}}


def component_type(*templates: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """Make the spec of a component type."""
    resources = [{"id": str(index), "template": item} for index, item in enumerate(templates)]
    return {"workloadType": "deployment", "resources": resources, **fields}


DEPLOYMENT = template("Deployment")
PARAMETERS = {"openAPIV3Schema": {"type": "object", "required": ["a"]}}


@pytest.mark.parametrize(
    ("kind", "spec", "expected"),
    [
        ("ComponentType", component_type(DEPLOYMENT), []),
        ("ComponentType", component_type(template("DEPLOYMENT")), []),
        (
            "ComponentType",
            component_type(template("ConfigMap")),
            [("workload-kind", "spec.resources")],
        ),
        (
            "ComponentType",
            component_type(DEPLOYMENT, template("Job")),
            [("workload-kind", "spec.resources[1].template.kind")],
        ),
        (
            "ComponentType",
            component_type(template("CronJob"), workloadType="proxy"),
            [("workload-kind", "spec.resources[0].template.kind")],
        ),
        (
            "ComponentType",
            component_type(DEPLOYMENT, template("${metadata.name}"), {"kind": "Service"}, {}),
            [
                ("template-head", "spec.resources[1].template.kind"),
                ("template-head", "spec.resources[2].template.apiVersion"),
                ("template-head", "spec.resources[2].template.metadata.name"),
                ("template-head", "spec.resources[3].template"),
            ],
        ),
        (
            "ComponentType",
            component_type(template("Deployment", namespace=" ${ metadata.namespace }\n")),
            [],
        ),
        (
            "ClusterComponentType",
            component_type(
                DEPLOYMENT,
                traits=[{"kind": "ClusterTrait", "name": "t", "instanceName": "i"}] * 2,
                allowedTraits=[{"kind": "ClusterTrait", "name": "t"}],
                allowedWorkflows=[{"kind": "ClusterWorkflow", "name": "w"}] * 2,
            ),
            [
                ("field-rule", "spec.allowedTraits[0]"),
                ("field-duplicate", "spec.allowedWorkflows[1].name"),
                ("field-duplicate", "spec.traits[1].instanceName"),
            ],
        ),
        (
            "ComponentType",
            component_type(
                DEPLOYMENT,
                parameters={
                    "openAPIV3Schema": {
                        "properties": {"a": {"maximun": 3, "x-ui": 1}, "maximun": {}},
                        "oneOf": [{"requierd": ["a"]}],
                    }
                },
                environmentConfigs={"openAPIV3Schema": {"type": 3}},
            ),
            [
                ("schema-malformed", "spec.environmentConfigs.openAPIV3Schema.type"),
                (
                    "schema-unsupported",
                    "spec.parameters.openAPIV3Schema.oneOf[0].requierd",
                ),
                (
                    "schema-unsupported",
                    "spec.parameters.openAPIV3Schema.properties.a.maximun",
                ),
            ],
        ),
        (
            "Trait",
            {
                "creates": [{"template": DEPLOYMENT}],
                "patches": [{"operations": [{"op": "remove", "path": "/a", "value": 1}]}],
                "removes": [
                    {"target": {"group": "apps", "version": "v1", "kind": "Deployment"}},
                    {"target": {"group": "", "version": "v1", "kind": "Deployment"}},
                ],
            },
            [
                ("workload-kind", "spec.creates[0].template.kind"),
                ("patch-operation", "spec.patches[0].operations[0].value"),
                ("workload-kind", "spec.removes[0].target.kind"),
            ],
        ),
        (
            "ComponentRelease",
            {
                "componentType": {"spec": component_type(DEPLOYMENT, parameters=PARAMETERS)},
                "traits": [{"kind": "Trait", "name": "t", "spec": {"parameters": PARAMETERS}}] * 2,
                "componentProfile": {
                    "traits": [
                        {"kind": "Trait", "name": "t", "instanceName": "i"},
                        {"kind": "Trait", "name": "u", "instanceName": "j"},
                    ]
                },
            },
            [
                ("field-required", "spec.componentProfile.parameters.a"),
                ("field-required", "spec.componentProfile.traits[0].parameters.a"),
                ("release-incomplete", "spec.componentProfile.traits[1].name"),
                ("field-duplicate", "spec.traits[1].name"),
            ],
        ),
        (
            "ResourceType",
            {
                "resources": [{"id": "claim", "readyWhen": "${applied.claim.status.ready}"}],
                "outputs": [
                    {
                        "name": "a",
                        "value": "${applied.clam.status.host}:${applied['claim'].status.x}",
                    },
                    {
                        "name": "b",
                        "secretKeyRef": {"name": '${applied["secret"].status.n}', "key": "k"},
                    },
                ],
            },
            [
                ("applied-unknown", "spec.outputs[0].value"),
                ("applied-unknown", "spec.outputs[1].secretKeyRef.name"),
            ],
        ),
        (
            "ResourceRelease",
            {"resourceType": {"spec": {"parameters": PARAMETERS}}, "parameters": {"a": 1}},
            [],
        ),
        ("Workload", {"container": {}}, []),
        (
            "ClusterWorkflow",
            {
                "runTemplate": template("Run", namespace="${metadata.namespace}"),
                "resources": [
                    {"id": "a", "template": template("ConfigMap")},
                    {"id": "a", "template": template("ConfigMap", namespace="builds")},
                ],
            },
            [
                ("template-namespace", "spec.resources[0].template.metadata.namespace"),
                ("field-duplicate", "spec.resources[1].id"),
                ("template-namespace", "spec.resources[1].template.metadata.namespace"),
            ],
        ),
    ],
)
def test_rule(kind: str, spec: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    """Each document is refused at these places, with codes that exist."""
    found = review({"kind": kind, "metadata": {"name": "x"}, "spec": spec}, kind)
    assert [(violation.code, field_path(violation.path)) for violation in found] == expected
    assert all(violation.code in CODES for violation in found)


@pytest.mark.parametrize("spec", [None, [], "x", {"resources": 3, "traits": [1, None]}])
@pytest.mark.parametrize("kind", ["ComponentType", "Trait", "ComponentRelease", "ResourceType"])
def test_wrong_shapes(kind: str, spec: object) -> None:
    """A document of a wrong shape, which admission has reported, does no harm."""
    review({"kind": kind, "spec": spec}, kind)
