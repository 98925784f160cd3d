"""From the engine's values to rendered data (spec: rendering §2.6, §2.7).

Two ways: a fast one for the usual values, which raises `UnusualError` for everything that needs a
second look, and `leave_precisely`, which knows every corner and reports the quirks. Both copy what
they return, so that patching a rendered resource never reaches the context.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable, Iterable, Mapping

from krm_fn.cel import (
    CelError,
    CelMap,
    Duration,
    Optional,
    Timestamp,
    TypeValue,
    Uint,
    format_double,
)
from krm_fn.template.text import to_text
from krm_fn.template.values import (
    COMPUTED_NULL,
    MERGED_OMIT,
    OMIT,
    Encoded,
    LeakedOmit,
    Nanoseconds,
    StringList,
    Unsigned,
)

MAXIMUM_VALUES = 200_000
"""Scalars and containers that the result of one expression may have: a documented limit of ours."""

_SECONDS_TO_1970 = 62_135_596_800
_NO_PARTS = re.compile(r",\s*0\s*\)\s*\Z")

Notice = Callable[[str, str], None]


class UnusualError(Exception):
    """The fast way met something for the careful one."""


def copy_native(value: object) -> object:
    """Copy a value read from the context by a plain path. Raises UnusualError for null."""
    kind = value.__class__
    if kind is dict or kind is list:
        return _copy(value)
    if kind is float or kind is bool or kind is str or kind is int:
        return value
    raise UnusualError


def _copy(value: object) -> object:
    """Copy context data. A null in there stays null."""
    kind = value.__class__
    if kind is dict:
        return {
            key: item if item.__class__ is str else _copy(item)
            for key, item in value.items()  # type: ignore[attr-defined]
        }
    if kind is list:
        return [
            item if item.__class__ is str else _copy(item)
            for item in value  # type: ignore[attr-defined]
        ]
    return value


def leave(value: object) -> object:
    """Convert what an expression gave. Raises UnusualError for nulls, optionals, bytes and more.

    Raises CelError (`limit`) where the result has more than `MAXIMUM_VALUES` values: expressions
    share the parts of a value, so that a short one can stand for a tree of any size.
    """
    kind = value.__class__
    if kind is str or kind is float or kind is bool or kind is int:
        return value
    return _leave(value, [MAXIMUM_VALUES])


def _leave(value: object, budget: list[int]) -> object:
    kind = value.__class__
    if kind is dict:
        budget[0] -= len(value)  # type: ignore[arg-type]
        if budget[0] < 0:
            raise _too_large()
        entries: dict[str, object] = {}
        for key, item in value.items():  # type: ignore[attr-defined]
            if item.__class__ is str:
                entries[key] = item
            else:
                left = _leave(item, budget)
                if left is not OMIT:
                    entries[key] = left
        return entries
    if kind is list:
        budget[0] -= len(value)  # type: ignore[arg-type]
        if budget[0] < 0:
            raise _too_large()
        items: list[object] = []
        for item in value:  # type: ignore[attr-defined]
            if item.__class__ is str:
                items.append(item)
            else:
                left = _leave(item, budget)
                if left is not OMIT:
                    items.append(left)
        return items
    if kind is float or kind is bool or kind is int or kind is str or value is OMIT:
        return value
    raise UnusualError


def _too_large() -> CelError:
    return CelError("limit", f"the result has more than {MAXIMUM_VALUES} values")


def _measure(value: object, known: dict[int, int]) -> int:
    """Count the values of a tree whose parts may be shared; each part is looked at once."""
    if isinstance(value, Optional):
        return _measure(value.value, known)
    if isinstance(value, list):
        inside: Iterable[object] = value
    elif isinstance(value, dict):
        inside = value.values()
    elif isinstance(value, CelMap):
        inside = [item for _, item in value.items()]
    else:
        return 1
    size = known.get(id(value))
    if size is None:
        size = known[id(value)] = 1 + sum(_measure(item, known) for item in inside)
    return size


def text_of(value: object) -> str:
    """Write a value that is no text into text. Raises UnusualError where quirks are at work."""
    kind = value.__class__
    if kind is float:
        if -1_000_000 < value < 1_000_000:  # type: ignore[operator]
            return format_double(value)  # type: ignore[arg-type]
        raise UnusualError
    if kind is int:
        return str(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is dict or kind is list:
        return to_text(leave(value))
    raise UnusualError


def mark_parts(parts: object) -> StringList:
    """Mark the direct result of `split()`. Raises UnusualError where there is none."""
    if parts.__class__ is list and parts:
        return StringList(parts)
    raise UnusualError


def split_result(parts: list[object], expression: str) -> StringList | None:
    """Mark the direct result of `split()`; at most 0 parts are null instead of an empty list."""
    return None if not parts and _NO_PARTS.search(expression) else StringList(parts)


def leave_precisely(value: object, scope: Mapping[str, object], notice: Notice) -> object:
    """Convert what an expression gave, in every corner. Returns OMIT where nothing is to be left.

    Raises CelError (`limit`) as `leave` does.
    `notice(code, message)` is called for each quirk that surely surprises.
    """
    try:
        return leave(value)
    except UnusualError:
        pass
    if _measure(value, {}) > MAXIMUM_VALUES:
        raise _too_large()
    return _Leaving(scope, notice).convert(value)


class _Leaving:
    """One precise conversion."""

    def __init__(self, scope: Mapping[str, object], notice: Notice) -> None:
        self._scope = scope
        self._notice = notice
        self._native: frozenset[int] | None = None

    def convert(self, value: object) -> object:
        kind = value.__class__
        if kind in (str, float, bool, int) or value is OMIT:
            return value
        if value is None:
            self._notice(
                "template-null-becomes-zero", "a null that an expression computes becomes 0"
            )
            return COMPUTED_NULL
        if value is MERGED_OMIT:
            self._notice(
                "template-omit-in-merge",
                "`oc_omit()` as a value of `oc_merge` is not dropped but becomes `{}`",
            )
            return LeakedOmit()
        if isinstance(value, dict):
            if self._is_native(value):
                return _copy(value)
            return self._entries(value.items())
        if isinstance(value, list):
            if self._is_native(value):
                return _copy(value)
            left = [self.convert(item) for item in value]
            return [item for item in left if item is not OMIT]
        if isinstance(value, CelMap):
            # Keys may become the same text; the reference picks one at random, we the last.
            return self._entries((key_text(key), item) for key, item in value.items())
        return self._special(value)

    def _special(self, value: object) -> object:
        if isinstance(value, Optional):
            return self.convert(value.value) if value.present else None
        if isinstance(value, Uint):
            return Unsigned(value)
        if isinstance(value, bytes):
            form = f"([]uint8)[{' '.join(map(str, value))}]"
            return Encoded(b64encode(value).decode("ascii"), value, form)
        if isinstance(value, Timestamp):
            return Encoded(value.written(), None, _moment(value))
        if isinstance(value, Duration):
            return Nanoseconds(value.nanoseconds)
        if isinstance(value, TypeValue):
            return value.name
        raise TypeError(f"no rendered form for a value of type {type(value).__name__}")

    def _entries(self, items: Iterable[tuple[str, object]]) -> dict[str, object]:
        entries: dict[str, object] = {}
        for key, item in items:
            left = self.convert(item)
            if left is not OMIT:
                entries[key] = left
        return entries

    def _is_native(self, value: object) -> bool:
        """Say whether a container stands in the context itself, where nulls stay null."""
        if self._native is None:
            found: set[int] = set()
            _collect(self._scope.values(), found)
            self._native = frozenset(found)
        return id(value) in self._native


def _moment(value: Timestamp) -> str:
    """Write the debug form of Go's `time.Time`, which counts seconds from the year 1."""
    seconds, rest = divmod(value.nanoseconds, 1_000_000_000)
    since_year_1 = seconds + _SECONDS_TO_1970
    return f"(time.Time){{wall:(uint64){rest} ext:(int64){since_year_1} loc:(*time.Location)<nil>}}"


def _collect(values: Iterable[object], found: set[int]) -> None:
    for value in values:
        if isinstance(value, dict):
            found.add(id(value))
            _collect(value.values(), found)
        elif isinstance(value, list):
            found.add(id(value))
            _collect(value, found)


def key_text(key: object) -> str:
    """Write a map key of any kind as the text key it becomes: `1`, `true`, `3`."""
    if isinstance(key, str):
        return key
    if isinstance(key, bool):
        return "true" if key else "false"
    if isinstance(key, float):
        return format_double(key)
    if isinstance(key, int):
        return str(int(key))
    if key is OMIT:
        return "&{}"
    if key is None:
        return "NULL_VALUE"
    return str(key)
