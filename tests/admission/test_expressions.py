"""Expressions against the types of schemas and contexts."""

from __future__ import annotations

from typing import Any

import pytest

from krm_fn.admission import review
from krm_fn.findings import field_path
from krm_fn.schema import Violation

SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "replicas": {"type": "integer"},
        "ratio": {"type": "number"},
        "name": {"type": "string"},
        "ports": {"type": "array", "items": {"type": "integer"}},
        "hosts": {"type": "array", "items": {"$ref": "#/$defs/host"}},
        "labels": {"type": "object", "additionalProperties": {"type": "string"}},
        "open": {"type": "object", "additionalProperties": True},
        "limits": {"type": "object", "properties": {"cpu": {"type": "string"}}},
        "size": {"x-kubernetes-int-or-string": True},
        "either": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
        "max-size": {"type": "integer"},
        "namespace": {"type": "string"},
        "shapeless": {},
    },
    "$defs": {"host": {"type": "object", "properties": {"name": {"type": "string"}}}},
}


def judged(expression: str, **entry: Any) -> list[Violation]:
    """Judge one expression in the template of a component type."""
    template = {"apiVersion": "v1", "kind": "Job", "metadata": {"name": "x"}, "data": expression}
    spec = {
        "workloadType": "job",
        "parameters": {"openAPIV3Schema": SCHEMA},
        "resources": [{"id": "job", "template": template, **entry}],
    }
    return review({"kind": "ComponentType", "spec": spec}, "ComponentType")


@pytest.mark.parametrize(
    "expression",
    [
        "${parameters.replicas + 1}-${parameters.ratio + 1.0}",
        "${parameters.hosts.map(host, host.name)[0] + parameters.labels.any}",
        "${parameters.open.anything.at.all + 1}",
        "${parameters.size + 1}${parameters.either.x}",
        "${has(parameters.limits.cpu) ? parameters.limits.cpu : oc_omit()}",
        "${parameters.?limits.?cpu.orValue('1')}",
        "${parameters.limits == null}",
        "${configurations.toVolumes() + dependencies.toVolumes()}",
        "${workload.endpoints.http.port + 1}${workload.toServicePorts()[0].port + 1}",
        "${workload.toEndpointResources('http').orValue([]).map(r, r.path)}",
        "${oc_merge(metadata.labels, {'a': parameters.name})}",
        "${gateway.ingress.external.https.host}${environment.defaultNotificationChannel}",
        "${size(parameters.ports)}${parameters.ports.exists(port, port == 80)}",
        "no expression: ${",
    ],
)
def test_admitted(expression: str) -> None:
    """What the webhook admits is admitted."""
    assert [one for one in judged(expression) if one.severity != "warning"] == []


@pytest.mark.parametrize(
    ("expression", "code", "hint"),
    [
        ("${parameters.replica}", "expression-field-unknown", 'did you mean "replicas"?'),
        ("${parameters.limits.memory}", "expression-field-unknown", "known here: cpu"),
        ("${has(parameters.nme)}", "expression-field-unknown", 'did you mean "name"?'),
        ("${parameters.max-size}", "expression-field-unknown", ""),
        ("${parameters.namespace}", "expression-field-unknown", 'did you mean "name"?'),
        ("${parameters.shapeless}", "expression-field-unknown", ""),
        ("${metadata.compnentName}", "expression-field-unknown", 'did you mean "componentName"?'),
        ("${environmentConfigs.size}", "expression-field-unknown", ""),
        ("${parameter.name}", "template-name-unknown", 'did you mean "parameters"?'),
        ("${trait.instanceName}", "template-name-unknown", ""),
        ("${parameters.replicas * 2.0}", "expression-type", "double(…)"),
        ("${parameters['name']}", "expression-type", ""),
        ("${parameters.limits.map(key, key)}", "expression-type", ""),
        ("${oc_merge(parameters.limits, {})}", "expression-type", ""),
        ("${parameters.name.cpu}", "expression-type", ""),
        ("${parameters.name +}", "template-expression-invalid", ""),
        ("${configurations.toVolumes('app')}", "template-name-unknown", "other arguments"),
        ("${parameters.name ${metadata.name}}", "template-expression-nested", ""),
    ],
)
def test_refused(expression: str, code: str, hint: str) -> None:
    """What the webhook refuses is refused at its place, with a hint where one is possible."""
    found = judged(expression)
    assert [violation.code for violation in found] == [code]
    assert field_path(found[0].path) == "spec.resources[0].template.data"
    assert hint in found[0].hint


def test_place_in_the_expression() -> None:
    """A finding says which expression, and which character of it."""
    (found,) = judged("a ${ parameters.name + 1 } b")
    assert dict(found.details) == {"expression": "parameters.name + 1", "offset": "17"}
    assert "`parameters.name + 1`" in found.message


