"""Entries become drafts: includeWhen, forEach, template and checks, in this order."""

from __future__ import annotations

import pytest

from krm_fn.findings import Collector
from krm_fn.provenance import Record, Recorder, Step
from krm_fn.template import PROJECT_FIELDS, Draft, Rendering, render_resources

SCOPE: dict[str, object] = {
    "metadata": {"name": "web"},
    "parameters": {"on": True, "names": ["a", "b"], "ports": {"http": 80.0, "dns": 53.0}},
}


def entry(identity: str = "one", **fields: object) -> dict[str, object]:
    template = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "${metadata.name}"}}
    return {"id": identity, "template": template, **fields}


def render(*entries: dict[str, object]) -> tuple[list[Draft] | None, list[str]]:
    """Render three times (walked, generated, generated) and recorded; all must agree."""
    results = []
    for trace in (None, None, None, Recorder()):
        findings = Collector()
        if trace is None:
            drafts = render_resources(entries, SCOPE, None, findings)
        else:
            drafts = render_resources(entries, SCOPE, None, findings, trace)
        shown = [(d.object, d.plane, d.id, d.index) for d in drafts or ()]
        results.append((shown, [f"{found.code} {found.message}" for found in findings]))
    assert results.count(results[0]) == len(results)
    return drafts, results[0][1]


def test_plain() -> None:
    drafts, codes = render(entry(), entry("two", targetPlane="observabilityplane"))
    assert not codes
    assert drafts is not None
    assert [(d.id, d.plane, d.index) for d in drafts] == [
        ("one", "dataplane", None),
        ("two", "observabilityplane", None),
    ]
    assert drafts[0].object == {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "web"},
    }
    assert drafts[0].record is not None
    assert drafts[0].record.chain(("metadata", "name"))[0].inputs == ("metadata.name",)


def test_include_when() -> None:
    drafts, codes = render(
        entry("in", includeWhen="${parameters.on}"),
        entry("out", includeWhen="${!parameters.on}", forEach="${nowhere}"),
    )
    assert not codes
    assert [draft.id for draft in drafts or ()] == ["in"]


def named(name: str, identity: str = "one", **fields: object) -> dict[str, object]:
    template = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": name}}
    return {"id": identity, "template": template, **fields}


def test_for_each() -> None:
    drafts, codes = render(
        named("x-${item}", forEach="${parameters.names}"),
        named("${port.key}-${port.value}", forEach="${parameters.ports}", var="port"),
        named("${metadata}", forEach="${parameters.names}", var="metadata"),
        named("never", forEach="${[]}"),
    )
    assert not codes
    names = [(d.object["metadata"], d.index) for d in drafts or ()]
    assert names == [
        ({"name": "x-a"}, 0),
        ({"name": "x-b"}, 1),
        ({"name": "dns-53"}, 0),
        ({"name": "http-80"}, 1),
        ({"name": "a"}, 0),
        ({"name": "b"}, 1),
    ]


def test_include_when_knows_no_loop_variable() -> None:
    _, codes = render(named("x", includeWhen="${item == 'a'}", forEach="${parameters.names}"))
    assert [code.split()[0] for code in codes] == ["template-name-unknown"]


def test_every_failure_is_reported() -> None:
    drafts, codes = render(
        entry("a", includeWhen="true"),
        entry("b", forEach="${metadata.name}"),
        named("${parameters.nope}", "c"),
        {"id": "d", "template": "${metadata.name}"},
        entry("fine"),
    )
    assert drafts is None
    assert [code.split()[0] for code in codes] == [
        "template-condition-not-boolean",
        "template-loop-not-iterable",
        "template-key-missing",
        "template-not-object",
    ]
    assert 'resource "c"' in codes[2]


@pytest.mark.parametrize(
    ("template", "fields"),
    [
        ({}, ["kind", "apiVersion", "metadata"]),
        ({"kind": "A", "apiVersion": "v1", "metadata": {}}, ["metadata.name"]),
        ({"kind": "A", "apiVersion": "", "metadata": {"name": 3}}, ["apiVersion", "metadata.name"]),
        ({"kind": "A", "apiVersion": "v1", "metadata": "x"}, ["metadata"]),
        (
            {"kind": "A", "apiVersion": "v1", "metadata": {"name": "${oc_omit()}"}},
            ["metadata.name"],
        ),
    ],
)
def test_required_fields(template: object, fields: list[str]) -> None:
    drafts, codes = render({"id": "x", "template": template})
    assert drafts is None
    assert codes == [
        f'template-field-missing resource "x": the rendered resource has no `{field}`'
        for field in fields
    ]


def test_required_fields_of_projects() -> None:
    findings = Collector()
    render_resources(
        [{"id": "x", "template": {}}],
        SCOPE,
        None,
        findings,
        rendering=Rendering(component_macros=False, required=PROJECT_FIELDS),
    )
    assert "apiVersion" in next(iter(findings)).message


def test_no_checks() -> None:
    findings = Collector()
    drafts = render_resources(
        [{"id": "x", "template": {"a": 1}}], SCOPE, None, findings, rendering=Rendering(required=())
    )
    assert drafts is not None
    assert drafts[0].object == {"a": 1.0}


def test_loop_variables_have_a_provenance() -> None:
    scope_record = Record("scope")
    scope_record.write(("parameters", "names"), Step("default", None, ["a", "b"]))
    drafts = render_resources(
        [named("x-${item}", forEach="${parameters.names}")],
        SCOPE,
        None,
        Collector(),
        Recorder(),
        rendering=Rendering(scope_record=scope_record),
    )
    assert drafts is not None
    record = drafts[1].record
    assert record is not None
    [step] = record.chain(("metadata", "name"))
    assert (step.value, step.inputs) == ("x-b", ("item",))
    assert record.scope is not None
    [loop] = record.scope.chain(("item",))
    assert (loop.note, loop.value, loop.inputs) == ("forEach", "b", ("parameters.names",))
    assert record.scope.chain(("parameters", "names"))[0].kind == "default"
