"""Maps whose keys are not all strings, and lookups that serve both map classes.

Twin: `refValMap` in `cel-go/common/types/map.go`: an int key finds a uint entry and the other way
round, a whole double finds both, an int does not find a double entry.
"""

from __future__ import annotations

from collections.abc import Iterator

from krm_fn.cel.values.kinds import INT_MIN, MAP, UINT_MAX, Uint, Value, register_type

MISSING = object()

_RANKS: dict[type, int] = {
    type(None): 0,
    bool: 1,
    int: 2,
    Uint: 2,
    float: 2,
    str: 3,
    bytes: 4,
}


def _slot(key: Value) -> Value:
    kind = type(key)
    if kind in (list, dict, CelMap):
        return (kind, id(key))
    return (kind, key)


def _sort_key(key: Value) -> tuple[int, Value]:
    rank = _RANKS.get(type(key))
    return (5, repr(key)) if rank is None else (rank, 0 if key is None else key)


class CelMap:
    """A map with keys of any kind; filled while it is built, then left alone."""

    __slots__ = ("_entries",)

    def __init__(self) -> None:
        self._entries: dict[Value, tuple[Value, Value]] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def __setitem__(self, key: Value, value: Value) -> None:
        self._entries[_slot(key)] = (key, value)

    def __contains__(self, key: Value) -> bool:
        return self.find(key) is not MISSING

    def __repr__(self) -> str:
        return f"CelMap({self.items()!r})"

    def find(self, key: Value) -> Value:
        """Return the value of a key (numbers match across kinds) or `MISSING`."""
        entries = self._entries
        found = entries.get(_slot(key))
        if found is not None:
            return found[1]
        kind = type(key)
        if kind is float:
            if key == key and INT_MIN <= key <= UINT_MAX and key == int(key):
                found = entries.get((int, int(key))) or entries.get((Uint, int(key)))
        elif kind is int:
            found = entries.get((Uint, key))
        elif kind is Uint:
            found = entries.get((int, key))
        return MISSING if found is None else found[1]

    def items(self) -> list[tuple[Value, Value]]:
        """Return the entries in key order: null, bool, numbers, strings, bytes, the rest."""
        return sorted(self._entries.values(), key=lambda entry: _sort_key(entry[0]))

    def first(self) -> tuple[Value, Value]:
        """Return the entry put in first."""
        return next(iter(self._entries.values()))


register_type(CelMap, MAP)


def make_map(entries: Iterator[tuple[Value, Value]]) -> dict[str, Value] | CelMap:
    """Build a map of key/value pairs; of equal keys of one kind the last wins."""
    pairs = list(entries)
    if all(type(key) is str for key, _ in pairs):
        return dict(pairs)
    result = CelMap()
    for key, value in pairs:
        result[key] = value
    return result


def map_find(subject: Value, key: Value) -> Value:
    """Return the value of a key in either map class, or `MISSING`."""
    if type(subject) is dict:
        return subject.get(key, MISSING) if type(key) is str else MISSING
    return subject.find(key)


def sorted_items(subject: Value) -> list[tuple[Value, Value]]:
    """Return the entries of either map class in key order."""
    return sorted(subject.items(), key=_first) if type(subject) is dict else subject.items()


def sorted_keys(subject: Value) -> list[Value]:
    """Return the keys of either map class in order."""
    return sorted(subject) if type(subject) is dict else [key for key, _ in subject.items()]


def _first(entry: tuple[str, Value]) -> str:
    return entry[0]
