"""A trait's spec, read once and kept: many components share it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from krm_fn.patch import PatchError, PatchPath, parse_path
from krm_fn.traits.targets import Target, read_target

_LIMIT = 1024
_DEFAULT_VARIABLE = "item"

Entry = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation of a patch.

    `path` is None where the text holds expressions, and so has to be rendered first. `value` is
    a template; `has_value` tells an absent value from null.
    """

    name: str
    path_text: str
    path: PatchPath | PatchError | None
    value: object
    has_value: bool


@dataclass(frozen=True, slots=True)
class Patch:
    """One entry of `patches`, or of `removes` (with no operations)."""

    loop: object
    variable: str
    target: Target
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class TraitPlan:
    """A trait's spec as data; `creates` are left to the template room as they are."""

    creates: tuple[Entry, ...]
    patches: tuple[Patch, ...]
    removes: tuple[Patch, ...]


_plans: dict[int, tuple[Entry, TraitPlan]] = {}


def plan_of(spec: Entry) -> TraitPlan:
    """Read a trait's spec; the same object is read only once, and must not change afterwards."""
    known = _plans.get(id(spec))
    if known is not None:
        return known[1]
    plan = TraitPlan(
        tuple(_entries(spec, "creates")),
        tuple(_patch(entry, "dataplane") for entry in _entries(spec, "patches")),
        tuple(_patch(entry, "") for entry in _entries(spec, "removes")),
    )
    if len(_plans) >= _LIMIT:
        _plans.clear()
    # The spec is kept with its plan, so that its identity is not given to another object.
    _plans[id(spec)] = (spec, plan)
    return plan


def _entries(spec: Entry, field: str) -> list[Entry]:
    entries = spec.get(field)
    if not isinstance(entries, Sequence):
        return []
    return [entry for entry in entries if isinstance(entry, Mapping)]


def _patch(entry: Entry, plane: str) -> Patch:
    return Patch(
        entry.get("forEach"),
        str(entry.get("var") or _DEFAULT_VARIABLE),
        read_target(entry, plane),
        tuple(_operation(operation) for operation in _entries(entry, "operations")),
    )


def _operation(entry: Entry) -> Operation:
    path = str(entry.get("path") or "")
    return Operation(
        str(entry.get("op") or ""),
        path,
        None if "${" in path else parse_path(path),
        entry.get("value"),
        "value" in entry,
    )
