"""The planner: laziness, errors with their place, loops, optionals, references, depth, limits."""

from __future__ import annotations

from typing import Any

import pytest

from krm_fn.cel import CelError, Environment
from krm_fn.cel.planner import runtime, writer
from tests.cel.evaluation import evaluate, failure

CONTEXT: dict[str, Any] = {
    "m": {"b": {"c": 1}, "a": {"c": 2}},
    "l": [3, 1, 2],
    "yes": True,
    "no": False,
    "text": "x",
}


def test_logic_takes_the_deciding_side_whatever_the_other_does() -> None:
    assert evaluate("m.x == 1 || yes", **CONTEXT) is True
    assert evaluate("yes || m.x == 1", **CONTEXT) is True
    assert evaluate("m.x == 1 && no", **CONTEXT) is False
    assert evaluate("(m.x == 1 && no) || yes", **CONTEXT) is True
    assert evaluate("text && no", **CONTEXT) is False


def test_logic_shows_the_first_error() -> None:
    assert failure("m.x == 1 || m.y == 1 || no", **CONTEXT) == ("no_such_key", "no such key: x")
    assert failure("text || m.y == 1", **CONTEXT)[0] == "no_such_overload"
    assert failure("no || text", **CONTEXT)[0] == "no_such_overload"


def test_one_branch_is_evaluated() -> None:
    assert evaluate("yes ? 1 : m.x", **CONTEXT) == 1
    assert evaluate("no ? m.x : 2", **CONTEXT) == 2
    assert failure("text ? 1 : 2", **CONTEXT)[0] == "no_such_overload"


def test_quantifiers_absorb_errors_of_undecided_elements() -> None:
    assert evaluate("[0, 1].exists(x, 1 / x == 1)") is True
    assert evaluate("[0, 2].all(x, 1 / x == 1)") is False
    assert failure("[0, 1].all(x, 1 / x == 1)") == ("divide_by_zero", "division by zero")
    assert failure("[1, 0].exists_one(x, 1 / x == 1)")[0] == "divide_by_zero"


def test_maps_are_walked_in_key_order() -> None:
    assert evaluate("m.map(k, k)", **CONTEXT) == ["a", "b"]
    assert evaluate("m.transformList(k, v, v.c)", **CONTEXT) == [2, 1]


def test_comprehensions() -> None:
    assert evaluate("l.filter(x, x > 1).map(x, x * 2)", **CONTEXT) == [6, 4]
    assert evaluate("l.map(x, x > 1, x)", **CONTEXT) == [3, 2]
    assert evaluate("l.transformMap(i, x, i > 0, x)[2]", **CONTEXT) == 2
    assert evaluate("m.transformMapEntry(k, v, {v.c: k}).size()", **CONTEXT) == 2
    assert evaluate("m.transformMapEntry(k, v, {k + '!': v.c})", **CONTEXT) == {"a!": 2, "b!": 1}
    assert evaluate("l.sortBy(x, -x)", **CONTEXT) == [3, 2, 1]
    assert evaluate("l.map(x, l.filter(y, y < x).size())", **CONTEXT) == [2, 0, 1]
    assert evaluate("[1].map(text, text)", **CONTEXT) == [1]


def test_an_entry_cannot_come_twice() -> None:
    wanted = ("duplicate_key", "insert failed: key k already exists")
    assert failure("l.transformMapEntry(i, x, {'k': x})", **CONTEXT) == wanted


def test_what_cannot_be_walked() -> None:
    wanted = ("not_iterable", "got 'types.String', expected iterable type")
    assert failure("text.all(c, true)", **CONTEXT) == wanted
    two = ("not_iterable", "unsupported comprehension range type: types.Bool")
    assert failure("yes.all(i, c, true)", **CONTEXT) == two


def test_optionals() -> None:
    assert evaluate("m.?x.?y.orValue('d')", **CONTEXT) == "d"
    assert evaluate("m.?a.c.value()", **CONTEXT) == 2
    assert evaluate("m.?x.or(m.?b).value()", **CONTEXT) == {"c": 1}
    assert evaluate("m.?x.or(m.?y).hasValue()", **CONTEXT) is False
    assert evaluate("m.?a.optMap(v, v.c + 1).orValue(0)", **CONTEXT) == 3
    assert evaluate("m[?'a'].optFlatMap(v, v.?zz).hasValue()", **CONTEXT) is False
    assert evaluate("l[?7].orValue(l[?0].value())", **CONTEXT) == 3
    assert evaluate("[?m.?x, ?m.?a, 1]", **CONTEXT) == [{"c": 2}, 1]
    assert evaluate("{?'x': m.?x, ?'a': m.?a.?c}", **CONTEXT) == {"a": 2}
    assert evaluate("has(m.?x.y)", **CONTEXT) is False
    assert failure("m.?x.value()", **CONTEXT)[0] == "optional_none_dereference"
    assert failure("[?dyn(1)]")[0] == "not_optional"
    assert evaluate("{'n': optional.none()}.?n.hasValue()") is True


