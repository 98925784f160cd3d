"""Creates, patches and removes."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

from krm_fn.template import COMPUTED_NULL
from krm_fn.traits import Target, select
from tests.shared import shared_path
from tests.traits.trait_case import SCOPE, apply, draft


def config_map(name: str) -> str:
    return f"template: {{apiVersion: v1, kind: ConfigMap, metadata: {{name: '{name}'}}}}"


def patch(operation: str, target: str = "kind: ConfigMap", more: str = "") -> str:
    return f"patches:\n- target: {{{target}}}\n  operations: [{{{operation}}}]\n{more}"


def test_creates_come_last_and_know_their_plane() -> None:
    base = draft("Deployment", "web")
    drafts = [base]
    applied = apply(
        f"""
creates:
- {config_map("${metadata.name}-${trait.instanceName}")}
- includeWhen: ${{parameters.size > 5.0}}
  {config_map("no")}
- forEach: ${{parameters.names}}
  var: name
  targetPlane: observabilityplane
  {config_map("${name}")}
""",
        *drafts,
    )
    assert applied.drafts is not None
    assert [(one.object["metadata"], one.plane) for one in applied.drafts] == [
        ({"name": "web"}, "dataplane"),
        ({"name": "web-i"}, "dataplane"),
        ({"name": "a"}, "observabilityplane"),
        ({"name": "b"}, "observabilityplane"),
    ]
    assert drafts == [base]


def test_creates_need_no_name_yet() -> None:
    assert apply("creates: [{template: {a: 1}}]").objects == [{"a": 1.0}]


def test_patches_see_the_creates_of_their_trait() -> None:
    applied = apply(f"creates:\n- {config_map('c')}\n{patch('op: add, path: /data/k, value: v')}")
    assert applied.objects[0]["data"] == {"k": "v"}


DEPLOYMENT = draft("Deployment", "d", apiVersion="apps/v1")
CORE = draft("ConfigMap", "c")
ALERT = draft("Alert", "a", "observabilityplane", apiVersion="obs.io/v1")


@pytest.mark.parametrize(
    ("target", "names"),
    [
        (Target("", "", "", "", None), ["d", "c", "a"]),
        (Target("dataplane", "", "", "", None), ["d", "c"]),
        (Target("observabilityplane", "Alert", "obs.io", "v1", None), ["a"]),
        (Target("dataplane", "", "", "v1", None), ["d", "c"]),
        (Target("dataplane", "Deployment", "", "", None), ["d"]),
        (Target("dataplane", "deployment", "", "", None), []),
        (Target("dataplane", "", "apps", "", None), ["d"]),
        (Target("dataplane", "Deployment", "apps", "v2", None), []),
        (Target("dataplane", "ConfigMap", "v1", "", None), []),
    ],
)
def test_targets(target: Target, names: list[str]) -> None:
    assert [one.id for one in select([DEPLOYMENT, CORE, ALERT], target)] == names


def test_patches_stay_in_their_plane() -> None:
    alert = copy.deepcopy(ALERT)
    assert apply(patch("op: add, path: /x, value: 1", "kind: Alert"), alert).objects == [
        ALERT.object
    ]
    (patched,) = apply(
        patch("op: add, path: /x, value: 1", "kind: Alert", "  targetPlane: observabilityplane"),
        alert,
    ).objects
    assert patched["x"] == 1.0


def test_where_and_operations_know_the_loop_variable() -> None:
    applied = apply(
        """
patches:
- forEach: ${parameters.names}
  var: n
  target: {kind: ConfigMap, where: "${resource.metadata.name == n}"}
  operations:
  - {op: add, path: '/data/${n}~1x', value: '${n + "!"}'}
