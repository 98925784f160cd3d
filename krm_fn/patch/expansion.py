"""From a path to the places it means in one object (spec: rendering §3.9)."""

from __future__ import annotations

from krm_fn.patch.errors import PatchError, failed
from krm_fn.patch.path import APPEND, Every, Filter, PatchPath, Step
from krm_fn.template import debug_text, type_words

Pointer = tuple[str | int, ...]
"""One place: keys and indices; `-` is the place behind a list's last element."""

STATE_LIMIT = 65536
"""How many places one path may mean at a time."""

_State = tuple[Pointer, object]


def expand(target: dict[str, object], path: PatchPath) -> list[Pointer] | PatchError:
    """List the places of `path`, in ascending order; none only after a filter or a wildcard.

    Keys may be missing (their place is what an `add` creates), list elements may not.
    """
    if path.pointer is not None:
        return _follow(target, path.pointer)
    states: list[_State] = [((), target)]
    for step in path.steps:
        following: list[_State] = []
        for pointer, value in states:
            error = _step(pointer, value, step, following)
            if error is not None:
                return error
            if len(following) > STATE_LIMIT:
                return failed(f"the path `{path.text}` means more than {STATE_LIMIT} places")
        states = following
    return [pointer for pointer, _ in states]


def no_match(target: dict[str, object], path: PatchPath) -> PatchError:
    """Explain a path with filters or wildcards that found nothing."""
    states: list[_State] = [((), target)]
    for step in path.steps:
        following: list[_State] = []
        for pointer, value in states:
            _step(pointer, value, step, following)
        if not following:
            place = write_pointer(states[0][0])
            known: tuple[str, ...] = ()
            if isinstance(step, Filter):
                known = tuple(sorted(set(_compared(states, step))))
                what = f"no element of `{place}` has `{'.'.join(step.fields)}` = `{step.text}`"
            else:
                what = f"`{place}` has no elements"
            if known:
                what += f" (there are: {', '.join(known)})"
            return PatchError(
                "trait-patch-no-match",
                f"the path `{path.text}` matches nothing: {what}",
                step.text if isinstance(step, Filter) else str(step),
                known,
            )
        states = following
    raise AssertionError(f"{path.text} matches something")


def write_pointer(pointer: Pointer) -> str:
    """Write a place as a path."""
    parts = (str(part).replace("~", "~0").replace("/", "~1") for part in pointer)
    return "".join(f"/{part}" for part in parts) or "/"


def _follow(target: dict[str, object], pointer: Pointer) -> list[Pointer] | PatchError:
    """Expand a path without choices: exactly one place."""
    value: object = target
    for position, step in enumerate(pointer):
        if isinstance(step, str):
            if step == APPEND or value is None:
                value = None
            elif value.__class__ is dict:
                value = value.get(step)
            else:
                return _no_object(pointer[:position], value, step)
        else:
            # A list that `split()` returned is another type in the reference, and refused there.
            if value.__class__ is not list:
                return _no_list(pointer[:position], value, str(step))
            if not 0 <= step < len(value):
                return _outside(pointer[:position], step, value)
            value = value[step]
    return [pointer]


def _step(
    pointer: Pointer, value: object, step: Step, following: list[_State]
) -> PatchError | None:
    """Append what `step` leads to from one state."""
    if isinstance(step, str):
        if step == APPEND or value is None:
            following.append(((*pointer, step), None))
        elif isinstance(value, dict):
            following.append(((*pointer, step), value.get(step)))
        else:
            return _no_object(pointer, value, step)
        return None
    if value.__class__ is not list:
        return _no_list(pointer, value, str(step))
    elements: list[object] = value
    if isinstance(step, int):
        if not 0 <= step < len(elements):
            return _outside(pointer, step, elements)
        following.append(((*pointer, step), elements[step]))
        return None
    for index, element in enumerate(elements):
        if isinstance(step, Every) or _matches(element, step):
            following.append(((*pointer, index), element))
    return None


_ABSENT = object()


def _field(element: object, fields: tuple[str, ...]) -> object:
    for field in fields:
        if element.__class__ is not dict or field not in element:
            return _ABSENT
        element = element[field]
    return element


def _matches(element: object, step: Filter) -> bool:
    found = _field(element, step.fields)
    if found.__class__ is str:
        return found == step.text
    if found is _ABSENT:
        return False
    return _text(found) == step.text


def _text(value: object) -> str:
    """Write a value the way filters compare it: null is empty, 1000000 is `1e+06`."""
    return "" if value is None else debug_text(value)


def _compared(states: list[_State], step: Filter) -> list[str]:
    found = []
    for _, value in states:
        for element in value if isinstance(value, list) else ():
            value_of_field = _field(element, step.fields)
            if value_of_field is not _ABSENT:
                found.append(_text(value_of_field))
    return found


def _no_object(pointer: Pointer, value: object, key: str) -> PatchError:
    place = write_pointer(pointer)
    return failed(f"`{place}` is {type_words(value)}: it has no key `{key}`", key)


def _no_list(pointer: Pointer, value: object, step: str) -> PatchError:
    place = write_pointer(pointer)
    if isinstance(value, list):
        what = "the direct result of `split()`, which cannot be patched"
    elif value is None:
        what = "missing or null"
    else:
        what = type_words(value)
    hint = ""
    if isinstance(value, dict):
        hint = "a number in a path never names a key: set the whole map, or use another key"
    return failed(f"`{place}` is {what}: `{step}` needs a list", step, hint=hint)


def _outside(pointer: Pointer, index: int, elements: list[object]) -> PatchError:
    place = write_pointer(pointer)
    size = len(elements)
    hint = "append with `-`" if index == size else ""
    return failed(f"`{place}` has {count(size)}: it has no index {index}", str(index), hint=hint)


def count(size: int) -> str:
    """Write how many elements a list has."""
    return "1 element" if size == 1 else f"{size} elements"
