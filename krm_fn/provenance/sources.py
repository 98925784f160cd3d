"""Which files decided about an object."""

from __future__ import annotations

from krm_fn.findings import Origin
from krm_fn.provenance.trace import Path, Record, Step


def input_path(text: str) -> Path:
    """Turn the text of an input (`parameters.replicas`) into the path of a scope's record."""
    return tuple(text.split("."))


def steps_behind(record: Record, step: Step) -> list[Step]:
    """The steps that set what an expression read: one level of inputs, through all scopes.

    A loop has a scope of its own, whose loop variable leads on to the scope around it.
    """
    found: list[Step] = []
    scope = record.scope
    while scope is not None:
        for text in step.inputs:
            found += scope.chain(input_path(text))
        scope = scope.scope
    return found


def source_files(record: Record) -> list[str]:
    """The files in which the values of a recorded object were written, sorted."""
    files: set[str] = set()
    for steps in record.chains.values():
        for step in steps:
            for known in (step, *steps_behind(record, step)):
                if isinstance(known.origin, Origin) and known.origin.document.file:
                    files.add(known.origin.document.file)
    return sorted(files)
