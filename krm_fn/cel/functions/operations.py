"""The operators as functions: their declarations. The planner writes most of them in line."""

from __future__ import annotations

from krm_fn.cel import operators
from krm_fn.cel.operators import OPERATORS

_DURATION = "google.protobuf.Duration"
_TIMESTAMP = "google.protobuf.Timestamp"
_ORDERED = ("bool", "int", "uint", "double", "string", "bytes", _TIMESTAMP, _DURATION)


def _comparison(name: str) -> tuple[str, ...]:
    """Return the signatures of an ordering; across kinds of numbers it works on dyn only."""
    return tuple(f"{name}({kind}, {kind}) -> bool" for kind in _ORDERED)


def _arithmetic(name: str, *kinds: str) -> tuple[str, ...]:
    return tuple(f"{name}({kind}, {kind}) -> {kind}" for kind in kinds)


_SIGNATURES: dict[str, tuple[str, ...]] = {
    "!_": ("!_(bool) -> bool",),
    "-_": ("-_(double) -> double", "-_(int) -> int"),
    "@in": ("@in(A, list(A)) -> bool", "@in(A, map(A, B)) -> bool"),
    "@not_strictly_false": ("@not_strictly_false(bool) -> bool",),
    "_!=_": ("_!=_(A, A) -> bool",),
    "_%_": _arithmetic("_%_", "int", "uint"),
    "_&&_": ("_&&_(bool, bool) -> bool",),
    "_*_": _arithmetic("_*_", "double", "int", "uint"),
    "_+_": (
        "_+_(bytes, bytes) -> bytes",
        "_+_(double, double) -> double",
        f"_+_({_DURATION}, {_DURATION}) -> {_DURATION}",
        f"_+_({_DURATION}, {_TIMESTAMP}) -> {_TIMESTAMP}",
        f"_+_({_TIMESTAMP}, {_DURATION}) -> {_TIMESTAMP}",
        "_+_(int, int) -> int",
        "_+_(list(A), list(A)) -> list(A)",
        "_+_(string, string) -> string",
        "_+_(uint, uint) -> uint",
    ),
    "_-_": (
        "_-_(double, double) -> double",
        f"_-_({_DURATION}, {_DURATION}) -> {_DURATION}",
        "_-_(int, int) -> int",
        f"_-_({_TIMESTAMP}, {_DURATION}) -> {_TIMESTAMP}",
        f"_-_({_TIMESTAMP}, {_TIMESTAMP}) -> {_DURATION}",
        "_-_(uint, uint) -> uint",
    ),
    "_/_": _arithmetic("_/_", "double", "int", "uint"),
    "_<=_": _comparison("_<=_"),
    "_<_": _comparison("_<_"),
    "_==_": ("_==_(A, A) -> bool",),
    "_>=_": _comparison("_>=_"),
    "_>_": _comparison("_>_"),
    "_?._": ("_?._(dyn, string) -> optional_type(V)",),
    "_?_:_": ("_?_:_(bool, A, A) -> A",),
    "_[?_]": (
        "_[?_](list(V), int) -> optional_type(V)",
        "_[?_](optional_type(list(V)), int) -> optional_type(V)",
        "_[?_](map(K, V), K) -> optional_type(V)",
        "_[?_](optional_type(map(K, V)), K) -> optional_type(V)",
    ),
    "_[_]": (
        "_[_](list(A), int) -> A",
        "_[_](map(A, B), A) -> B",
        "_[_](optional_type(list(V)), int) -> optional_type(V)",
        "_[_](optional_type(map(K, V)), K) -> optional_type(V)",
    ),
    "_||_": ("_||_(bool, bool) -> bool",),
    "cel.@mapInsert": (
        "cel.@mapInsert(map(K, V), K, V) -> map(K, V)",
        "cel.@mapInsert(map(K, V), map(K, V)) -> map(K, V)",
    ),
}

FUNCTIONS = {
    name: dict.fromkeys(signatures, OPERATORS.get(name, operators.index))
    for name, signatures in _SIGNATURES.items()
}
UNGUARDED = frozenset(FUNCTIONS)
