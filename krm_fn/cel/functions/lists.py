"""Functions on lists, and `size` and `reverse`. Twin: `cel-go/ext/lists.go`."""

from __future__ import annotations

from krm_fn.cel.errors import CelError
from krm_fn.cel.operators import RECEIVERS, checked_size, overload_error
from krm_fn.cel.values.equality import hash_key
from krm_fn.cel.values.kinds import NONE, Optional, Uint, Value, type_name
from krm_fn.cel.values.mapping import CelMap
from krm_fn.cel.values.time import Duration, Timestamp

_MAXIMUM_RANGE = 1_000_000
_SIZED = frozenset((str, bytes, list, dict, CelMap))
_SORTABLE = frozenset((str, bytes, bool, int, Uint, float, Duration, Timestamp))
_COMPARABLE = (
    "int",
    "uint",
    "double",
    "bool",
    "google.protobuf.Duration",
    "google.protobuf.Timestamp",
    "string",
    "bytes",
)


def size(value: Value) -> int:
    """Return the number of code points, bytes, elements or entries."""
    if type(value) in _SIZED:
        return len(value)
    raise overload_error("" if type(value) in RECEIVERS else "size")


def reverse(value: Value) -> Value:
    """Return a list or a string (by code point) back to front."""
    return value[::-1]


def distinct(items: list[Value]) -> list[Value]:
    """Return the list without later elements that equal an earlier one."""
    seen: set[Value] = set()
    result = []
    for item in items:
        key = hash_key(item)
        if key not in seen:
            seen.add(key)
            result.append(item)
    return result


def flatten(value: Value, depth: Value = 1) -> list[Value]:
    """Return the list with the elements of its inner lists in their place, `depth` levels deep."""
    if type(value) is not list or type(depth) is not int:
        name = "map(dyn, dyn)" if type(value) in (dict, CelMap) else type_name(value)
        raise overload_error(f"{name}.flatten()")
    if depth < 0:
        raise CelError("other", "level must be non-negative")
    result = value
    for _ in range(depth):
        if not any(type(item) is list for item in result):
            break
        flat: list[Value] = []
        for item in result:
            if type(item) is list:
                flat.extend(item)
            else:
                flat.append(item)
        result = checked_size(flat)
    return list(result)


def slice_list(items: list[Value], start: int, end: int) -> list[Value]:
    """Return the elements from `start` up to `end`."""
    where = f"cannot slice({start}, {end}), "
    if start < 0 or end < 0:
        raise CelError("index_out_of_range", f"{where}negative indexes not supported")
    if start > end:
        message = f"{where}start index must be less than or equal to end index"
        raise CelError("index_out_of_range", message)
    if end > len(items):
        raise CelError("index_out_of_range", f"{where}list is length {len(items)}")
    return items[start:end]


def sort(items: Value) -> list[Value]:
    """Return the list in ascending order."""
    if type(items) is not list:
        raise overload_error("" if type(items) in RECEIVERS else "sort")
    return sort_by_keys(items, items)


def sort_by_keys(items: list[Value], keys: list[Value]) -> list[Value]:
    """Return the elements in the order of their keys; equal keys keep their order."""
    if not items:
        return items
    kind = type(keys[0])
    if kind not in _SORTABLE:
        raise CelError("not_comparable", "list elements must be comparable")
    if any(type(key) is not kind for key in keys):
        raise CelError("not_comparable", "list elements must have the same type")
    if keys is items:
        return sorted(items)
    return [items[position] for position in sorted(range(len(items)), key=keys.__getitem__)]


def list_range(count: int) -> list[int]:
    """Return the integers from 0 up to `count`."""
    if count < 0:
        raise CelError("other", f"lists.range: size must be non-negative, got {count}")
    if count > _MAXIMUM_RANGE:
        message = f"lists.range: size {count} exceeds maximum allowed ({_MAXIMUM_RANGE})"
        raise CelError("limit", message)
    return list(range(count))


def first(items: list[Value]) -> Optional:
    """Return an optional of the first element."""
    return Optional(items[0]) if items else NONE


def last(items: list[Value]) -> Optional:
    """Return an optional of the last element."""
    return Optional(items[-1]) if items else NONE


FUNCTIONS = {
    "@sortByAssociatedKeys": {
        f"list(T).@sortByAssociatedKeys(list({kind})) -> list(T)": sort_by_keys
        for kind in _COMPARABLE
    },
    "distinct": {"list(T).distinct() -> list(T)": distinct},
    "first": {"list(V).first() -> optional_type(V)": first},
    "flatten": {
        "list(list(T)).flatten() -> list(T)": flatten,
        "list(dyn).flatten(int) -> list(dyn)": flatten,
    },
    "last": {"list(V).last() -> optional_type(V)": last},
    "lists.range": {"lists.range(int) -> list(int)": list_range},
    "reverse": {
        "string.reverse() -> string": reverse,
        "list(T).reverse() -> list(T)": reverse,
    },
    "size": {
        "size(bytes) -> int": size,
        "bytes.size() -> int": size,
        "size(list(A)) -> int": size,
        "list(A).size() -> int": size,
        "size(map(A, B)) -> int": size,
        "map(A, B).size() -> int": size,
        "size(string) -> int": size,
        "string.size() -> int": size,
    },
    "slice": {"list(T).slice(int, int) -> list(T)": slice_list},
    "sort": {f"list({kind}).sort() -> list({kind})": sort for kind in _COMPARABLE},
}
UNGUARDED = frozenset(("@sortByAssociatedKeys", "flatten", "size", "sort"))
