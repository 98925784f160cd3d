"""Functions on numbers. Twin: `cel-go/ext/math.go`."""

from __future__ import annotations

import math
from collections.abc import Callable

from krm_fn.cel.errors import CelError
from krm_fn.cel.operators import checked_int, overload_error
from krm_fn.cel.values.equality import compare
from krm_fn.cel.values.kinds import INT_MAX, UINT_MAX, Uint, Value

_NUMBERS = frozenset((int, Uint, float))
_WORD = 64
_HALF = 0.5


def _pick(name: str, sign: int) -> Callable[..., Value]:
    def best(values: list[Value]) -> Value:
        if not values:
            raise CelError("other", f"{name}(list) argument must not be empty")
        chosen = values[0]
        for value in values[1:]:
            if type(chosen) not in _NUMBERS or type(value) not in _NUMBERS:
                raise overload_error(name)
            order = compare(value, chosen)
            if order is None:
                raise CelError("other", f"NaN values cannot be ordered: {name}")
            if order == sign:
                chosen = value
        if type(chosen) not in _NUMBERS:
            raise overload_error(name)
        return chosen

    def pick(first: Value, *others: Value) -> Value:
        return best(first if type(first) is list else [first, *others])

    return pick


def _rounding(to_integer: Callable[[float], int]) -> Callable[[float], float]:
    def rounded(value: float) -> float:
        return math.copysign(to_integer(value), value) if math.isfinite(value) else value

    return rounded


def _half_away(value: float) -> int:
    whole = math.trunc(value)
    return whole + (1 if value > 0 else -1) if abs(value - whole) >= _HALF else whole


def absolute(value: Value) -> Value:
    """Return the absolute value."""
    if type(value) is int:
        return checked_int(abs(value))
    return abs(value) if type(value) is float else value


def sign(value: Value) -> Value:
    """Return -1, 0 or 1 of the kind of the value."""
    if value != value:
        return value
    return type(value)((value > 0) - (value < 0))


def square_root(value: Value) -> float:
    """Return the square root; not a number for negative values."""
    return math.sqrt(value) if value >= 0 else math.nan


def _signed(bits: int) -> int:
    bits &= UINT_MAX
    return bits if bits <= INT_MAX else bits - UINT_MAX - 1


def _same(value: Value, bits: int) -> Value:
    return Uint(bits & UINT_MAX) if type(value) is Uint else _signed(bits)


def bit_and(left: Value, right: Value) -> Value:
    """Return the bits both have."""
    return _same(left, int(left) & int(right))


def bit_or(left: Value, right: Value) -> Value:
    """Return the bits either has."""
    return _same(left, int(left) | int(right))


def bit_xor(left: Value, right: Value) -> Value:
    """Return the bits exactly one has."""
    return _same(left, int(left) ^ int(right))


def bit_not(value: Value) -> Value:
    """Return the bits turned over."""
    return _same(value, ~int(value))


def bit_shift_left(value: Value, count: int) -> Value:
    """Return the bits shifted; 0 from 64 on."""
    if count < 0:
        raise CelError("other", f"math.bitShiftLeft() negative offset: {count}")
    return _same(value, int(value) << count if count < _WORD else 0)


def bit_shift_right(value: Value, count: int) -> Value:
    """Return the bits shifted, zeros coming in from the left even for negative numbers."""
    if count < 0:
        raise CelError("other", f"math.bitShiftRight() negative offset: {count}")
    return _same(value, (int(value) & UINT_MAX) >> count if count < _WORD else 0)


def _pick_signatures(name: str) -> dict[str, Callable[..., Value]]:
    pick = _pick(name, -1 if name == "math.@min" else 1)
    kinds = ("double", "int", "uint")
    signatures = [f"{name}({kind}) -> {kind}" for kind in kinds]
    signatures += [f"{name}({kind}, {kind}) -> {kind}" for kind in kinds]
    signatures += [
        f"{name}({kind}, {other}) -> dyn" for kind in kinds for other in kinds if kind != other
    ]
    signatures += [f"{name}(list({kind})) -> {kind}" for kind in kinds]
    return dict.fromkeys(signatures, pick)


def _integer_pairs(name: str, function: Callable[..., Value]) -> dict[str, Callable[..., Value]]:
    return {f"{name}(int, int) -> int": function, f"{name}(uint, uint) -> uint": function}


FUNCTIONS: dict[str, dict[str, Callable[..., Value]]] = {
    "math.@max": _pick_signatures("math.@max"),
    "math.@min": _pick_signatures("math.@min"),
    "math.abs": {
        "math.abs(double) -> double": absolute,
        "math.abs(int) -> int": absolute,
        "math.abs(uint) -> uint": absolute,
    },
    "math.bitAnd": _integer_pairs("math.bitAnd", bit_and),
    "math.bitNot": {
        "math.bitNot(int) -> int": bit_not,
        "math.bitNot(uint) -> uint": bit_not,
    },
    "math.bitOr": _integer_pairs("math.bitOr", bit_or),
    "math.bitShiftLeft": {
        "math.bitShiftLeft(int, int) -> int": bit_shift_left,
        "math.bitShiftLeft(uint, int) -> uint": bit_shift_left,
    },
    "math.bitShiftRight": {
        "math.bitShiftRight(int, int) -> int": bit_shift_right,
        "math.bitShiftRight(uint, int) -> uint": bit_shift_right,
    },
    "math.bitXor": _integer_pairs("math.bitXor", bit_xor),
    "math.ceil": {"math.ceil(double) -> double": _rounding(math.ceil)},
    "math.floor": {"math.floor(double) -> double": _rounding(math.floor)},
    "math.isFinite": {"math.isFinite(double) -> bool": math.isfinite},
    "math.isInf": {"math.isInf(double) -> bool": math.isinf},
    "math.isNaN": {"math.isNaN(double) -> bool": math.isnan},
    "math.round": {"math.round(double) -> double": _rounding(_half_away)},
    "math.sign": {
        "math.sign(double) -> double": sign,
        "math.sign(int) -> int": sign,
        "math.sign(uint) -> uint": sign,
    },
    "math.sqrt": {
        "math.sqrt(double) -> double": square_root,
        "math.sqrt(int) -> double": square_root,
        "math.sqrt(uint) -> double": square_root,
    },
    "math.trunc": {"math.trunc(double) -> double": _rounding(math.trunc)},
}
