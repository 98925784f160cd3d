"""Templates render the same in every way, and say what is wrong with them."""

from __future__ import annotations

import copy

import pytest

from krm_fn.findings import Collector, Origin, Position, ResourceReference, Severity
from krm_fn.provenance import Record
from krm_fn.template import (
    COMPUTED_NULL,
    OMIT,
    StringList,
    TemplateError,
    compile_template,
    environment_for,
    evaluate_condition,
    iterate,
    to_finding,
)

SCOPE: dict[str, object] = {
    "metadata": {"name": "web", "labels": {"app": "web", "tier": "front"}},
    "parameters": {
        "replicas": 3.0,
        "big": 12345678.0,
        "nothing": None,
        "holed": {"a": None, "b": [None]},
        "list": ["x", "y"],
        "odd": "${metadata.name}",
    },
}


def render(template: object, scope: dict[str, object] = SCOPE) -> object:
    """Render in every way; all must agree."""
    compiled = compile_template(template, environment_for(scope))
    before = copy.deepcopy(scope)
    values = [compiled.render(scope) for _ in range(3)]
    values.append(compiled.render_recorded(scope, Record("test")))
    assert all(value == values[0] and type(value) is type(values[0]) for value in values)
    assert scope == before
    return values[0]


def notices(template: object) -> list[str]:
    compiled = compile_template(template, environment_for(SCOPE))
    every = []
    for _ in range(3):
        found: list[TemplateError] = []
        compiled.render(SCOPE, found)
        every.append([error.code for error in found])
    assert every[0] == every[1] == every[2]
    return every[0]


def test_tree() -> None:
    template = {
        "literal": 1,
        "name": "${metadata.name}",
        "text": "${metadata.name}-${parameters.replicas}",
        "${metadata.name}": [1.5, "${parameters.list}", {"labels": "${metadata.labels}"}],
        "gone": "${oc_omit()}",
        "empty": {"gone": "${oc_omit()}"},
        "items": ["a", "${true ? oc_omit() : 1}", "c"],
        "null": None,
    }
    assert render(template) == {
        "literal": 1.0,
        "name": "web",
        "text": "web-3",
        "web": [1.5, ["x", "y"], {"labels": {"app": "web", "tier": "front"}}],
        "empty": {},
        "items": ["a", "c"],
        "null": None,
    }


def test_literal_numbers_are_doubles() -> None:
    rendered = render({"a": 1, "b": "${1}", "c": True})
    assert isinstance(rendered, dict)
    assert [type(value) for value in rendered.values()] == [float, int, bool]


def test_result_shares_nothing_with_the_scope() -> None:
    scope = copy.deepcopy(SCOPE)
    compiled = compile_template(
        {
            "a": "${metadata.labels}",
            "b": "${[parameters.holed]}",
            "c": "${parameters.list + ['z']}",
        },
        environment_for(scope),
    )
    for _ in range(3):
        rendered = compiled.render(scope)
        assert isinstance(rendered, dict)
        rendered["a"]["app"] = "changed"
        rendered["b"][0]["b"].append("changed")
        rendered["c"].append("changed")
    assert scope == SCOPE


def test_null() -> None:
    assert render("${parameters.nothing}") is COMPUTED_NULL
    assert render("${parameters.holed}") == {"a": None, "b": [None]}
    rendered = render("${[null, parameters.holed, optional.none()]}")
    assert isinstance(rendered, list)
    assert rendered[0] is COMPUTED_NULL
    assert rendered[1:] == [{"a": None, "b": [None]}, None]


def test_split_is_marked() -> None:
    assert type(render("${'a,b'.split(',')}")) is StringList
    assert type(render("${'a,b'.split(',') + ['c']}")) is list


def test_captured_replacement() -> None:
    assert render("${parameters.odd} ${metadata.name}") == "web ${metadata.name}"


