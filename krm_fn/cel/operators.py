"""The operators on values whose kinds are known at run time only.

In: CEL values. Out: CEL values, or `CelError` (stage eval). The planner writes the common cases in
line and calls these for the rest. Twins: the `Add`, `Compare`, `Get` … methods of
`cel-go/common/types` and the qualifiers of `cel-go/interpreter/attributes.go`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NoReturn

from krm_fn.cel.errors import CelError
from krm_fn.cel.values.equality import compare, contains
from krm_fn.cel.values.kinds import (
    INT_MAX,
    INT_MIN,
    NONE,
    UINT_MAX,
    Optional,
    Uint,
    Value,
    type_name,
)
from krm_fn.cel.values.mapping import MISSING, CelMap, map_find
from krm_fn.cel.values.text import display
from krm_fn.cel.values.time import Duration, Timestamp, make_duration, make_timestamp

RECEIVERS = frozenset((str, Duration, Timestamp))
"""Kinds that answer any unknown method, so that its name is not in the refusal (as in cel-go)."""

_ADDABLE = frozenset((bytes, float, Duration, int, list, str, Timestamp, Uint))
_ORDERABLE = frozenset((bool, bytes, float, Duration, int, str, Timestamp, Uint))
_SUBTRACTABLE = frozenset((float, Duration, int, Timestamp, Uint))
_DIVISIBLE = frozenset((float, int, Uint))
_NEGATABLE = frozenset((bool, float, Duration, int))
_MODULAR = frozenset((int, Uint))
_MAPS = frozenset((dict, CelMap))
_INTEGERS = frozenset((int, Uint))

MAXIMUM_SIZE = 10_000_000
"""Longest string, byte string or list an expression may build: a documented limit of ours."""


def overload_error(function: str = "", *arguments: Value) -> CelError:
    """Return `no_such_overload`, naming the function and the kinds of its arguments if given."""
    if not function:
        return CelError("no_such_overload", "no such overload")
    kinds = f"({', '.join(map(type_name, arguments))})" if arguments else ""
    return CelError("no_such_overload", f"no such overload: {function}{kinds}")


def no_overload(function: str = "", *arguments: Value) -> NoReturn:
    """Raise `overload_error`."""
    raise overload_error(function, *arguments)


def _refuse(operator: str, left: Value, able: frozenset[type]) -> NoReturn:
    no_overload("" if type(left) in able or type(left) in RECEIVERS else operator)


def checked_int(number: int) -> int:
    """Return a result of int arithmetic; raise `overflow` outside int64."""
    if INT_MIN <= number <= INT_MAX:
        return number
    raise CelError("overflow", "integer overflow")


def checked_uint(number: int) -> Uint:
    """Return a result of uint arithmetic; raise `overflow` outside uint64."""
    if 0 <= number <= UINT_MAX:
        return Uint(number)
    raise CelError("overflow", "unsigned integer overflow")


def checked_size(value: Value) -> Value:
    """Return a string, byte string or list; raise `limit` where it is too long."""
    if len(value) > MAXIMUM_SIZE:
        raise CelError("limit", f"value of size {len(value)} exceeds the limit of {MAXIMUM_SIZE}")
    return value


def add(left: Value, right: Value) -> Value:
    """Return `left + right`."""
    kind = type(left)
    other = type(right)
    if kind is other:
        if kind is str or kind is list or kind is bytes:
            return checked_size(left + right)
        if kind is int:
            return checked_int(left + right)
        if kind is float:
            return left + right
        if kind is Uint:
            return checked_uint(int(left) + int(right))
        if kind is Duration:
            return make_duration(left.nanoseconds + right.nanoseconds)
    if (kind is Timestamp and other is Duration) or (kind is Duration and other is Timestamp):
        offset = left.offset if kind is Timestamp else right.offset
        return make_timestamp(left.nanoseconds + right.nanoseconds, offset)
    _refuse("_+_", left, _ADDABLE)


def subtract(left: Value, right: Value) -> Value:
    """Return `left - right`."""
    kind = type(left)
    other = type(right)
    if kind is other:
        if kind is int:
            return checked_int(left - right)
        if kind is float:
            return left - right
        if kind is Uint:
            return checked_uint(int(left) - int(right))
        if kind is Duration or kind is Timestamp:
            return make_duration(left.nanoseconds - right.nanoseconds)
    if kind is Timestamp and other is Duration:
        return make_timestamp(left.nanoseconds - right.nanoseconds, left.offset)
    _refuse("_-_", left, _SUBTRACTABLE)


def multiply(left: Value, right: Value) -> Value:
    """Return `left * right`."""
    kind = type(left)
    if kind is type(right):
        if kind is int:
            return checked_int(left * right)
        if kind is float:
            return left * right
        if kind is Uint:
            return checked_uint(int(left) * int(right))
    _refuse("_*_", left, _DIVISIBLE)


def divide(left: Value, right: Value) -> Value:
    """Return `left / right`; integers truncate towards zero."""
    kind = type(left)
    if kind is type(right):
        if kind is float:
            return _divide_double(left, right)
        if kind in _INTEGERS:
            if right == 0:
                raise CelError("divide_by_zero", "division by zero")
            quotient = abs(int(left)) // abs(int(right))
            if kind is Uint:
                return Uint(quotient)
            return checked_int(quotient if (left < 0) is (right < 0) else -quotient)
    _refuse("_/_", left, _DIVISIBLE)


def _divide_double(left: float, right: float) -> float:
    try:
        return left / right
    except ZeroDivisionError:
        if left == 0 or left != left:
            return float("nan")
        return float("inf") if (left > 0) is (str(right)[0] != "-") else float("-inf")


def modulo(left: Value, right: Value) -> Value:
    """Return `left % right`, with the sign of the dividend."""
    kind = type(left)
    if kind is type(right) and kind in _INTEGERS:
        if right == 0:
            raise CelError("modulus_by_zero", "modulus by zero")
        if kind is Uint:
            return Uint(int(left) % int(right))
        if left == INT_MIN and right == -1:
            raise CelError("overflow", "integer overflow")
        rest = abs(left) % abs(right)
        return -rest if left < 0 else rest
    _refuse("_%_", left, _MODULAR)


def negate(value: Value) -> Value:
    """Return `-value`."""
    kind = type(value)
    if kind is int:
        return checked_int(-value)
    if kind is float:
        return -value
    if kind is Duration:
        return make_duration(-value.nanoseconds)
    _refuse("-_", value, _NEGATABLE)


def logical_not(value: Value) -> bool:
    """Return `!value`."""
    if value is True:
        return False
    if value is False:
        return True
    no_overload()


def _order(operator: str, left: Value, right: Value) -> float:
    """Return -1, 0 or 1, or NaN, which compares false in every way."""
    if type(left) not in _ORDERABLE:
        no_overload(operator)
    order = compare(left, right)
    return math.nan if order is None else order


def less(left: Value, right: Value) -> bool:
    """Return `left < right`."""
    return _order("_<_", left, right) < 0


def less_equals(left: Value, right: Value) -> bool:
    """Return `left <= right`."""
    return _order("_<=_", left, right) <= 0


def greater(left: Value, right: Value) -> bool:
    """Return `left > right`."""
    return _order("_>_", left, right) > 0


def greater_equals(left: Value, right: Value) -> bool:
    """Return `left >= right`."""
    return _order("_>=_", left, right) >= 0


def is_in(value: Value, container: Value) -> bool:
    """Return `value in container`: an element of a list, a key of a map."""
    kind = type(container)
    if kind is list:
        return contains(container, value)
    if kind in _MAPS:
        return map_find(container, value) is not MISSING
    no_overload()


def select(operand: Value, field: Value) -> Value:
    """Return `operand.field`."""
    return index(operand, field)


def index(operand: Value, key: Value) -> Value:
    """Return `operand[key]`; on an optional operand the result is an optional."""
    kind = type(operand)
    if kind in _MAPS:
        found = map_find(operand, key)
        if found is not MISSING and key is not None:
            return found
        raise _no_such_key(key)
    if kind is list:
        position = _position(key)
        if 0 <= position < len(operand):
            return operand[position]
        raise CelError("index_out_of_range", f"index out of bounds: {display(key)}")
    if kind is Optional:
        return wrap(optional_index(operand, key))
    raise _no_such_key(key)


def optional_index(operand: Value, key: Value) -> Value:
    """Return the element of `operand[?key]`, or `MISSING`; sees through an optional operand."""
    if type(operand) is Optional:
        if not operand.present:
            return MISSING
        operand = operand.value
    kind = type(operand)
    if kind in _MAPS:
        return map_find(operand, key)
    if kind is list:
        position = _position(key)
        return operand[position] if 0 <= position < len(operand) else MISSING
    return MISSING


def _no_such_key(key: Value) -> CelError:
    if key is None:
        return CelError("bad_index", "invalid qualifier type: types.Null")
    return CelError("no_such_key", f"no such key: {display(key)}")


def _position(key: Value) -> int:
    kind = type(key)
    if kind in _INTEGERS:
        return int(key)
    if kind is float:
        if key == key and abs(key) < INT_MAX and key == int(key):
            return int(key)
        raise CelError("bad_index", f"unsupported index value {display(key)} in list")
    raise CelError("bad_index", f"unsupported index type '{type_name(key)}' in list")


def wrap(element: Value) -> Optional:
    """Return the optional of an element as `optional_index` gives it."""
    return NONE if element is MISSING else Optional(element)


OPERATORS: dict[str, Callable[..., Value]] = {
    "_+_": add,
    "_-_": subtract,
    "_*_": multiply,
    "_/_": divide,
    "_%_": modulo,
    "-_": negate,
    "!_": logical_not,
    "_<_": less,
    "_<=_": less_equals,
    "_>_": greater,
    "_>=_": greater_equals,
    "@in": is_in,
    "_[_]": index,
}
