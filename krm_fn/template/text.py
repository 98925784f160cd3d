"""Text forms of values, as the reference writes them into strings (spec: rendering §2.4)."""

from __future__ import annotations

import math
import re

from krm_fn.cel import format_double, format_plain_double
from krm_fn.template.values import MERGED_OMIT, OMIT, ComputedNull, Encoded, Omit

_JSON_SMALLEST = 1e-6
_JSON_LARGEST = 1e21
_HTML = re.compile("[<>&\u2028\u2029]")


def json_number_text(number: float) -> str:
    """Write a double as Go's JSON encoder does: an exponent only below 1e-6 and from 1e21.

    Raises ValueError for NaN and the infinities.
    """
    size = abs(number)
    if not size < math.inf:
        raise ValueError(f"{format_double(number)} cannot be written as JSON")
    if not size or _JSON_SMALLEST <= size < _JSON_LARGEST:
        return format_plain_double(number)
    mantissa, _, exponent = format_double(number).partition("e")
    return f"{mantissa}e{exponent[0]}{exponent[1:].lstrip('0')}"


def json_text(value: object) -> str:
    """Write a value as compact JSON: keys sorted bytewise, `<`, `>`, `&` escaped.

    `value` is what a template may render to (see `values`). Raises ValueError where it holds a NaN
    or an infinity.
    """
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, str):
        from json import dumps

        text = dumps(value, ensure_ascii=False)
        return _HTML.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    if isinstance(value, int):
        return int.__repr__(value)
    if isinstance(value, float):
        return json_number_text(value)
    if isinstance(value, dict):
        keys = sorted(value)
        return "{" + ",".join(f"{json_text(key)}:{json_text(value[key])}" for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(json_text, value)) + "]"
    return "{}"


def to_text(value: object) -> str:
    """Write a rendered value into other text (an interpolation)."""
    if isinstance(value, str) and not isinstance(value, Encoded):
        return value
    if isinstance(value, float):
        return format_double(value)
    try:
        return json_text(value)
    except ValueError:
        return debug_text(value)


def debug_text(value: object) -> str:
    """Write a value as Go's `%v` does: `[x y]`, `map[a:1]`. Maps are sorted by key."""
    if value is None:
        return "<nil>"
    if isinstance(value, Omit):
        return "&{}"
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, float):
        return format_double(value)
    if isinstance(value, ComputedNull):
        return "NULL_VALUE"
    if isinstance(value, dict):
        inside = " ".join(f"{key}:{debug_text(value[key])}" for key in sorted(value))
        return f"map[{inside}]"
    if isinstance(value, list):
        return "[" + " ".join(map(debug_text, value)) + "]"
    return str(value)


_WORDS: dict[type, str] = {
    type(None): "null",
    bool: "a boolean",
    int: "a number",
    float: "a number",
    str: "text",
    dict: "a map",
    list: "a list",
    ComputedNull: "null",
}


def type_words(value: object) -> str:
    """Name the type of a rendered value for a sentence: `a list`, `text`, `nothing (oc_omit())`."""
    if value is OMIT or value is MERGED_OMIT:
        return "nothing (`oc_omit()`)"
    for kind in type(value).__mro__:
        if kind in _WORDS:
            return _WORDS[kind]
    return type(value).__name__
