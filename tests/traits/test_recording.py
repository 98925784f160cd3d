"""Provenance of what traits do."""

from __future__ import annotations

from krm_fn.findings import Origin
from krm_fn.provenance import Record, Recorder, Step
from tests.traits.trait_case import apply, draft


def recorded(operation: str) -> Record:
    """Patch a resource that has `data` {a: 1} and a list of two, and return its record."""
    resource = draft("ConfigMap", "c", data={"a": "1"}, list=["x", "y"])
    resource.record = Record("c")
    for path in (("data", "a"), ("list", 0), ("list", 1)):
        resource.record.write(path, Step("template", None, path[-1]))
    spec = f"patches:\n- target: {{kind: ConfigMap}}\n  operations: [{{{operation}}}]"
    applied = apply(spec, resource)
    assert applied.drafts is not None, applied.findings
    return resource.record


def steps(record: Record) -> dict[tuple[str | int, ...], list[tuple[str, object]]]:
    return {
        path: [(step.kind, step.value) for step in chain] for path, chain in record.chains.items()
    }


BASE = {
    ("data", "a"): [("template", "a")],
    ("list", 0): [("template", 0)],
    ("list", 1): [("template", 1)],
}


def test_a_set_leaf_keeps_its_history() -> None:
    record = recorded("op: replace, path: /data/a, value: '${metadata.name}'")
    assert steps(record) == BASE | {("data", "a"): [("template", "a"), ("patch", "web")]}
    step = record.chain(("data", "a"))[-1]
    assert (step.expression, step.inputs, step.note) == (
        "metadata.name",
        ("metadata.name",),
        "trait t/i",
    )
    assert isinstance(step.origin, Origin)
    assert step.origin.field == "spec.patches[0].operations[0].value"


def test_a_set_map_forgets_what_it_replaces() -> None:
    record = recorded("op: add, path: /data, value: {b: {c: 1}, d: []}")
    after = {path: chain for path, chain in BASE.items() if path[0] == "list"}
    assert steps(record) == after | {
        ("data", "b", "c"): [("patch", 1.0)],
        ("data", "d"): [("patch", [])],
    }


def test_an_insertion_moves_the_elements_behind_it() -> None:
    assert steps(recorded("op: add, path: /list/1, value: z")) == {
        ("data", "a"): [("template", "a")],
        ("list", 0): [("template", 0)],
        ("list", 1): [("patch", "z")],
        ("list", 2): [("template", 1)],
    }


def test_an_appended_element_is_at_its_index() -> None:
    assert steps(recorded("op: add, path: /list/-, value: z"))[("list", 2)] == [("patch", "z")]


def test_a_removal_moves_the_elements_behind_it() -> None:
    assert steps(recorded("op: remove, path: /list/0")) == {
        ("data", "a"): [("template", "a")],
        ("list", 0): [("template", 1)],
    }
    assert ("data", "a") not in steps(recorded("op: remove, path: /data"))


def test_a_merge_writes_its_entries() -> None:
    assert steps(recorded("op: mergeShallow, path: /data, value: {b: 2}")) == BASE | {
        ("data", "b"): [("patch", 2.0)]
    }


def test_values_without_an_expression() -> None:
    assert steps(recorded("op: add, path: /data/n"))[("data", "n")] == [("patch", None)]
    assert steps(recorded("op: add, path: /data/n, value: '${oc_omit()}'"))[("data", "n")] == [
        ("patch", {})
    ]


def test_creates_are_recorded() -> None:
    trace = Recorder()
    applied = apply("creates: [{template: {kind: '${metadata.name}'}}]", trace=trace)
    assert applied.drafts is not None
    record = applied.drafts[0].record
    assert record is not None
    assert [(step.kind, step.value) for step in record.chain(("kind",))] == [("create", "web")]
