"""Mistakes in `'…'.format([…])` that show before evaluation.

In: a call whose format string and list are literals, and the types of the list's elements. Out:
nothing, or `CelError` (stage check, code `format`). Twin: `stringFormatValidator` of
`cel-go/ext/formatting_v2.go`.
"""

from __future__ import annotations

import re

from krm_fn.cel.errors import CelError
from krm_fn.cel.syntax import Call, ListExpr, Literal
from krm_fn.cel.types import Kind, Type

MAXIMUM_PRECISION = 100

_CLAUSE = re.compile(r"%(?:%|(?:\.(?P<precision>[0-9]*))?(?P<letter>.?))", re.DOTALL)
_NUMBERS: frozenset[Kind] = frozenset(("int", "uint", "double"))
_BINARY: frozenset[Kind] = frozenset(("int", "uint", "bool"))
_OCTAL: frozenset[Kind] = frozenset(("int", "uint"))
_HEXADECIMAL: frozenset[Kind] = frozenset(("int", "uint", "bytes", "string"))
_TEXTUAL: frozenset[Kind] = frozenset(
    (
        "bool",
        "bytes",
        "double",
        "duration",
        "int",
        "list",
        "map",
        "null",
        "string",
        "timestamp",
        "type",
        "uint",
    )
)
_TEXTUAL_NAMES = (
    "strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps"
)
_HEXADECIMAL_RULE = "only ints, uints, bytes, and strings can be formatted as hex"
_CLAUSES: dict[str, tuple[frozenset[Kind], str]] = {
    "s": (
        _TEXTUAL,
        f"string clause can only be used on {_TEXTUAL_NAMES}",
    ),
    "d": (_NUMBERS, "decimal clause can only be used on ints, uints, and doubles"),
    "f": (_NUMBERS, "fixed-point clause can only be used on ints, uints, and doubles"),
    "e": (_NUMBERS, "scientific clause can only be used on ints, uints, and doubles"),
    "b": (_BINARY, "only ints, uints, and bools can be formatted as binary"),
    "o": (_OCTAL, "octal clause can only be used on ints and uints"),
    "x": (_HEXADECIMAL, _HEXADECIMAL_RULE),
    "X": (_HEXADECIMAL, _HEXADECIMAL_RULE),
}


def verify_format_call(call: Call, types: list[Type]) -> None:
    """Raise `CelError` if the clauses of the format string cannot take arguments of these types."""
    text, values = call.target, call.arguments[0]
    assert isinstance(text, Literal)
    assert isinstance(text.value, str)
    assert isinstance(values, ListExpr)
    used = 0
    for clause in _CLAUSE.finditer(text.value):
        letter = clause["letter"]
        if letter is None:
            continue
        _verify_clause(clause, call.offset)
        if used >= len(types):
            raise CelError("format", f"index {used} out of range", call.offset, "check")
        kinds, rule = _CLAUSES[letter]
        wrong = _misfit(types[used], kinds)
        if wrong is not None:
            message = f"error during formatting: {rule}, was given {wrong.name}"
            raise CelError("format", message, values.elements[used].offset, "check")
        used += 1
    if used < len(types):
        counts = f"(expected {used}, got {len(types)})"
        message = f"too many arguments supplied to string.format {counts}"
        raise CelError("format", message, call.offset, "check")


def _verify_clause(clause: re.Match[str], offset: int) -> None:
    """Refuse a clause with a wrong precision or letter."""
    letter, precision = clause["letter"], clause["precision"]
    if not letter:
        raise CelError("format", "unexpected end of string", offset, "check")
    problem = ""
    if precision == "":
        problem = (
            "error while parsing precision: error while converting precision to integer: "
            'strconv.Atoi: parsing "": invalid syntax'
        )
    elif precision is not None and int(precision[:9]) > MAXIMUM_PRECISION:
        problem = (
            f"error while parsing precision: precision {precision} exceeds maximum allowed "
            f"precision {MAXIMUM_PRECISION}"
        )
    elif letter not in _CLAUSES:
        problem = f'unrecognized formatting clause "{letter}"'
    if problem:
        message = f"could not parse formatting clause: {problem}"
        raise CelError("format", message, offset, "check")


def _misfit(type_: Type, kinds: frozenset[Kind]) -> Type | None:
    """Return the type, or the type of an element, that a clause cannot take."""
    if type_.kind == "dyn":
        return None
    if type_.kind not in kinds:
        return type_
    if type_.kind in {"list", "map"}:
        for each in type_.parameters:
            wrong = _misfit(each, kinds)
            if wrong is not None:
                return wrong
    return None