@pytest.mark.parametrize(
    ("template", "codes"),
    [
        ({"a": "${metadata.name}"}, []),
        ({"a": "${parameters.nothing}"}, ["template-null-becomes-zero"]),
        ({"a": "n=${parameters.big}"}, ["template-number-exponent"]),
        ({"a": "n=${parameters.replicas}"}, []),
        ({"a": "<${oc_omit()}>"}, ["template-omit-in-text"]),
        ({"a": "${oc_merge(metadata.labels, {'x': oc_omit()})}"}, ["template-omit-in-merge"]),
        ({"web": 1, "${metadata.name}": 2}, ["template-key-twice"]),
    ],
)
def test_quirks_are_noticed(template: object, codes: list[str]) -> None:
    assert notices(template) == codes


def test_last_key_wins() -> None:
    assert render({"web": 1, "${metadata.name}": 2}) == {"web": 2.0}


def test_first_error_in_document_order() -> None:
    template = {"b": "${parameters.nope}", "a": "${nowhere}"}
    compiled = compile_template(template, environment_for(SCOPE))
    for _ in range(3):
        with pytest.raises(TemplateError) as caught:
            compiled.render(SCOPE)
        assert caught.value.path == ("b",)
        assert caught.value.code == "template-key-missing"


def test_every_error() -> None:
    template = {
        "a": "${parameters.replica}",
        "b": ["ok", "x-${metadat.name}"],
        "c": "${ ${metadata.name} }",
        "${parameters.list}": 1,
        "d": "${parameters.replicas + 1}",
        "e": "${1 +}",
        "${metadata.nam}": "${parameters.lis}",
    }
    found = compile_template(template, environment_for(SCOPE)).errors(SCOPE)
    assert [(error.code, error.path, error.key) for error in found] == [
        ("template-key-missing", ("a",), False),
        ("template-name-unknown", ("b", 1), False),
        ("template-expression-nested", ("c",), False),
        ("template-key-not-text", ("${parameters.list}",), True),
        ("template-expression-failed", ("d",), False),
        ("template-expression-invalid", ("e",), False),
        ("template-key-missing", ("${metadata.nam}",), True),
        ("template-key-missing", ("${metadata.nam}",), False),
    ]
    assert found[0].suggestion == 'did you mean "replicas"?'
    assert found[1].suggestion == 'did you mean "metadata"?'
    assert found[6].suggestion == 'did you mean "name"?'


def test_no_errors() -> None:
    assert compile_template("${metadata.name}", environment_for(SCOPE)).errors(SCOPE) == []


def test_conditions() -> None:
    environment = environment_for(SCOPE)
    for _ in range(3):
        assert evaluate_condition("${parameters.replicas > 2}", SCOPE, environment) is True
        assert evaluate_condition("${has(parameters.nope)}", SCOPE, environment) is False
        with pytest.raises(TemplateError) as caught:
            evaluate_condition("true", SCOPE, environment)
        assert caught.value.code == "template-condition-not-boolean"


def test_loops() -> None:
    environment = environment_for(SCOPE)
    for _ in range(3):
        assert iterate("${parameters.list}", SCOPE, environment) == ["x", "y"]
        assert iterate("${{'b': 1, 'a': 2}}", SCOPE, environment) == [
            {"key": "a", "value": 2},
            {"key": "b", "value": 1},
        ]
        for loop in ("${metadata.name}", "${parameters.nothing}", "${'a,b'.split(',')}"):
            with pytest.raises(TemplateError) as caught:
                iterate(loop, SCOPE, environment)
            assert caught.value.code == "template-loop-not-iterable"


def test_omit_is_no_condition() -> None:
    with pytest.raises(TemplateError, match="nothing"):
        evaluate_condition("${oc_omit()}", SCOPE, environment_for(SCOPE))


def test_environments_are_shared() -> None:
    assert environment_for(["a", "b"]) is environment_for(("b", "a"))
    assert environment_for(["a"]) is not environment_for(["a"], component_macros=False)


def test_templates_are_shared() -> None:
    environment = environment_for(SCOPE)
    first = compile_template({"a": ["${metadata.name}"]}, environment)
    assert compile_template({"a": ["${metadata.name}"]}, environment) is first
    assert compile_template({"a": ["${metadata.nam}"]}, environment) is not first