""",
        draft("ConfigMap", "b"),
        draft("ConfigMap", "c"),
        draft("ConfigMap", "a"),
    )
    assert [one.get("data") for one in applied.objects] == [{"b/x": "b!"}, None, {"a/x": "a!"}]


def test_a_loop_over_a_map_goes_by_key_and_its_variable_is_item() -> None:
    scope = {**SCOPE, "parameters": {"b": 1.0, "a": 2.0}}
    applied = apply(
        patch(
            "op: add, path: /list/-, value: '${item.key}=${item.value}'",
            more="  forEach: ${parameters}",
        ),
        draft("ConfigMap", "c"),
        scope=scope,
    )
    assert applied.objects[0]["list"] == ["a=2", "b=1"]


def test_without_a_match_only_the_loop_is_evaluated() -> None:
    operation = "op: add, path: '/${nope}', value: '${nope}'"
    assert apply(patch(operation, "kind: Nothing, where: '${nope}'")).findings == []
    applied = apply(patch(operation, "kind: Nothing", "  forEach: ${nope}"))
    assert applied.drafts is None
    assert applied.places == [("template-name-unknown", "spec.patches[0].forEach")]


def test_operations_are_evaluated_where_the_clause_leaves_nothing() -> None:
    applied = apply(
        patch("op: add, path: /x, value: '${nope}'", "kind: ConfigMap, where: '${false}'"),
        draft("ConfigMap", "c"),
    )
    assert applied.places == [("template-name-unknown", "spec.patches[0].operations[0].value")]


def test_a_path_that_is_wrong_matters_only_where_it_is_used() -> None:
    wrong = "op: add, path: '/x[', value: 1"
    clause = "kind: ConfigMap, where: '${false}'"
    assert apply(patch(wrong, clause), draft("ConfigMap", "c")).findings == []
    assert apply(patch(wrong), draft("ConfigMap", "c")).places == [
        ("trait-patch-path-invalid", "spec.patches[0].operations[0].path")
    ]


def test_resource_is_no_variable_of_operations() -> None:
    applied = apply(
        patch(
            "op: add, path: /x, value: '${resource.kind}'",
            "kind: ConfigMap, where: '${resource.kind == \"ConfigMap\"}'",
        ),
        draft("ConfigMap", "c"),
    )
    assert [code for code, _ in applied.places] == ["template-name-unknown"]


def test_every_target_has_a_value_of_its_own() -> None:
    applied = apply(
        "patches:\n- target: {kind: ConfigMap}\n  operations:\n"
        "  - {op: add, path: /data, value: {}}\n"
        "  - {op: add, path: '/data/k', value: v}\n",
        draft("ConfigMap", "a"),
        draft("ConfigMap", "b"),
    )
    first, second = applied.objects
    assert first["data"] == second["data"] == {"k": "v"}
    assert first["data"] is not second["data"]


def test_an_absent_value_is_null_and_numbers_are_doubles() -> None:
    applied = apply(
        "patches:\n- target: {kind: ConfigMap}\n  operations:\n"
        "  - {op: add, path: /none}\n  - {op: add, path: /five, value: 5}\n",
        draft("ConfigMap", "a"),
    )
    assert applied.objects[0]["none"] is None
    assert isinstance(applied.objects[0]["five"], float)


def test_an_omitted_value_becomes_an_empty_map_and_a_warning() -> None:
    applied = apply(patch("op: add, path: /x, value: '${oc_omit()}'"), draft("ConfigMap", "c"))
    assert applied.objects[0]["x"] == {}
    assert applied.places == [("trait-patch-omit", "spec.patches[0].operations[0].value")]
    inner = apply(
        patch("op: add, path: /x, value: {a: '${oc_omit()}', b: 1}"), draft("ConfigMap", "c")
    )
    assert inner.objects[0]["x"] == {"b": 1.0}
    assert inner.findings == []


def test_the_value_of_a_remove_does_not_matter() -> None:
    applied = apply(
        patch("op: remove, path: /data, value: '${nope}'"), draft("ConfigMap", "c", data={})
    )
    assert "data" not in applied.objects[0]


def test_a_clause_sees_a_computed_null_as_null() -> None:
    applied = apply(
        patch(
            "op: add, path: /hit, value: 1", "kind: ConfigMap, where: '${resource.data == null}'"
        ),
        draft("ConfigMap", "c", data=COMPUTED_NULL),
    )
    assert applied.objects[0]["hit"] == 1.0


def test_removes_are_collected_before_they_are_done() -> None:
    applied = apply(
        """
