"""Equality, ordering and grouping keys of values.

Numbers compare across int, uint and double; against a double an integer counts as the nearest
double, as in cel-go. Python's `True == 1` never decides. Different kinds are unequal, and have no
order. Twin: `Equal` and `Compare` of `cel-go/common/types`.
"""

from __future__ import annotations

from krm_fn.cel.errors import CelError
from krm_fn.cel.values.kinds import Optional, Uint, Value
from krm_fn.cel.values.mapping import MISSING, CelMap, map_find, sorted_items
from krm_fn.cel.values.time import Duration, Timestamp

_PLAIN = frozenset((str, int, float, bool, bytes, Uint, type(None), Duration, Timestamp))
_NUMBERS = frozenset((int, float, Uint))
_ORDERED = frozenset((str, int, float, bool, bytes, Uint, Duration, Timestamp))


def equals(left: Value, right: Value) -> bool:
    """Return whether two values are equal."""
    kind = type(left)
    other = type(right)
    if kind is other:
        if kind in _PLAIN:
            return bool(left == right)
        if kind is list:
            return len(left) == len(right) and all(map(equals, left, right))
        if kind is dict:
            return len(left) == len(right) and all(
                key in right and equals(value, right[key]) for key, value in left.items()
            )
        if kind is Optional:
            return left.present is right.present and (
                not left.present or equals(left.value, right.value)
            )
    if kind in _NUMBERS:
        return other in _NUMBERS and _numbers(left, right)
    if kind in (dict, CelMap) and other in (dict, CelMap):
        return len(left) == len(right) and all(
            (found := map_find(right, key)) is not MISSING and equals(value, found)
            for key, value in left.items()
        )
    return left is right


def _numbers(left: Value, right: Value) -> bool:
    if type(left) is float or type(right) is float:
        return float(left) == float(right)
    return bool(left == right)


def compare(left: Value, right: Value) -> int | None:
    """Return -1, 0 or 1, or None for NaN; raise `no_such_overload` where there is no order."""
    kind = type(left)
    other = type(right)
    mixed = kind is not other and kind in _NUMBERS and other in _NUMBERS
    if mixed and (kind is float or other is float):
        left, right = float(left), float(right)
    if mixed or (kind is other and kind in _ORDERED):
        if left < right:
            return -1
        if left == right:
            return 0
        return 1 if left > right else None
    raise CelError("no_such_overload", "no such overload")


def hash_key(value: Value) -> Value:
    """Return a hashable key, equal for equal values (numbers across kinds, deep)."""
    kind = type(value)
    if kind is str or kind is bytes or kind in _NUMBERS:
        return value if value == value else object()
    if kind is list:
        return (list, tuple(map(hash_key, value)))
    if kind in (dict, CelMap):
        return (dict, tuple((hash_key(key), hash_key(each)) for key, each in sorted_items(value)))
    if kind is Optional:
        return (Optional, value.present, hash_key(value.value))
    return (kind, value)


def contains(items: list[Value], value: Value) -> bool:
    """Return whether a list has an element equal to the value."""
    kind = type(value)
    if kind is str:
        return value in items
    return any(equals(item, value) for item in items)
