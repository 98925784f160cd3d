"""Texts of values: Go's number formats and the form values have in error messages."""

from __future__ import annotations

from krm_fn.cel.values.kinds import Optional, TypeValue, Uint, Value
from krm_fn.cel.values.mapping import CelMap, sorted_items

_LEAST_EXPONENT = -4
_FIRST_EXPONENT = 6

# Where Python's own text has the digits and no exponent either.
_SMALLEST_PLAIN = 1e-4
_LARGEST_G = 1e6
_LARGEST_REPR = 1e16


def _digits(number: float) -> tuple[str, str, int]:
    """Return sign, shortest digits and the decimal exponent of the first digit."""
    mantissa, _, exponent = f"{number!r}".partition("e")
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    digits = (whole + fraction).lstrip("0")
    if not digits:
        return sign, "0", 0
    leading = len(whole + fraction) - len(digits)
    power = int(exponent or 0) + len(whole) - 1 - leading
    return sign, digits.rstrip("0"), power


def _special(number: float) -> str | None:
    if number != number:
        return "NaN"
    if number in (float("inf"), float("-inf")):
        return "+Inf" if number > 0 else "-Inf"
    return None


def format_double(number: float) -> str:
    """Return Go's shortest `%g` text: `1.5`, `1e+06`, `1e-05`, `+Inf`, `NaN`.

    The exponent form starts below 1e-4 and from 1e6 (`1e+06`, 123456789.0 is `1.23456789e+08`).
    """
    if _SMALLEST_PLAIN <= abs(number) < _LARGEST_G:
        return repr(number).removesuffix(".0")
    special = _special(number)
    if special is not None:
        return special
    sign, digits, power = _digits(number)
    if power < _LEAST_EXPONENT or power >= _FIRST_EXPONENT:
        return _exponent_form(sign, digits, power)
    return sign + _plain_form(digits, power)


def format_plain_double(number: float) -> str:
    """Return the shortest text without an exponent, as Go's `strconv.FormatFloat(x, 'f', -1)`."""
    if _SMALLEST_PLAIN <= abs(number) < _LARGEST_REPR:
        return repr(number).removesuffix(".0")
    special = _special(number)
    if special is not None:
        return special
    sign, digits, power = _digits(number)
    return sign + _plain_form(digits, power)


def _exponent_form(sign: str, digits: str, power: int) -> str:
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{sign}{digits[0]}{fraction}e{'-' if power < 0 else '+'}{abs(power):02d}"


def _plain_form(digits: str, power: int) -> str:
    if power < 0:
        return "0." + "0" * (-power - 1) + digits
    if len(digits) <= power + 1:
        return digits + "0" * (power + 1 - len(digits))
    return f"{digits[: power + 1]}.{digits[power + 1 :]}"


def display(value: Value) -> str:
    """Return the text a value has inside an error message."""
    kind = type(value)
    if kind is str:
        return str(value)
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind in (int, Uint):
        return str(int(value))
    if kind is float:
        return format_double(value)
    if kind is list:
        return "[" + ", ".join(map(display, value)) + "]"
    if kind in (dict, CelMap):
        entries = ", ".join(f"{display(k)}: {display(v)}" for k, v in sorted_items(value))
        return "{" + entries + "}"
    if kind is bytes:
        return str(value.decode("utf-8", "replace"))
    if kind is Optional:
        return f"optional({display(value.value)})" if value.present else "optional.none()"
    if kind is TypeValue:
        return str(value.name)
    return str(value)
