"""Checks of strings, numbers and enums.

A check takes a value and returns its violations, or None when there are none.
Source of the behaviour: spec rendering §3.5 (Validation), `kube-openapi`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import cast

from krm_fn.schema.errors import SchemaPath
from krm_fn.schema.formats import format_check
from krm_fn.schema.keywords import Node
from krm_fn.schema.violation import Violation

Check = Callable[[object], list[Violation] | None]
Locate = Callable[[str], SchemaPath]

_LARGEST_EXACT = float(2**53 - 1)
_TOLERANCE = 1e-9


def quoted(value: object) -> str:
    """Write a value into a message."""
    return json.dumps(value, ensure_ascii=False, default=str)


def plain(value: object) -> str:
    """Write a number or an enum member the way Go prints it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "null"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else quoted(value)


def is_integral(value: float) -> bool:
    """Say whether a double counts as an integer (with the reference's tolerance)."""
    if not abs(value) <= _LARGEST_EXACT:
        return False
    if value.is_integer():
        return True
    whole = float(int(value))
    if whole == 0.0:
        return False
    return abs(value - whole) / (abs(value) + abs(whole)) < _TOLERANCE


def string_check(node: Node, locate: Locate, *, trusted: bool) -> Check | None:
    """Compile maxLength, minLength and pattern (the first that fails speaks) and format."""
    longest = _integer(node, "maxLength")
    shortest = _integer(node, "minLength") or 0
    pattern = cast("str | None", node.get("pattern") or None)
    name = cast("str | None", node.get("format") or None)
    formatted = _format_check(name, locate) if name else None
    if longest is None and not shortest and pattern is None:
        return formatted
    matches = _matcher(pattern, trusted=trusted) if pattern is not None else None

    def check(value: object) -> list[Violation] | None:
        text = cast(str, value)
        found = None
        if longest is not None and len(text) > longest:
            message = f"should be at most {longest} chars long"
            found = [Violation("field-length", message, (), locate("maxLength"), value)]
        elif len(text) < shortest:
            message = f"should be at least {shortest} chars long"
            found = [Violation("field-length", message, (), locate("minLength"), value)]
        elif matches is not None and not matches(text):
            message = f"should match '{pattern}'"
            found = [Violation("field-pattern", message, (), locate("pattern"), value)]
        if formatted is not None:
            more = formatted(value)
            if more:
                return more if found is None else found + more
        return found

    return check


def _matcher(pattern: str, *, trusted: bool) -> Callable[[str], object]:
    """Return an unanchored search. Patterns of users run in RE2, which cannot hang."""
    if trusted:
        text = pattern[:-1] + r"\Z" if pattern.endswith("$") else pattern
        return re.compile(text, re.ASCII).search
    compiled: list[Callable[[str], object]] = []

    def search(text: str) -> object:
        if not compiled:
            import re2

            options = re2.Options()
            options.log_errors = False
            try:
                compiled.append(re2.compile(pattern, options).search)
            except re2.error:
                compiled.append(lambda _: None)
        return compiled[0](text)

    return search


def _format_check(name: str, locate: Locate) -> Check | None:
    accepts = format_check(name)
    if accepts is None:
        return None

    def check(value: object) -> list[Violation] | None:
        if accepts(cast(str, value)):
            return None
        message = f"must be of type {name}: {quoted(value)}"
        return [Violation("field-format", message, (), locate("format"), value)]

    return check


def number_check(node: Node, locate: Locate) -> Check | None:
    """Compile multipleOf, maximum and minimum (all that fail speak)."""
    factor = cast("float | None", node.get("multipleOf"))
    largest = cast("float | None", node.get("maximum"))
    smallest = cast("float | None", node.get("minimum"))
    below = node.get("exclusiveMaximum") is True
    above = node.get("exclusiveMinimum") is True
    if factor is None and largest is None and smallest is None:
        return None

    def check(value: object) -> list[Violation] | None:
        number = cast(float, value)
        found = []
        if factor and not is_integral(1 / factor * number if factor < 1 else number / factor):
            message = f"should be a multiple of {plain(factor)}"
            found.append(Violation("field-multiple", message, (), locate("multipleOf"), value))
        if largest is not None and (number >= largest if below else number > largest):
            words = "less than" if below else "less than or equal to"
            message = f"should be {words} {plain(largest)}"
            found.append(Violation("field-range", message, (), locate("maximum"), value))
        if smallest is not None and (number <= smallest if above else number < smallest):
            words = "greater than" if above else "greater than or equal to"
            message = f"should be {words} {plain(smallest)}"
            found.append(Violation("field-range", message, (), locate("minimum"), value))
        return found or None

    return check


def identity_key(value: object) -> object:
    """Return something hashable that is equal for equal JSON values (1 and 1.0, but not True)."""
    if isinstance(value, bool) or value is None:
        return (value,)
    if isinstance(value, str | int | float):
        return value
    return ("json", json.dumps(_normal(value), sort_keys=True, default=str))


def _normal(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _normal(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_normal(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def enum_check(node: Node, locate: Locate) -> Check | None:
    """Compile enum. An empty list allows everything, as in the reference."""
    allowed = cast("list[object] | None", node.get("enum"))
    if not allowed:
        return None
    keys = frozenset(identity_key(item) for item in allowed)
    message = f"should be one of [{' '.join(plain(item) for item in allowed)}]"
    words = [item for item in allowed if isinstance(item, str)]

    def check(value: object) -> list[Violation] | None:
        if (value if type(value) is str else identity_key(value)) in keys:
            return None
        from krm_fn.findings import did_you_mean

        hint = did_you_mean(value, words) if isinstance(value, str) else ""
        return [Violation("field-enum", message, (), locate("enum"), value, hint)]

    return check


def _integer(node: Node, keyword: str) -> int | None:
    value = cast("float | None", node.get(keyword))
    return None if value is None else int(value)