def test_component_macros_are_separate() -> None:
    scope = {"configurations": {}, "derived": {"configVolumes": [{"name": "v"}]}}
    text = "${configurations.toVolumes()}"
    assert compile_template(text, environment_for(scope)).render(scope) == [{"name": "v"}]
    plain = compile_template(text, environment_for(scope, component_macros=False))
    with pytest.raises(TemplateError, match="toVolumes"):
        plain.render(scope)


class OneLine:
    """A document of one line, as far as positions are concerned."""

    reference = ResourceReference("openchoreo.dev/v1alpha1", "Trait", "d", "t")
    file = "types.yaml"

    def position(self, path: object, *, key: bool = False) -> Position:
        return Position("types.yaml", 7, 1 if key else 9)


def test_finding() -> None:
    findings = Collector()
    template = {"spec": {"replicas": "${parameters.replica}"}}
    [error] = compile_template(template, environment_for(SCOPE)).errors(SCOPE)
    found = to_finding(error, Origin(OneLine(), ("template",)), findings, what='resource "d"')
    assert found.severity is Severity.ERROR
    assert found.field == "template.spec.replicas"
    assert str(found.position) == "types.yaml:7:9"
    assert found.hint == 'did you mean "replicas"?'
    assert found.message == (
        'resource "d": the expression `parameters.replica` cannot be evaluated: '
        "no such key: replica"
    )
    assert ("expression", "parameters.replica") in found.details


def test_steps() -> None:
    template = {
        "name": "${metadata.name}",
        "text": "${metadata.name}-${parameters.replicas}",
        "items": ["a", "${oc_omit()}", {"k": "${metadata.labels}"}],
        "empty": {},
    }
    record = Record("test")
    origin = Origin(OneLine(), ("template",))
    compiled = compile_template(template, environment_for(SCOPE))
    rendered = compiled.render_recorded(SCOPE, record, ("spec",), origin, kind="create")
    assert rendered == compiled.render(SCOPE)
    steps = {
        place: (step.kind, step.value, step.expression, step.inputs)
        for place, chain in record.chains.items()
        for step in chain
    }
    labels = ("create", "metadata.labels", ("metadata.labels",))
    assert steps == {
        ("spec", "name"): ("create", "web", "metadata.name", ("metadata.name",)),
        ("spec", "text"): (
            "create",
            "web-3",
            "${metadata.name}-${parameters.replicas}",
            ("metadata.name", "parameters.replicas"),
        ),
        ("spec", "items", 0): ("create", "a", "", ()),
        ("spec", "items", 1, "k", "app"): (labels[0], "web", *labels[1:]),
        ("spec", "items", 1, "k", "tier"): (labels[0], "front", *labels[1:]),
        ("spec", "empty"): ("create", {}, "", ()),
    }
    [step] = record.chains["spec", "items", 1, "k", "app"]
    assert step.origin is not None
    assert step.origin.path == ("template", "items", 2, "k")


def test_omitted_alone() -> None:
    assert render("${oc_omit()}") is OMIT


@pytest.mark.parametrize(
    "expression",
    [
        "[1]" + ".map(x, [x, x])" * 40,
        "[null]" + ".map(x, [x, x])" * 40,
        "lists.range(60000).map(i, metadata)",
    ],
)
def test_small_expressions_of_huge_trees_are_refused(expression: str) -> None:
    compiled = compile_template("${" + expression + "}", environment_for(SCOPE))
    for _ in range(3):
        with pytest.raises(TemplateError, match="more than 200000 values") as caught:
            compiled.render(SCOPE)
        assert caught.value.reference_class == "limit"


def test_long_loops_are_refused() -> None:
    environment = environment_for(SCOPE)
    assert len(iterate("${lists.range(10000)}", SCOPE, environment)) == 10000
    with pytest.raises(TemplateError, match="10001 items"):
        iterate("${lists.range(10001)}", SCOPE, environment)
