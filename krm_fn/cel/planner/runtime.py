"""What generated code calls. The names are those the generated source uses."""

from __future__ import annotations

from typing import NoReturn

from krm_fn.cel import operators
from krm_fn.cel.errors import CelError
from krm_fn.cel.functions.lists import sort_by_keys
from krm_fn.cel.operators import checked_size, index, no_overload, optional_index, wrap
from krm_fn.cel.planner.writer import FILE_NAME
from krm_fn.cel.values.equality import equals
from krm_fn.cel.values.kinds import Optional, Uint, Value, type_name
from krm_fn.cel.values.mapping import (
    MISSING,
    CelMap,
    make_map,
    sorted_items,
    sorted_keys,
)
from krm_fn.cel.values.text import display

LIMIT = 1_000_000
"""What one evaluation may spend in comprehensions, all loops together.

Every step of a loop costs 1. Inside loops, functions, `+`, `in` and `==` also cost a tenth of the
size of each long string, list or map they take or make.
"""

_CHEAP_SIZE = 100
_SIZE_PER_COST = 10
_SIZED = frozenset((str, bytes, list, dict, CelMap))

_ITERABLE_KINDS = {
    "null_type": "Null",
    "google.protobuf.Timestamp": "Timestamp",
    "google.protobuf.Duration": "Duration",
    "optional_type": "Optional",
}


def fault(error: CelError | RecursionError, offsets: tuple[int, ...]) -> NoReturn:
    """Give an error its place in the expression and raise it on."""
    if isinstance(error, RecursionError):
        raise CelError("limit", "evaluation nests too deeply") from None
    if error.offset < 0:
        error.offset = offset_of(error, offsets)
    raise error.with_traceback(None) from None


def offset_of(error: BaseException, offsets: tuple[int, ...]) -> int:
    """Return the place in the expression of the generated line that raised."""
    line = 0
    entry = error.__traceback__
    while entry is not None:
        if entry.tb_frame.f_code.co_filename == FILE_NAME:
            line = entry.tb_lineno
        entry = entry.tb_next
    return offsets[line - 1] if line else -1


def path(operand: Value, fields: tuple[tuple[str, int], ...]) -> Value:
    """Return `operand.a.b.c` where the plain lookup failed; names and places in `fields`."""
    for field, offset in fields:
        try:
            operand = index(operand, field)
        except CelError as error:
            error.offset = offset
            raise
    return operand


def root_path(activation: Value, fields: tuple[tuple[str, int], ...]) -> Value:
    """Return `path` from a variable, whose name is the first of the fields."""
    name, offset = fields[0]
    if name not in activation:
        unbound(name, offset)
    return path(activation[name], fields[1:])


def unbound(name: str, offset: int = -1) -> NoReturn:
    """Raise the error of a variable the activation does not have."""
    raise CelError("no_such_attribute", f"no such attribute(s): {name}", offset)


def has_path(operand: Value, field: str) -> bool:
    """Return `has(operand.field)`."""
    return optional_index(operand, field) is not MISSING


def element(value: Value) -> Value:
    """Return what an optional holds, or `MISSING`; refuse what is no optional."""
    if type(value) is not Optional:
        no_overload()
    return value.value if value.present else MISSING


def method_element(name: str, value: Value) -> Value:
    """Return `element`, with the method's name in the refusal."""
    if type(value) is not Optional:
        no_overload(name, value)
    return value.value if value.present else MISSING


def list_element(value: Value) -> Value:
    """Return `element` of a `?` element of a list."""
    if type(value) is not Optional:
        message = "cannot initialize optional list element from non-optional value"
        raise CelError("not_optional", f"{message} {display(value)}")
    return value.value if value.present else MISSING


def entry_element(key: Value, value: Value) -> Value:
    """Return `element` of a `?` entry of a map."""
    if type(value) is not Optional:
        message = f"cannot initialize optional entry '{display(key)}' from non-optional value"
        raise CelError("not_optional", f"{message} {display(value)}")
    return value.value if value.present else MISSING


def none_dereference() -> NoReturn:
    """Raise the error of `.value()` on an absent optional."""
    raise CelError("optional_none_dereference", "optional.none() dereference")


def _not_iterable(value: Value, text: str) -> NoReturn:
    name = type_name(value)
    shown = _ITERABLE_KINDS.get(name, name[:1].upper() + name[1:])
    raise CelError("not_iterable", text % f"types.{shown}")


