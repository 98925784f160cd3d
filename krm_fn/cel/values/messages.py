"""The few messages of `google.protobuf` that stand for CEL values: durations, timestamps, wrappers.

`google.protobuf.Duration{seconds: 1}` is a duration, `google.protobuf.Int32Value{value: 5}` the
int 5. Twin: the well-known types of `cel-go/common/types/provider.go`.
"""

from __future__ import annotations

from krm_fn.cel.errors import CelError
from krm_fn.cel.values.kinds import Uint, Value, type_name
from krm_fn.cel.values.time import NANOSECONDS, make_duration, make_timestamp

_PREFIX = "google.protobuf."
_TIMES = frozenset(("Duration", "Timestamp"))
_ZEROS: dict[str, Value] = {
    "BoolValue": False,
    "BytesValue": b"",
    "DoubleValue": 0.0,
    "FloatValue": 0.0,
    "Int32Value": 0,
    "Int64Value": 0,
    "StringValue": "",
    "UInt32Value": Uint(0),
    "UInt64Value": Uint(0),
}
_RANGES = {"Int32Value": range(-(2**31), 2**31), "UInt32Value": range(2**32)}


def message_fields(name: str) -> dict[str, str] | None:
    """Return the fields of a message with their types, or None for an unknown message."""
    short = name.removeprefix(".").removeprefix(_PREFIX)
    if not name.removeprefix(".").startswith(_PREFIX):
        return None
    if short in _TIMES:
        return {"seconds": "int", "nanos": "int"}
    return {"value": type_name(_ZEROS[short])} if short in _ZEROS else None


def message_type(name: str) -> str:
    """Return the static type of a known message as text."""
    full = name.removeprefix(".")
    short = full.removeprefix(_PREFIX)
    return full if short in _TIMES else f"wrapper({type_name(_ZEROS[short])})"


def make_message(name: str, *fields: tuple[str, Value]) -> Value:
    """Return the value of a known message; fields that are not given are zero."""
    given = dict(fields)
    short = name.removeprefix(".").removeprefix(_PREFIX)
    if short in _TIMES:
        seconds, nanoseconds = (_number(given.get(field, 0)) for field in ("seconds", "nanos"))
        make = make_duration if short == "Duration" else make_timestamp
        return make(seconds * NANOSECONDS + nanoseconds)
    value: Value = given.get("value", _ZEROS[short])
    if type(value) is not type(_ZEROS[short]):
        raise CelError("conversion", f"unsupported field type for {name}.value: {type_name(value)}")
    if short in _RANGES and value not in _RANGES[short]:
        raise CelError("overflow", "integer overflow")
    return value


def _number(value: Value) -> int:
    if type(value) is not int:
        raise CelError("conversion", f"unsupported field type: {type_name(value)}")
    return value
