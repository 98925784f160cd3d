"""Macros: what they become, when they do not apply, and what they refuse."""

from __future__ import annotations

import pytest

from krm_fn.cel.declarations import VARIADIC, Macro, macro_error, macro_table
from krm_fn.cel.errors import CelError
from krm_fn.cel.macros import (
    LIST_MACROS,
    MATH_MACROS,
    OPTIONAL_MACROS,
    STANDARD_MACROS,
    TWO_VARIABLE_MACROS,
)
from krm_fn.cel.parser import parse
from krm_fn.cel.syntax import Call, Comprehension, Expr, ListExpr, Select

_ALL = (
    *STANDARD_MACROS,
    *TWO_VARIABLE_MACROS,
    *LIST_MACROS,
    *MATH_MACROS,
    *OPTIONAL_MACROS,
)
_MACROS = macro_table(_ALL)


@pytest.mark.parametrize(
    ("text", "kind", "variables", "has_predicate", "has_result"),
    [
        ("l.all(x, p)", "all", ("x",), True, False),
        ("l.all(k, v, p)", "all", ("k", "v"), True, False),
        ("l.exists(x, p)", "exists", ("x",), True, False),
        ("l.exists_one(x, p)", "exists_one", ("x",), True, False),
        ("l.existsOne(k, v, p)", "exists_one", ("k", "v"), True, False),
        ("l.map(x, r)", "map", ("x",), False, True),
        ("l.map(x, p, r)", "map", ("x",), True, True),
        ("l.filter(x, p)", "filter", ("x",), True, False),
        ("l.transformList(k, v, r)", "transform_list", ("k", "v"), False, True),
        ("l.transformMap(k, v, p, r)", "transform_map", ("k", "v"), True, True),
        ("l.transformMapEntry(k, v, r)", "transform_map_entry", ("k", "v"), False, True),
        ("l.sortBy(x, r)", "sort_by", ("x",), False, True),
        ("l.optMap(x, r)", "opt_map", ("x",), False, True),
        ("l.optFlatMap(x, r)", "opt_flat_map", ("x",), False, True),
    ],
)
def test_comprehensions(
    text: str, kind: str, variables: tuple[str, ...], has_predicate: bool, has_result: bool
) -> None:
    tree = parse(text, _MACROS)
    assert isinstance(tree, Comprehension)
    assert (tree.kind, tree.variables) == (kind, variables)
    assert (tree.predicate is not None, tree.result is not None) == (has_predicate, has_result)
    assert tree.offset == text.index("(")


def test_has_is_a_tested_selection() -> None:
    tree = parse("has(a.b.c)", _MACROS)
    assert isinstance(tree, Select)
    assert tree.test_only
    assert tree.field == "c"


@pytest.mark.parametrize(
    "text", ["l.existsOne(x, p)", "l.map(x)", "has(a.b, c)", ".has(a.b)", "x.least(1)", "has"]
)
def test_other_shapes_are_plain_calls(text: str) -> None:
    assert not isinstance(parse(text, _MACROS), Comprehension | Select)


def test_extremes_take_numbers_a_list_or_many() -> None:
    two = parse("math.least(1, 2)", _MACROS)
    three = parse("math.greatest(1, 2, x)", _MACROS)
    assert isinstance(two, Call)
    assert isinstance(three, Call)
    assert (two.function, len(two.arguments)) == ("math.@min", 2)
    assert three.function == "math.@max"
    assert isinstance(three.arguments[0], ListExpr)
    assert len(three.arguments[0].elements) == 3


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("has(m)", "invalid argument to has() macro", 4),
        ("has(m['a'])", "invalid argument to has() macro", 5),
        ("has(m.?a)", "invalid argument to has() macro", 5),
        ("l.all(x.y, p)", "argument must be a simple name", 7),
        ("l.all(.x, p)", "argument must be a simple name", 7),
        ("l.map(1, p)", "argument is not an identifier", 6),
        ("l.transformMap(k, k, 1)", "duplicate variable name: k", 18),
        ("l.map(__result__, 1)", "iteration variable overwrites accumulator variable", 6),
        ("o.optMap('x', 1)", "optMap() variable name must be a simple identifier", 9),
        ("math.least()", "math.least() requires at least one argument", 0),
        ("math.least(null)", "math.least() invalid single argument value", 11),
        ("math.least('a', 1)", "math.least() simple literal arguments must be numeric", 11),
    ],
)
def test_refused(text: str, message: str, offset: int) -> None:
    with pytest.raises(CelError) as raised:
        parse(text, _MACROS)
    error = raised.value
    assert (error.stage, error.code) == ("parse", "macro_argument")
    assert (error.message, error.offset) == (message, offset)


def test_sort_by_needs_something_that_can_be_a_list() -> None:
    with pytest.raises(CelError, match="sortBy can only be applied"):
        parse("'abc'.sortBy(x, x)", _MACROS)


def test_a_library_adds_macros() -> None:
    def twice(call: Call) -> Expr | None:
        if len(call.arguments) != 1:
            raise macro_error("twice needs one argument", call.offset)
        return Call(call.offset, "_+_", None, call.arguments * 2)

    macros = macro_table([Macro("twice", VARIADIC, False, twice)])
    tree = parse("twice(3)", macros)
    assert isinstance(tree, Call)
    assert tree.function == "_+_"
    with pytest.raises(CelError, match="twice needs one argument"):
        parse("twice(1, 2)", macros)


def test_an_exact_count_goes_before_a_variadic_macro() -> None:
    def exact(call: Call) -> Expr | None:
        return ListExpr(call.offset, ())

    macros = macro_table([Macro("f", VARIADIC, False, lambda _: None), Macro("f", 1, False, exact)])
    assert isinstance(parse("f(1)", macros), ListExpr)
    assert isinstance(parse("f(1, 2)", macros), Call)
