"""The macros of the language and of its extension libraries, as data.

In: a call as parsed. Out: the comprehension or presence test it stands for, None where the macro
does not apply, or `CelError` (stage parse, code `macro_argument`).
Twins: `cel-go/parser/macro.go`, and the macros of `cel-go/ext/{comprehensions,lists,math}.go` and
`cel-go/cel/library.go`; spec cel §4.
"""

from __future__ import annotations

from krm_fn.cel.declarations import VARIADIC, Macro, MacroExpander, macro_error
from krm_fn.cel.syntax import (
    Call,
    Comprehension,
    ComprehensionKind,
    Expr,
    Ident,
    ListExpr,
    Literal,
    MapExpr,
    Message,
    Select,
)

_ACCUMULATOR = "__result__"
_SORTABLE = (Call, Comprehension, Ident, ListExpr, Select)
_NUMBERS = frozenset(("int", "uint", "double"))
_NOT_IDENTIFIER = "argument is not an identifier"
_NOT_SIMPLE = "argument must be a simple name"


def _has(call: Call) -> Expr:
    argument = call.arguments[0]
    if type(argument) is Select and not argument.optional:
        return Select(call.offset, argument.operand, argument.field, test_only=True)
    raise macro_error("invalid argument to has() macro", argument.offset)


def _variable(argument: Expr, complaint: str) -> str:
    """Return the name an iteration variable argument gives; refuse anything but a plain name."""
    if type(argument) is not Ident or argument.absolute:
        raise macro_error(complaint, argument.offset)
    return argument.name


def _variables(arguments: tuple[Expr, ...], count: int, complaint: str) -> tuple[str, ...]:
    """Return the iteration variables, the first `count` arguments."""
    first = _variable(arguments[0], complaint)
    names: tuple[str, ...] = (first,)
    if count == 2:
        second = _variable(arguments[1], complaint)
        if first == second:
            raise macro_error(f"duplicate variable name: {first}", arguments[1].offset)
        names = (first, second)
    for name, argument in zip(names, arguments, strict=False):
        if name == _ACCUMULATOR:
            message = "iteration variable overwrites accumulator variable"
            raise macro_error(message, argument.offset)
    return names


def _comprehension(
    kind: ComprehensionKind, shape: str, *, variables: int = 1, complaint: str = _NOT_SIMPLE
) -> MacroExpander:
    """Return the expander of a comprehension whose arguments after the variables are `shape`.

    `shape` has one letter for each of them: `p` predicate, `r` result.
    """

    def expand(call: Call) -> Comprehension:
        names = _variables(call.arguments, variables, complaint)
        rest = dict(zip(shape, call.arguments[variables:], strict=True))
        assert call.target is not None
        return Comprehension(call.offset, kind, call.target, names, rest.get("p"), rest.get("r"))

    return expand


def _sort_by(call: Call) -> Expr | None:
    assert call.target is not None
    if not isinstance(call.target, _SORTABLE):
        message = (
            "sortBy can only be applied to a list, identifier, comprehension, call or select "
            "expression"
        )
        raise macro_error(message, call.target.offset)
    return _comprehension("sort_by", "r", complaint=_NOT_IDENTIFIER)(call)


def _optional_map(kind: ComprehensionKind) -> MacroExpander:
    def expand(call: Call) -> Expr:
        complaint = f"{call.function}() variable name must be a simple identifier"
        name = _variable(call.arguments[0], complaint)
        assert call.target is not None
        return Comprehension(call.offset, kind, call.target, (name,), None, call.arguments[1])

    return expand


def _extremum(function: str) -> MacroExpander:
    """Return the expander of `math.least(…)` or `math.greatest(…)` to a call of `function`."""

    def expand(call: Call) -> Expr | None:
        target = call.target
        if type(target) is not Ident or target.name != "math" or target.absolute:
            return None
        name = f"math.{call.function}()"
        arguments = call.arguments
        if not arguments:
            raise macro_error(f"{name} requires at least one argument", target.offset)
        if len(arguments) == 1:
            if not (_may_be_number(arguments[0]) or _is_number_list(arguments[0])):
                raise macro_error(f"{name} invalid single argument value", arguments[0].offset)
            return Call(call.offset, function, None, arguments)
        for argument in arguments:
            if not _may_be_number(argument):
                message = f"{name} simple literal arguments must be numeric"
                raise macro_error(message, argument.offset)
        if len(arguments) > 2:
            arguments = (ListExpr(call.offset, arguments),)
        return Call(call.offset, function, None, arguments)

    return expand


def _may_be_number(argument: Expr) -> bool:
    if type(argument) is Literal:
        return argument.kind in _NUMBERS
    return not isinstance(argument, (ListExpr, MapExpr, Message))


def _is_number_list(argument: Expr) -> bool:
    return (
        type(argument) is ListExpr
        and bool(argument.elements)
        and all(_may_be_number(element) for element in argument.elements)
    )


STANDARD_MACROS = (
    Macro("has", 1, receiver=False, expand=_has),
    Macro("all", 2, receiver=True, expand=_comprehension("all", "p")),
    Macro("exists", 2, receiver=True, expand=_comprehension("exists", "p")),
    Macro("exists_one", 2, receiver=True, expand=_comprehension("exists_one", "p")),
    Macro("map", 2, receiver=True, expand=_comprehension("map", "r", complaint=_NOT_IDENTIFIER)),
    Macro("map", 3, receiver=True, expand=_comprehension("map", "pr", complaint=_NOT_IDENTIFIER)),
    Macro(
        "filter", 2, receiver=True, expand=_comprehension("filter", "p", complaint=_NOT_IDENTIFIER)
    ),
)
"""`has` and the comprehensions with one variable."""


def _two_variables(name: str, kind: ComprehensionKind, shape: str) -> Macro:
    expand = _comprehension(kind, shape, variables=2)
    return Macro(name, 2 + len(shape), receiver=True, expand=expand)


TWO_VARIABLE_MACROS = (
    _two_variables("all", "all", "p"),
    _two_variables("exists", "exists", "p"),
    _two_variables("exists_one", "exists_one", "p"),
    _two_variables("existsOne", "exists_one", "p"),
    _two_variables("transformList", "transform_list", "r"),
    _two_variables("transformList", "transform_list", "pr"),
    _two_variables("transformMap", "transform_map", "r"),
    _two_variables("transformMap", "transform_map", "pr"),
    _two_variables("transformMapEntry", "transform_map_entry", "r"),
    _two_variables("transformMapEntry", "transform_map_entry", "pr"),
)
"""The comprehensions with two variables: index or key, and value."""

LIST_MACROS = (Macro("sortBy", 2, receiver=True, expand=_sort_by),)

MATH_MACROS = (
    Macro("least", VARIADIC, receiver=True, expand=_extremum("math.@min")),
    Macro("greatest", VARIADIC, receiver=True, expand=_extremum("math.@max")),
)

OPTIONAL_MACROS = (
    Macro("optMap", 2, receiver=True, expand=_optional_map("opt_map")),
    Macro("optFlatMap", 2, receiver=True, expand=_optional_map("opt_flat_map")),
)