removes:
- target: {kind: ConfigMap}
- target: {kind: ConfigMap, where: "${resource.metadata.name == 'a'}"}
- forEach: ${parameters.names}
  var: n
  target: {kind: Secret, where: "${resource.metadata.name == n}"}
- target: {kind: Nothing, where: "${nope}"}
""",
        draft("ConfigMap", "a"),
        draft("ConfigMap", "o", "observabilityplane"),
        draft("Secret", "a"),
        draft("Secret", "c"),
    )
    assert [one["metadata"]["name"] for one in applied.objects] == ["c"]


def test_removes_stay_in_the_plane_that_is_set() -> None:
    applied = apply(
        "removes: [{targetPlane: dataplane, target: {kind: ConfigMap}}]",
        draft("ConfigMap", "a"),
        draft("ConfigMap", "o", "observabilityplane"),
    )
    assert [one["metadata"]["name"] for one in applied.objects] == ["o"]


FAILURES = [
    (f"creates:\n- {config_map('${nope}')}", "template-name-unknown", "spec.creates[0].template"),
    ("creates: [{template: [1]}]", "template-not-object", "spec.creates[0].template"),
    (
        patch("op: add, path: /x, value: 1", "kind: ConfigMap, where: '${1}'"),
        "template-condition-not-boolean",
        "spec.patches[0].target.where",
    ),
    (
        patch("op: add, path: /x, value: 1", more="  forEach: ${'a'.split(',')}"),
        "template-loop-not-iterable",
        "spec.patches[0].forEach",
    ),
    (
        patch("op: add, path: '${parameters.size}', value: 1"),
        "trait-patch-path-not-text",
        "spec.patches[0].operations[0].path",
    ),
    (
        patch("op: add, path: '/${parameters.nope}', value: 1"),
        "template-key-missing",
        "spec.patches[0].operations[0].path",
    ),
    (
        patch("op: replace, path: /nope, value: 1"),
        "trait-patch-failed",
        "spec.patches[0].operations[0].path",
    ),
    (
        patch("op: add, path: \"/l[?(@.a=='b')]/c\", value: 1"),
        "trait-patch-no-match",
        "spec.patches[0].operations[0].path",
    ),
    (
        "removes: [{target: {kind: ConfigMap, where: '${nope}'}}]",
        "template-name-unknown",
        "spec.removes[0].target.where",
    ),
    (
        "removes: [{forEach: '${1}', target: {kind: ConfigMap}}]",
        "template-loop-not-iterable",
        "spec.removes[0].forEach",
    ),
]


@pytest.mark.parametrize(("spec", "code", "field"), FAILURES)
def test_failures_are_findings(spec: str, code: str, field: str) -> None:
    applied = apply(spec, draft("ConfigMap", "c", l=[]))
    assert applied.drafts is None
    ((found, place),) = applied.places
    assert found == code
    assert place.startswith(field)
    assert applied.findings[0].position is not None
    assert "t/i" in applied.findings[0].message


def test_every_operation_that_cannot_be_evaluated_is_reported() -> None:
    applied = apply(
        "patches:\n- target: {kind: ConfigMap}\n  operations:\n"
        "  - {op: add, path: '/${one}', value: '${two}'}\n"
        "  - {op: add, path: /x, value: {a: '${three}', b: '${four}'}}\n",
        draft("ConfigMap", "c"),
    )
    assert len(applied.findings) == 4
    assert "x" not in draft("ConfigMap", "c").object


def test_a_hint_knows_the_container_that_was_meant() -> None:
    pod = {"containers": [{"name": "main"}]}
    (finding,) = apply(
        patch("op: add, path: \"/spec/containers[?(@.name=='mian')]/x\", value: 1"),
        draft("ConfigMap", "c", spec=pod),
    ).findings
    assert finding.hint == 'did you mean "main"?'


@pytest.mark.shared
@pytest.mark.parametrize(
    "case", ["116", "117", "120", "123", "131", "134", "135", "136", "137", "138", "143", "204"]
)
def test_vectors(case: str) -> None:
    from tests.conformance.suites.rendered_cases import outcome

    (folder,) = Path(shared_path("golden", "component")).glob(f"{case}-*")
    assert outcome(folder).detail == ""
