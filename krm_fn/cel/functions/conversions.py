"""Type conversions. Twin: the `ConvertToType` methods of `cel-go/common/types`."""

from __future__ import annotations

import math
import re
from typing import NoReturn

from krm_fn.cel.errors import CelError
from krm_fn.cel.values.kinds import (
    INT_MAX,
    INT_MIN,
    UINT_MAX,
    TypeValue,
    Uint,
    Value,
    type_name,
    type_of,
)
from krm_fn.cel.values.text import format_double
from krm_fn.cel.values.time import (
    NANOSECONDS,
    Duration,
    Timestamp,
    make_timestamp,
    parse_duration,
    parse_timestamp,
)

_TRUE = frozenset(("1", "t", "T", "TRUE", "true", "True"))
_FALSE = frozenset(("0", "f", "F", "FALSE", "false", "False"))
_SIGNED = re.compile(r"[+-]?[0-9]+", re.ASCII)
_UNSIGNED = re.compile(r"[0-9]+", re.ASCII)
_DECIMAL = re.compile(
    r"[+-]?(?:[0-9]+(?:_[0-9]+)*\.?(?:[0-9]+(?:_[0-9]+)*)?|\.[0-9]+(?:_[0-9]+)*)"
    r"(?:[eE][+-]?[0-9]+(?:_[0-9]+)*)?",
    re.ASCII,
)
_HEXADECIMAL = re.compile(
    r"[+-]?0[xX](?:[0-9a-fA-F_]+\.?[0-9a-fA-F_]*|\.[0-9a-fA-F]+)[pP][+-]?[0-9]+"
)
_WORDS = re.compile(r"(?i:[+-]?inf(?:inity)?|nan)")
_LONGEST_INTEGER = 30


def _refuse(value: Value, wanted: str) -> NoReturn:
    raise CelError("conversion", f"type conversion error from '{type_name(value)}' to '{wanted}'")


def to_int(value: Value) -> int:
    """Convert to int: doubles truncate, timestamps give seconds, durations nanoseconds."""
    kind = type(value)
    if kind is float:
        if not math.isfinite(value) or not INT_MIN < value < INT_MAX:
            raise CelError("overflow", "integer overflow")
        return int(value)
    if kind is Uint:
        if value > INT_MAX:
            raise CelError("overflow", "integer overflow")
        return int(value)
    if kind is str:
        if len(value) <= _LONGEST_INTEGER and _SIGNED.fullmatch(value):
            number = int(value)
            if INT_MIN <= number <= INT_MAX:
                return number
        _refuse(value, "int")
    if kind is Timestamp:
        return int(value.nanoseconds // NANOSECONDS)
    if kind is Duration:
        return int(value.nanoseconds)
    return int(value)


def to_uint(value: Value) -> Uint:
    """Convert to uint: doubles truncate."""
    kind = type(value)
    if kind is float:
        if not math.isfinite(value) or value < 0 or value >= UINT_MAX:
            raise CelError("overflow", "unsigned integer overflow")
        return Uint(value)
    if kind is int:
        if value < 0:
            raise CelError("overflow", "unsigned integer overflow")
        return Uint(value)
    if kind is str:
        if len(value) <= _LONGEST_INTEGER and _UNSIGNED.fullmatch(value):
            number = int(value)
            if number <= UINT_MAX:
                return Uint(number)
        _refuse(value, "uint")
    return Uint(value)


def to_double(value: Value) -> float:
    """Convert to double; strings as Go's `strconv.ParseFloat` reads them."""
    if type(value) is not str:
        return float(value)
    if _WORDS.fullmatch(value):
        return float(value)
    if _DECIMAL.fullmatch(value):
        number = float(value.replace("_", ""))
        if math.isfinite(number):
            return number
    elif _HEXADECIMAL.fullmatch(value):
        return float.fromhex(value.replace("_", ""))
    _refuse(value, "double")


def to_bool(value: Value) -> bool:
    """Convert to bool; strings as Go's `strconv.ParseBool` reads them."""
    if type(value) is bool:
        return value
    if value in _TRUE:
        return True
    if value in _FALSE:
        return False
    _refuse(value, "bool")


def to_bytes(value: Value) -> bytes:
    """Convert to bytes: the UTF-8 form of a string."""
    return value if type(value) is bytes else value.encode("utf-8", "surrogatepass")


def to_string(value: Value) -> str:
    """Convert to string."""
    kind = type(value)
    if kind is str:
        return str(value)
    if kind is float:
        return format_double(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is bytes:
        try:
            return str(value.decode("utf-8"))
        except UnicodeDecodeError:
            message = "invalid UTF-8 in bytes, cannot convert to string"
            raise CelError("conversion", message) from None
    return str(int(value)) if kind is Uint else str(value)


def to_timestamp(value: Value) -> Timestamp:
    """Convert to timestamp: seconds since 1970 or an RFC 3339 text."""
    kind = type(value)
    if kind is int:
        return make_timestamp(value * NANOSECONDS)
    if kind is str:
        return parse_timestamp(value)
    return value  # type: ignore[no-any-return]


def to_duration(value: Value) -> Duration:
    """Convert to duration: a text such as `1h30m`."""
    return parse_duration(value) if type(value) is str else value


def to_dyn(value: Value) -> Value:
    """Return the value; the checker forgets its type."""
    return value


def to_type(value: Value) -> TypeValue:
    """Return the type of the value."""
    return type_of(value)


_DURATION = "google.protobuf.Duration"
_TIMESTAMP = "google.protobuf.Timestamp"

FUNCTIONS = {
    "bool": {"bool(bool) -> bool": to_bool, "bool(string) -> bool": to_bool},
    "bytes": {"bytes(bytes) -> bytes": to_bytes, "bytes(string) -> bytes": to_bytes},
    "double": {
        f"double({kind}) -> double": to_double for kind in ("double", "int", "string", "uint")
    },
    "duration": {
        f"duration({_DURATION}) -> {_DURATION}": to_duration,
        f"duration(string) -> {_DURATION}": to_duration,
    },
    "dyn": {"dyn(A) -> dyn": to_dyn},
    "int": {
        f"int({kind}) -> int": to_int
        for kind in ("int", "double", _DURATION, "string", _TIMESTAMP, "uint")
    },
    "string": {
        f"string({kind}) -> string": to_string
        for kind in ("string", "bool", "bytes", "double", _DURATION, "int", _TIMESTAMP, "uint")
    },
    "timestamp": {
        f"timestamp({kind}) -> {_TIMESTAMP}": to_timestamp for kind in (_TIMESTAMP, "int", "string")
    },
    "type": {"type(A) -> type(A)": to_type},
    "uint": {f"uint({kind}) -> uint": to_uint for kind in ("uint", "double", "int", "string")},
}
