"""The first difference between two trees."""

from __future__ import annotations

from typing import Any

_MISSING = object()


def first_difference(expected: Any, actual: Any, path: str = "") -> str:
    """Return `path: expected …, got …` for the first leaf that differs, or an empty text.

    Integers and floats are equal by value; a boolean is no number; the order of keys is nothing,
    the order of lists everything.
    """
    if isinstance(expected, dict) and isinstance(actual, dict):
        for key in sorted({*expected, *actual}, key=str):
            found = first_difference(
                expected.get(key, _MISSING), actual.get(key, _MISSING), f"{path}/{key}"
            )
            if found:
                return found
        return ""
    if isinstance(expected, list) and isinstance(actual, list):
        for index, (left, right) in enumerate(zip(expected, actual, strict=False)):
            found = first_difference(left, right, f"{path}/{index}")
            if found:
                return found
        longer = len(actual) - len(expected)
        return f"{path or '/'}: {abs(longer)} {'more' if longer > 0 else 'fewer'}" * bool(longer)
    if _equal(expected, actual):
        return ""
    return f"{path or '/'}: expected {_show(expected)}, got {_show(actual)}"


def _equal(expected: Any, actual: Any) -> bool:
    numbers = (int, float)
    if isinstance(expected, bool) or isinstance(actual, bool):
        return expected is actual
    if isinstance(expected, numbers) and isinstance(actual, numbers):
        return expected == actual
    return type(expected) is type(actual) and bool(expected == actual)


def _show(value: Any) -> str:
    if value is _MISSING:
        return "nothing"
    text = repr(value)
    return text if len(text) <= 200 else text[:200] + "…"
