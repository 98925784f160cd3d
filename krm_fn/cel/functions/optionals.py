"""Functions on optional values. Twin: `cel-go/cel/library.go`, the optional types.

`or` and `orValue` evaluate their right side only when it is needed: the planner writes them; the
functions here serve the left side.
"""

from __future__ import annotations

from krm_fn.cel.errors import CelError
from krm_fn.cel.operators import overload_error
from krm_fn.cel.values.kinds import NONE, Optional, Uint, Value
from krm_fn.cel.values.mapping import CelMap
from krm_fn.cel.values.time import TIMESTAMP_MIN, Duration, Timestamp

_EMPTY_IS_ZERO = frozenset((str, bytes, list, dict, CelMap, bool, int, Uint, float))


def of(value: Value) -> Optional:
    """Return an optional that holds the value."""
    return Optional(value)


def none() -> Optional:
    """Return the absent optional."""
    return NONE


def of_non_zero_value(value: Value) -> Optional:
    """Return an optional of the value, absent for the zero value of its kind."""
    return NONE if _is_zero(value) else Optional(value)


def _is_zero(value: Value) -> bool:
    kind = type(value)
    if kind in _EMPTY_IS_ZERO:
        return not value
    if kind is Duration:
        return bool(value.nanoseconds == 0)
    if kind is Timestamp:
        return bool(value.nanoseconds == TIMESTAMP_MIN)
    return value is None


def has_value(optional: Optional) -> bool:
    """Return whether the optional holds a value."""
    return optional.present


def value_of(optional: Optional) -> Value:
    """Return what the optional holds."""
    if optional.present:
        return optional.value
    raise CelError("optional_none_dereference", "optional.none() dereference")


def or_else(optional: Value, other: Value) -> Value:
    """Return the optional if it holds a value, else the other optional."""
    if type(optional) is not Optional:
        raise overload_error()
    return optional if optional.present else other


def or_value(optional: Value, other: Value) -> Value:
    """Return what the optional holds, else the other value."""
    if type(optional) is not Optional:
        raise overload_error()
    return optional.value if optional.present else other


def unwrap(items: list[Value]) -> list[Value]:
    """Return the held values of a list of optionals."""
    for item in items:
        if type(item) is not Optional:
            raise overload_error()
    return [item.value for item in items if item.present]


FUNCTIONS = {
    "hasValue": {"optional_type(V).hasValue() -> bool": has_value},
    "optional.none": {"optional.none() -> optional_type(V)": none},
    "optional.of": {"optional.of(V) -> optional_type(V)": of},
    "optional.ofNonZeroValue": {
        "optional.ofNonZeroValue(V) -> optional_type(V)": of_non_zero_value
    },
    "optional.unwrap": {"optional.unwrap(list(optional_type(V))) -> list(V)": unwrap},
    "or": {"optional_type(V).or(optional_type(V)) -> optional_type(V)": or_else},
    "orValue": {"optional_type(V).orValue(V) -> V": or_value},
    "unwrapOpt": {"list(optional_type(V)).unwrapOpt() -> list(V)": unwrap},
    "value": {"optional_type(V).value() -> V": value_of},
}
UNGUARDED = frozenset(("or", "orValue"))
