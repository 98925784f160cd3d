"""Lists of rules inside a spec."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Entry = Mapping[str, object]


def entries_of(spec: Entry, field: str) -> Sequence[Entry]:
    """Return the entries of a list; none where it is absent."""
    entries = spec.get(field)
    if not entries or not isinstance(entries, Sequence):
        return ()
    return [entry for entry in entries if isinstance(entry, Mapping)]