def items(value: Value) -> list[Value]:
    """Return what a one-variable comprehension walks: elements, or keys in order."""
    kind = type(value)
    if kind is list:
        return value  # type: ignore[no-any-return]
    if kind is dict or kind is CelMap:
        return sorted_keys(value)
    _not_iterable(value, "got '%s', expected iterable type")


def pairs(value: Value) -> list[tuple[Value, Value]]:
    """Return what a two-variable comprehension walks: (index, element) or (key, value)."""
    kind = type(value)
    if kind is list:
        return list(enumerate(value))
    if kind is dict or kind is CelMap:
        return sorted_items(value)
    _not_iterable(value, "unsupported comprehension range type: %s")


def over_limit() -> NoReturn:
    """Raise the error of comprehensions that cost too much."""
    raise CelError("limit", f"comprehensions take more than {LIMIT} steps")


def spend(counter: list[int], *values: Value) -> None:
    """Take the cost of large values off the counter of an evaluation."""
    for value in values:
        if type(value) in _SIZED and len(value) > _CHEAP_SIZE:
            counter[0] -= len(value) // _SIZE_PER_COST
            if counter[0] < 0:
                over_limit()


def map_like(value: Value) -> Value:
    """Return an empty map for the keys of a comprehension over the value."""
    return {} if type(value) is dict else CelMap()


def insert(target: Value, key: Value, value: Value) -> Value:
    """Put an entry into a map being built and return the map; refuse a key it has."""
    if type(target) is dict and type(key) is not str:
        target = _general(target)
    if key in target:
        raise CelError("duplicate_key", f"insert failed: key {display(key)} already exists")
    target[key] = value
    return target


def _general(target: dict[str, Value]) -> CelMap:
    result = CelMap()
    for key, value in target.items():
        result[key] = value
    return result


def insert_all(target: Value, entries: Value) -> Value:
    """Put the entries of a map into a map being built and return that."""
    if type(entries) not in (dict, CelMap):
        no_overload("cel.@mapInsert", target, entries)
    for key, value in sorted_items(entries):
        target = insert(target, key, value)
    return target


def unknown_message(name: str) -> NoReturn:
    """Raise the error of a message that does not exist."""
    raise CelError("other", f"unknown type: {name}")


def sort_by(target: Value, keys: list[Value]) -> list[Value]:
    """Return the elements of a list in the order of their keys."""
    if type(target) is not list:
        no_overload("@sortByAssociatedKeys")
    return sort_by_keys(target, keys)


def make_map_of(*pairs_of: tuple[Value, Value]) -> Value:
    """Return the map of a literal; entries whose value is `MISSING` are left out."""
    return make_map(iter([pair for pair in pairs_of if pair[1] is not MISSING]))


FAULTS = (CelError, RecursionError)
LOOKUP = (KeyError, TypeError)

NAMES: dict[str, Value] = {
    "CelError": CelError,
    "FAULTS": FAULTS,
    "LIMIT": LIMIT,
    "LOOKUP": LOOKUP,
    "M": MISSING,
    "Optional": Optional,
    "Uint": Uint,
    "checked_size": checked_size,
    "element": element,
    "entry_element": entry_element,
    "equals": equals,
    "fault": fault,
    "has_path": has_path,
    "index": index,
    "insert": insert,
    "insert_all": insert_all,
    "items": items,
    "list_element": list_element,
    "make_map_of": make_map_of,
    "map_like": map_like,
    "method_element": method_element,
    "no_overload": no_overload,
    "none_dereference": none_dereference,
    "optional_index": optional_index,
    "over_limit": over_limit,
    "pairs": pairs,
    "path": path,
    "root_path": root_path,
    "spend": spend,
    "unbound": unbound,
    "unknown_message": unknown_message,
    "sort_by": sort_by,
    "wrap": wrap,
    "add": operators.add,
    "subtract": operators.subtract,
    "multiply": operators.multiply,
    "divide": operators.divide,
    "modulo": operators.modulo,
    "negate": operators.negate,
    "logical_not": operators.logical_not,
    "less": operators.less,
    "less_equals": operators.less_equals,
    "greater": operators.greater,
    "greater_equals": operators.greater_equals,
    "is_in": operators.is_in,
}
