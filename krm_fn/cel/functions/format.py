"""`format`: `%s %d %f %e %b %o %x %X` with a precision, no flags, no width.

Twin: `cel-go/ext/formatting_v2.go`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NoReturn

from krm_fn.cel.errors import CelError
from krm_fn.cel.operators import checked_size
from krm_fn.cel.values.kinds import Optional, TypeValue, Uint, Value, type_name
from krm_fn.cel.values.mapping import CelMap
from krm_fn.cel.values.text import format_plain_double
from krm_fn.cel.values.time import NANOSECONDS, Duration, Timestamp

_PARSING = "could not parse formatting clause: "
_NO_PRECISION = (
    f"{_PARSING}error while parsing precision: error while converting precision to integer: "
    'strconv.Atoi: parsing "": invalid syntax'
)
_CLAUSE = re.compile(r"%(?:\.([0-9]*))?(.?)", re.DOTALL)
_MAXIMUM_PRECISION = 100
_DEFAULT_PRECISION = 6
_STRING_KINDS = (
    "strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps"
)


def _fail(message: str) -> NoReturn:
    raise CelError("format", f"error during formatting: {message}")


def _number(value: float) -> str:
    text = format_plain_double(value)
    return {"+Inf": "Infinity", "-Inf": "-Infinity"}.get(text, text)


def format_string(value: Value) -> str:
    """Return the text of `%s`."""
    kind = type(value)
    if kind is str:
        return str(value)
    if kind is float:
        return _number(value)
    if kind is bool:
        return "true" if value else "false"
    if value is None:
        return "null"
    if kind is int or kind is Uint:
        return str(int(value))
    if kind is bytes:
        return str(value.decode("utf-8", "replace"))
    if kind is Duration:
        return _number(value.nanoseconds / NANOSECONDS) + "s"
    if kind is Timestamp:
        return str(value)
    if kind is TypeValue:
        return str(value.name)
    if kind is list:
        return "[" + ", ".join(map(format_string, value)) + "]"
    if kind in (dict, CelMap):
        entries = sorted((format_string(k), format_string(v)) for k, v in value.items())
        return "{" + ", ".join(f"{key}: {each}" for key, each in entries) + "}"
    name = "optional_type" if kind is Optional else type_name(value)
    _fail(f"string clause can only be used on {_STRING_KINDS}, was given {name}")


def _decimal(value: Value, _: int) -> str:
    if type(value) is float:
        return _number(value)
    if type(value) in (int, Uint):
        return str(int(value))
    _fail(
        f"decimal clause can only be used on ints, uints, and doubles, was given {type_name(value)}"
    )


def _real(value: Value, precision: int, letter: str, clause: str) -> str:
    if type(value) not in (int, Uint, float):
        _fail(
            f"{clause} clause can only be used on ints, uints, and doubles, "
            f"was given {type_name(value)}"
        )
    number = float(value)
    if number - number != 0:
        return _number(number)
    return format(number, f".{precision}{letter}")


def _fixed(value: Value, precision: int) -> str:
    return _real(value, precision, "f", "fixed-point")


def _scientific(value: Value, precision: int) -> str:
    return _real(value, precision, "e", "scientific")


def _binary(value: Value, _: int) -> str:
    if type(value) in (int, Uint, bool):
        return format(int(value), "b")
    _fail(f"only ints, uints, and bools can be formatted as binary, was given {type_name(value)}")


def _octal(value: Value, _: int) -> str:
    if type(value) in (int, Uint):
        return format(int(value), "o")
    _fail(f"octal clause can only be used on ints and uints, was given {type_name(value)}")


def _hexadecimal(value: Value, _: int) -> str:
    kind = type(value)
    if kind in (int, Uint):
        return format(int(value), "x")
    if kind is str:
        return str(value.encode("utf-8", "surrogatepass").hex())
    if kind is bytes:
        return str(value.hex())
    _fail(
        "only ints, uints, bytes, and strings can be formatted as hex, "
        f"was given {type_name(value)}"
    )


_CLAUSES: dict[str, Callable[[Value, int], str]] = {
    "s": lambda value, _: format_string(value),
    "d": _decimal,
    "f": _fixed,
    "e": _scientific,
    "b": _binary,
    "o": _octal,
    "x": _hexadecimal,
    "X": lambda value, precision: _hexadecimal(value, precision).upper(),
}


def format_text(template: str, arguments: list[Value]) -> str:
    """Return the template with its clauses filled from the list."""
    position = 0

    def fill(match: re.Match[str]) -> str:
        nonlocal position
        digits, letter = match[1], match[2]
        if letter == "%" and digits is None:
            return "%"
        if digits == "":
            raise CelError("format", _NO_PRECISION)
        if not letter:
            _fail("unexpected end of string")
        clause = _CLAUSES.get(letter)
        if clause is None:
            raise CelError("format", f'{_PARSING}unrecognized formatting clause "{letter}"')
        precision = _DEFAULT_PRECISION if digits is None else int(digits[:4])
        if precision > _MAXIMUM_PRECISION:
            text = f"precision {precision} exceeds the limit of {_MAXIMUM_PRECISION}"
            raise CelError("format", _PARSING + text)
        if position >= len(arguments):
            _fail(f"index {position} out of range")
        position += 1
        return clause(arguments[position - 1], precision)

    return str(checked_size(_CLAUSE.sub(fill, template)))


FUNCTIONS = {"format": {"string.format(list(dyn)) -> string": format_text}}