@pytest.mark.parametrize(
    ("expression", "loop", "places"),
    [
        ("${port + 1}", {"forEach": "${parameters.ports}", "var": "port"}, []),
        ("${port + 1.0}", {"forEach": "${parameters.ports}", "var": "port"}, ["template.data"]),
        ("${item.name}", {"forEach": "${parameters.hosts}"}, []),
        ("${item.nme}", {"forEach": "${parameters.hosts}"}, ["template.data"]),
        ("${e.key + e.value}", {"forEach": "${parameters.labels}", "var": "e"}, []),
        ("${e.kay}", {"forEach": "${parameters.labels}", "var": "e"}, ["template.data"]),
        ("${e.value.port}", {"forEach": "${workload.endpoints}", "var": "e"}, []),
        ("${e.value.prt}", {"forEach": "${workload.endpoints}", "var": "e"}, ["template.data"]),
        ("${item.x}", {"forEach": "${parameters.open}"}, []),
        ("${item.x}", {"forEach": "${parameters.name}"}, ["forEach"]),
        ("${item.x}", {"forEach": "${parameters.nope}"}, ["forEach"]),
        ("x", {"forEach": "${parameters.ports}", "var": "metadata"}, ["var"]),
        ("x", {"includeWhen": "${parameters.replicas > 1}"}, []),
        ("x", {"includeWhen": "${parameters.open.on}"}, []),
        ("x", {"includeWhen": "${parameters.replicas}"}, ["includeWhen"]),
        (
            "x",
            {"includeWhen": "${item > 1}", "forEach": "${parameters.ports}"},
            ["includeWhen"],
        ),
    ],
)
def test_loops_and_conditions(expression: str, loop: dict[str, Any], places: list[str]) -> None:
    """The loop variable has the type of the items; conditions do not see it."""
    found = [field_path(violation.path) for violation in judged(expression, **loop)]
    assert found == [f"spec.resources[0].{place}" for place in places]


TARGET = {"group": "apps", "version": "v1", "kind": "Deployment"}


@pytest.mark.parametrize(
    ("kind", "spec", "places"),
    [
        (
            "Trait",
            {
                "patches": [
                    {
                        "forEach": "${[1, 2]}",
                        "var": "n",
                        "target": {**TARGET, "where": "${resource.spec.replicas > n}"},
                        "operations": [
                            {"op": "add", "path": "/a/${n}", "value": {"${trait.nme}": "${n}"}},
                            {"op": "remove", "path": "/${no}"},
                        ],
                    }
                ],
                "removes": [{"target": {**TARGET, "kind": "Service", "where": "resource.x == n"}}],
            },
            [
                "spec.patches[0].operations[0].value.${trait.nme}",
                "spec.patches[0].operations[1].path",
                "spec.removes[0].target.where",
            ],
        ),
        (
            "Trait",
            {
                "validations": [{"rule": "${metadata.name}", "message": "m"}],
                "postRenderValidations": [
                    {
                        "when": "${1}",
                        "forEach": "${[1]}",
                        "target": TARGET,
                        "rule": "${resource.spec.replicas > item && nope}",
                        "message": "m",
                    }
                ],
            },
            [
                "spec.postRenderValidations[0].rule",
                "spec.postRenderValidations[0].when",
                "spec.validations[0].rule",
            ],
        ),
        (
            "ResourceType",
            {
                "resources": [
                    {
                        "id": "db",
                        "includeWhen": "${applied.db.status.ready}",
                        "readyWhen": "${applied.db.status.ready}",
                        "template": {
                            "x": "${applied.db.status.y}",
                            "y": "${metadata.resourceName}",
                        },
                    }
                ],
                "outputs": [
                    {"name": "a", "value": "${applied.db.status.host}:${applied.db.spec}"},
                    {"name": "b", "secretKeyRef": {"name": "${metadata.nme}", "key": "k"}},
                ],
            },
            [
                "spec.outputs[0].value",
                "spec.outputs[1].secretKeyRef.name",
                "spec.resources[0].includeWhen",
                "spec.resources[0].template.x",
            ],
        ),
    ],
)
def test_traits_and_resource_types(kind: str, spec: dict[str, Any], places: list[str]) -> None:
    """Every field is judged in its own scope."""
    found = review({"kind": kind, "spec": spec}, kind)
    assert [
        field_path(violation.path).replace('["', ".").replace('"]', "") for violation in found
    ] == places


def test_advice_for_bindings_of_embedded_traits() -> None:
    """No control plane looks at them; rendering will."""
    found = judged("x") or review(
        {
            "kind": "ComponentType",
            "spec": {
                "workloadType": "proxy",
                "traits": [{"name": "t", "instanceName": "i", "parameters": {"a": "${nope}"}}],
            },
        },
        "ComponentType",
    )
    assert [(violation.code, violation.severity) for violation in found] == [
        ("template-name-unknown", "warning")
    ]


def test_once_per_content() -> None:
    """Equal contents give equal verdicts, whatever the object."""
    first, second = judged("${nope}"), judged("${nope}")
    assert first == second


def test_advice_for_project_types() -> None:
    """No control plane looks at their expressions."""
    template = {"metadata": {"name": "${metadata.nmespace}"}, "n": "${parameters.n * 2.0}"}
    schema = {"type": "object", "properties": {"n": {"type": "integer"}}}
    spec = {
        "parameters": {"openAPIV3Schema": schema},
        "resources": [{"id": "a", "template": template, "includeWhen": "${nope}"}],
    }
    expected = [
        ("template-name-unknown", "warning", "spec.resources[0].includeWhen"),
        ("expression-field-unknown", "warning", "spec.resources[0].template.metadata.name"),
    ]
    found = review({"kind": "ProjectType", "spec": spec}, "ProjectType")
    assert [(one.code, one.severity, field_path(one.path)) for one in found] == expected
    frozen = {"projectType": {"kind": "ProjectType", "name": "p", "spec": spec}}
    assert len(review({"kind": "ProjectRelease", "spec": frozen}, "ProjectRelease")) == 2
