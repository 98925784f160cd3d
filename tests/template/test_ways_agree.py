"""Whatever the tree: walking, the generated function and recording give the same."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from krm_fn.provenance import Record
from krm_fn.template import OMIT, TemplateError, compile_template, environment_for, json_text

SCOPE: dict[str, object] = {
    "metadata": {"name": "web", "labels": {"a": "1", "b": "${metadata.name}"}},
    "parameters": {"n": 3.0, "big": 1e7, "none": None, "list": ["x", None], "on": True},
}
TEXTS = st.sampled_from(
    [
        "",
        "plain",
        "${metadata.name}",
        "${metadata.labels}",
        "${metadata.labels.b}${metadata.name}",
        "${parameters}",
        "${parameters.none}",
        "n=${parameters.n} ${parameters.big}",
        "${oc_omit()}",
        "x${oc_omit()}",
        "${[1, null, oc_omit(), parameters.list]}",
        "${parameters.on ? oc_omit() : 1}",
        "${oc_merge(metadata.labels, {'c': oc_omit()})}",
        "${'a b'.split(' ')}",
        "${{1: 2u, true: b'x'}}",
        "${open",
        "${metadata.nope}",
        "${1 + 1.0}",
    ]
)
TREES = st.recursive(
    st.one_of(TEXTS, st.none(), st.booleans(), st.integers(-9, 9), st.floats(allow_nan=False)),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(TEXTS, inner, max_size=4)),
    max_leaves=12,
)


def outcome(render: object) -> tuple[str, ...]:
    assert callable(render)
    try:
        value = render()
    except TemplateError as error:
        return ("error", error.code, repr(error.path), str(error.key))
    if value is OMIT:
        return ("omitted",)
    try:
        return ("value", json_text(value), repr(value))
    except ValueError:
        return ("value", repr(value))


@settings(max_examples=150, deadline=None)
@given(TREES)
def test_ways_agree(tree: object) -> None:
    compiled = compile_template(tree, environment_for(SCOPE))
    walked = outcome(lambda: compiled.render(SCOPE))
    generated = outcome(lambda: compiled.render(SCOPE))
    recorded = outcome(lambda: compiled.render_recorded(SCOPE, Record("x")))
    assert walked == generated == recorded
    errors = compiled.errors(SCOPE)
    assert bool(errors) == (walked[0] == "error")
    if errors:
        assert errors[0].code == walked[1]
