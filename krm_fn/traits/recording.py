"""Provenance of patches: the steps of a value go where its operation wrote it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from krm_fn.patch import Change, Pointer
from krm_fn.provenance import Record, Step


def record_changes(
    record: Record, changes: Iterable[Change], written: Record | None, note: str
) -> None:
    """Bring `record`, the provenance of a resource, up to date with changes made to it.

    `written` holds the steps of the operation's value, by path inside the value; None where the
    operation has none. `note` names the trait.
    """
    for change in changes:
        if change.kind == "remove":
            record.remove(change.path)
            if isinstance(change.path[-1], int):
                _shift(record, change.path[:-1], change.path[-1], -1)
            continue
        if change.kind == "insert":
            index = change.path[-1]
            assert isinstance(index, int)
            _shift(record, change.path[:-1], index, 1)
        steps = _leaves(written, change.part) if written is not None else {}
        _write(record, change.path, steps, note)


def _leaves(written: Record, part: Pointer) -> dict[Pointer, Step]:
    size = len(part)
    return {path[size:]: chain[-1] for path, chain in written.chains.items() if path[:size] == part}


def _write(record: Record, place: Pointer, steps: dict[Pointer, Step], note: str) -> None:
    """Append steps below `place`; forget what is no longer there and what stood for parents."""
    leaves = {place + path for path in steps}
    size = len(place)
    for known in list(record.chains):
        is_parent = known == place[: len(known)] and 0 < len(known) < size
        if is_parent or (known[:size] == place and known not in leaves):
            del record.chains[known]
    for path, step in steps.items():
        record.write(place + path, replace(step, note=note))


def _shift(record: Record, place: Pointer, index: int, by: int) -> None:
    """Move the chains of a list's elements from `index` on."""
    size = len(place)
    chains = {}
    for path, chain in record.chains.items():
        step = path[size] if len(path) > size and path[:size] == place else None
        if isinstance(step, int) and step >= index:
            chains[(*path[:size], step + by, *path[size + 1 :])] = chain
        else:
            chains[path] = chain
    record.chains.clear()
    record.chains.update(chains)