def test_the_right_side_of_or_is_lazy() -> None:
    assert evaluate("m.?a.orValue(1 / 0)", check=False, **CONTEXT) == {"c": 2}
    assert failure("m.?x.orValue(1 / 0)", check=False, **CONTEXT)[0] == "divide_by_zero"


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("m.x", 1),
        ("1 + l[9]", 5),
        ("yes ? text + l : 1", 11),
        ("l.map(x, x > 1, 1 / (x - 2))", 18),
        ("no || (m.a.d == 1 && yes)", 10),
    ],
)
def test_an_error_knows_its_place(text: str, offset: int) -> None:
    outcome = evaluate(text, **CONTEXT)
    assert isinstance(outcome, CelError)
    assert outcome.offset == offset


def test_paths_are_recognised() -> None:
    environment = Environment(CONTEXT)
    assert environment.compile("m.b.c").path == ("m", "b", "c")
    assert environment.compile("m['b'].c").path == ("m", "b", "c")
    assert environment.compile("l").path == ("l",)
    assert environment.compile("m.?b").path is None
    assert environment.compile("l[0]").path is None
    assert environment.compile("string").path is None


@pytest.mark.parametrize("depth", range(1, 8))
def test_paths_of_any_length(depth: int) -> None:
    fields = [f"f{number}" for number in range(depth)]
    value: Any = 7
    for field in reversed(fields):
        value = {field: value}
    assert evaluate(".".join(["root", *fields]), root=value) == 7
    assert failure(".".join(["root", *fields, "x"]), root=value) == (
        "no_such_key",
        "no such key: x",
    )


def test_references_name_what_is_read() -> None:
    program = Environment(CONTEXT).compile(
        "has(m.a) ? m.?b.c.orValue(l[0]) : l.map(text, text + m['a'].c)"
    )
    assert program.references == (("m", "a"), ("m", "b", "c"), ("l",), ("m", "a", "c"))


def test_a_missing_variable_is_an_error() -> None:
    program = Environment(["here", "gone"]).compile("gone")
    outcome = program.evaluate({"here": 1})
    assert isinstance(outcome, CelError)
    assert (outcome.code, outcome.message) == (
        "no_such_attribute",
        "no such attribute(s): gone",
    )


def test_nothing_of_the_text_reaches_the_source(monkeypatch: pytest.MonkeyPatch) -> None:
    sources: list[str] = []
    compiled = writer.compile_source

    def spy(source: str) -> Any:
        sources.append(source)
        return compiled(source)

    monkeypatch.setattr("krm_fn.cel.planner.programs.compile_source", spy)
    text = "needle.map(needle_x, needle_x + 'needle' + m['needle'] == {'needle': 4711}.needle)"
    Environment(["needle", "m"]).compile(text, check=False)
    assert sources
    assert not any("needle" in source or "4711" in source for source in sources)


def test_expressions_of_one_shape_share_their_code() -> None:
    environment = Environment(["a", "b"])
    one = environment.compile("a.x + '-' + b.y")
    other = environment.compile("b.p + ':' + a.q")
    assert one.function.__code__ is other.function.__code__
    assert one.evaluate({"a": {"x": "1"}, "b": {"y": "2"}}) == "1-2"
    assert other.evaluate({"b": {"p": "1"}, "a": {"q": "2"}}) == "1:2"


@pytest.mark.parametrize(
    ("opening", "inner", "closing", "levels"),
    [
        ("[", "yes", "]", 240),
        ("!(", "yes", ")", 120),
        ("yes ? (", "yes", ") : yes", 120),
        ("no || (yes && m.a == m.b || ", "yes", ")", 120),
        ("[1].map(x, ", "yes", ")", 120),
        ("l.exists(x, ", "yes", ")", 120),
        ("m.?x.orValue(", "yes", ")", 120),
        ("{'k': ", "yes", "}", 240),
    ],
)
def test_deep_nesting(opening: str, inner: str, closing: str, levels: int) -> None:
    outcome = evaluate(opening * levels + inner + closing * levels, check=False, **CONTEXT)
    assert not isinstance(outcome, CelError), outcome


def test_comprehensions_have_a_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(runtime.NAMES, "LIMIT", 50)
    many = list(range(60))
    assert failure("many.map(x, x)", many=many)[0] == "limit"
    few = list(range(7))
    assert failure("few.map(x, few.map(y, y))", few=few)[0] == "limit"
    long = "x" * 1000
    assert failure("[1].map(x, long + 'y')", long=long)[0] == "limit"
    assert evaluate("few.map(x, x)", few=few) == few


def test_growing_values_have_a_limit() -> None:
    text = "a.replace('', b).replace('', b).replace('', b)"
    assert failure(text, a="x" * 1000, b="y" * 1000)[0] == "limit"
