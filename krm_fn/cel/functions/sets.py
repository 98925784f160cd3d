"""Lists used as sets, with CEL equality. Twin: `cel-go/ext/sets.go`."""

from __future__ import annotations

from krm_fn.cel.values.equality import hash_key
from krm_fn.cel.values.kinds import Value


def _keys(items: list[Value]) -> set[Value]:
    return set(map(hash_key, items))


def contains(items: list[Value], part: list[Value]) -> bool:
    """Return whether every element of `part` equals some element of `items`."""
    return _keys(part) <= _keys(items)


def equivalent(left: list[Value], right: list[Value]) -> bool:
    """Return whether each list contains the other."""
    return _keys(left) == _keys(right)


def intersects(left: list[Value], right: list[Value]) -> bool:
    """Return whether the lists share an element."""
    return not _keys(left).isdisjoint(_keys(right))


FUNCTIONS = {
    "sets.contains": {"sets.contains(list(T), list(T)) -> bool": contains},
    "sets.equivalent": {"sets.equivalent(list(T), list(T)) -> bool": equivalent},
    "sets.intersects": {"sets.intersects(list(T), list(T)) -> bool": intersects},
}
