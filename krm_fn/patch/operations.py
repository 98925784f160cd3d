"""`add`, `replace`, `remove` and `mergeShallow` (spec: rendering §3.9)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from krm_fn.patch.errors import PatchError, failed
from krm_fn.patch.expansion import Pointer, count, expand, no_match, write_pointer
from krm_fn.patch.path import APPEND, PatchPath
from krm_fn.template import type_words

OPERATIONS = ("add", "replace", "remove", "mergeShallow")

_NAMES = {name.lower(): name for name in OPERATIONS}


@dataclass(frozen=True, slots=True)
class Change:
    """One change that was made. `path` holds real indices, never `-`.

    `set` wrote over what was there; `insert` put an element before the one of that index; `remove`
    took the key or the element away. `part` is the path of what was written inside the value of
    the operation; mergeShallow writes entry by entry.
    """

    kind: Literal["set", "insert", "remove"]
    path: Pointer
    part: Pointer = ()


def apply_operation(
    target: dict[str, object],
    operation: str,
    path: PatchPath,
    value: object = None,
    changes: list[Change] | None = None,
) -> PatchError | None:
    """Apply one operation to `target`, in place; append what was done to `changes`.

    `operation` is a name of `OPERATIONS` in any case. The places of the path are found once, before
    the first change; as in the reference, removing or inserting several elements of one list
    therefore meets shifted indices. After an error `target` may be half changed.
    """
    name = _NAMES.get(operation.lower())
    if name is None:
        return failed(f"`{operation}` is no operation; there are {', '.join(OPERATIONS)}")
    if name == "mergeShallow" and value.__class__ is not dict:
        return failed(f"the value of mergeShallow must be a map, but is {type_words(value)}")
    pointers = expand(target, path)
    if isinstance(pointers, PatchError):
        return pointers
    if not pointers:
        return None if name == "mergeShallow" else no_match(target, path)
    for pointer in pointers:
        if not pointer:
            return failed(
                f"{name} cannot be applied to the whole resource", hint="give the operation a path"
            )
        error = _apply(target, name, pointer, value, changes)
        if error is not None:
            return error
    return None


def _apply(
    target: dict[str, object],
    name: str,
    pointer: Pointer,
    value: object,
    changes: list[Change] | None,
) -> PatchError | None:
    parent = _parent(target, pointer, create=name == "add")
    if isinstance(parent, PatchError):
        return parent
    last = pointer[-1]
    if parent.__class__ is dict:
        if last.__class__ is str and (last != APPEND or len(pointer) == 1):
            return _apply_to_map(parent, name, pointer, value, changes)
        return failed(f"`{write_pointer(pointer[:-1])}` is a map: `{last}` needs a list", str(last))
    if parent.__class__ is list:
        return _apply_to_list(parent, name, pointer, value, changes)
    return failed(
        f"`{write_pointer(pointer[:-1])}` is {_words(parent)}: `{last}` cannot be set in it",
        str(last),
    )


def _parent(target: dict[str, object], pointer: Pointer, *, create: bool) -> object:
    """Go to the container that holds the last step; `create` makes missing ones on the way."""
    current: object = target
    for position in range(len(pointer) - 1):
        step = pointer[position]
        if current.__class__ is dict and step.__class__ is str:
            child = current.get(step)
            if child is None:
                if create and pointer[position + 1].__class__ is str:
                    child = [] if pointer[position + 1] == APPEND else {}
                    current[step] = child
                elif step not in current:
                    return _missing(current, pointer, position)
        elif current.__class__ is list and step.__class__ is int:
            if not 0 <= step < len(current):
                return _shifted(pointer, position, len(current))
            child = current[step]
            if child.__class__ is list:
                return failed(
                    f"`{write_pointer(pointer[: position + 1])}` is a list inside a list, "
                    "which cannot be patched",
                    str(step),
                )
        else:
            return failed(
                f"`{write_pointer(pointer[:position])}` is {_words(current)}: "
                f"`{step}` leads nowhere",
                str(step),
            )
        current = child
    return current


def _apply_to_map(
    parent: dict[str, object],
    name: str,
    pointer: Pointer,
    value: object,
    changes: list[Change] | None,
) -> PatchError | None:
    key = str(pointer[-1])
    if name == "remove":
        if key not in parent:
            return None
        del parent[key]
    elif name == "mergeShallow":
        _merge(parent, key, pointer, value, changes)
        return None
    elif name == "replace" and key not in parent:
        return _missing(parent, pointer, len(pointer) - 1)
    else:
        parent[key] = _copy(value)
    if changes is not None:
        changes.append(Change("remove" if name == "remove" else "set", pointer))
    return None


def _apply_to_list(
    parent: list[object],
    name: str,
    pointer: Pointer,
    value: object,
    changes: list[Change] | None,
) -> PatchError | None:
    index = pointer[-1]
    size = len(parent)
    if index == APPEND:
        if name != "add":
            return failed(f"{name} needs an element: `-` stands behind the last one", APPEND)
        parent.append(_copy(value))
        if changes is not None:
            changes.append(Change("insert", (*pointer[:-1], size)))
        return None
    assert isinstance(index, int), "a key leads nowhere in a list: found while expanding"
    # An insertion may follow others of the same operation, and so reach the end of the list.
    if not 0 <= index < size + (name == "add"):
        return _shifted(pointer, len(pointer) - 1, size)
    kind: Literal["set", "insert", "remove"] = "set"
    if name == "add":
        kind = "insert"
        parent.insert(index, _copy(value))
    elif name == "remove":
        kind = "remove"
        del parent[index]
    elif name == "mergeShallow":
        _merge(parent, index, pointer, value, changes)
        return None
    else:
        parent[index] = _copy(value)
    if changes is not None:
        changes.append(Change(kind, pointer))
    return None


def _merge(
    parent: dict[str, object] | list[object],
    key: str | int,
    pointer: Pointer,
    value: object,
    changes: list[Change] | None,
) -> None:
    """Lay the top-level entries of a map over the one at `key`, or set it there."""
    assert isinstance(value, dict)
    container: dict[str | int, object] = parent  # type: ignore[assignment]
    old = container[key] if isinstance(parent, list) else parent.get(str(key))
    if not isinstance(old, dict):
        container[key] = _copy(value)
        if changes is not None:
            changes.append(Change("set", pointer))
        return
    for name, item in value.items():
        old[name] = _copy(item)
        if changes is not None:
            changes.append(Change("set", (*pointer, name), (name,)))


def _copy(value: object) -> object:
    kind = value.__class__
    if kind is dict:
        return {
            key: item if item.__class__ is str else _copy(item)
            for key, item in value.items()  # type: ignore[attr-defined]
        }
    if isinstance(value, list):
        return value.__class__(map(_copy, value))
    return value


def _words(value: object) -> str:
    if isinstance(value, list) and value.__class__ is not list:
        return "the direct result of `split()`, which cannot be patched"
    return type_words(value)


def _missing(parent: object, pointer: Pointer, position: int) -> PatchError:
    key = str(pointer[position])
    place = write_pointer(pointer[:position])
    known = tuple(sorted(parent)) if isinstance(parent, dict) else ()
    return failed(f"`{place}` has no key `{key}`", key, known)


def _shifted(pointer: Pointer, position: int, size: int) -> PatchError:
    place = write_pointer(pointer[:position])
    return failed(
        f"`{place}` has {count(size)} left: it has no index {pointer[position]} any more",
        str(pointer[position]),
        hint="remove one element per operation: the places of a path are found before the first "
        "of them changes the list",
    )
