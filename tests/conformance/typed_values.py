"""The typed JSON of the CEL vectors: reading it, and comparing results with it."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping
from typing import Any

from krm_fn.cel import CelMap, Duration, Optional, TypeValue, Uint, make_map
from krm_fn.cel.values.time import NANOSECONDS, parse_timestamp

_SECONDS = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?s")


class InvalidText:
    """A string the reference holds as invalid UTF-8; ours may replace or escape the bad bytes."""

    def __init__(self, text: str, raw: bytes) -> None:
        self.text = text
        self.raw = raw

    def matches(self, actual: object) -> bool:
        """Return whether a string is one of the two forms."""
        return isinstance(actual, str) and (
            actual == self.text or actual.encode("utf-8", "surrogateescape") == self.raw
        )


def read(value: Mapping[str, Any]) -> Any:
    """Return the CEL value of typed JSON such as `{"int": "1"}`."""
    ((kind, content),) = ((k, v) for k, v in value.items() if k != "invalid_utf8_hex")
    if kind == "string" and "invalid_utf8_hex" in value:
        return InvalidText(content, bytes.fromhex(value["invalid_utf8_hex"]))
    return _READERS[kind](content)


def _duration(text: str) -> Duration:
    match = _SECONDS.fullmatch(text)
    assert match is not None, text
    nanoseconds = int(match[2]) * NANOSECONDS + int((match[3] or "0").ljust(9, "0"))
    return Duration(-nanoseconds if match[1] else nanoseconds)


_READERS: dict[str, Callable[[Any], Any]] = {
    "null": lambda content: None,
    "bool": bool,
    "int": int,
    "uint": lambda content: Uint(int(content)),
    "double": float,
    "string": str,
    "bytes": base64.b64decode,
    "list": lambda content: [read(item) for item in content],
    "map": lambda content: make_map((read(key), read(each)) for key, each in content),
    "type": TypeValue,
    "duration": _duration,
    "timestamp": parse_timestamp,
    "optional": lambda content: Optional.none() if content is None else Optional(read(content)),
    "oc_omit": lambda content: "oc_omit",
}


def same(expected: Any, actual: Any, *, unordered: bool = False) -> bool:
    """Compare strictly: kinds count, NaN equals NaN, -0 equals 0."""
    if expected == "oc_omit":
        return type(actual).__name__.lower().startswith(("omit", "_omit"))
    if isinstance(expected, InvalidText):
        return expected.matches(actual)
    kind = type(expected)
    if kind in (dict, CelMap) and type(actual) in (dict, CelMap):
        wanted = {_slot(key): each for key, each in expected.items()}
        found = {_slot(key): each for key, each in actual.items()}
        return wanted.keys() == found.keys() and all(
            same(each, found[key], unordered=unordered) for key, each in wanted.items()
        )
    if kind is not type(actual):
        return False
    if kind is list:
        if len(expected) != len(actual):
            return False
        if unordered:
            return sorted(map(repr, expected)) == sorted(map(repr, actual))
        return all(
            same(one, other, unordered=unordered)
            for one, other in zip(expected, actual, strict=True)
        )
    if kind is float:
        return bool(expected == actual or (expected != expected and actual != actual))
    if kind is Optional:
        if expected.present is not actual.present:
            return False
        return not expected.present or same(expected.value, actual.value, unordered=unordered)
    if kind is TypeValue:
        return bool(expected.name == actual.name)
    return bool(expected == actual)


def _slot(key: Any) -> tuple[str, str]:
    if type(key).__name__.lower().lstrip("_").startswith("omit"):
        key = "oc_omit"
    return (type(key).__name__, repr(key))
