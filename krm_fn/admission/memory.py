"""Verdicts by content: thousands of releases hold the same type."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable

from krm_fn.admission.shapes import Node
from krm_fn.schema import Violation

_LIMIT = 2048

Rules = Callable[[Node], Iterable[Violation]]


def once_per_content(rules: Rules) -> Rules:
    """Return rules that look at a spec only if they have not seen an equal one."""
    known: dict[bytes, tuple[Violation, ...]] = {}

    def remembered(spec: Node) -> tuple[Violation, ...]:
        try:
            content = marshal.dumps(spec, 2)
        except ValueError:  # a value that JSON does not know; the schema has reported it
            return tuple(rules(spec))
        found = known.get(content)
        if found is None:
            if len(known) >= _LIMIT:
                known.clear()
            found = known[content] = tuple(rules(spec))
        return found

    remembered.__doc__ = rules.__doc__
    return remembered
