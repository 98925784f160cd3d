"""Findings without what a reader would read twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from krm_fn.findings import Finding, ResourceReference


def grouped(findings: Iterable[Finding]) -> list[Finding]:
    """Say once what is wrong once.

    In: findings in order. Out: the same, in the same order, but a finding that arose for several
    objects (a bad expression of a type that many bindings use) stands once, with the first of
    them as its `context` and the rest as its `others`; and what was noticed before rendering does
    not stand beside the failure that it led to at the same place.
    """
    groups: dict[Finding, list[ResourceReference]] = {}
    for finding in findings:
        contexts = groups.setdefault(replace(finding, context=None), [])
        if finding.context is not None and finding.context not in contexts:
            contexts.append(finding.context)
    failed = {_place(finding, finding.code) for finding, contexts in groups.items() if contexts}
    return [
        replace(finding, context=contexts[0], others=tuple(contexts[1:])) if contexts else finding
        for finding, contexts in groups.items()
        if contexts or failed.isdisjoint(_consequences(finding))
    ]


def _place(finding: Finding, code: str) -> tuple[object, ...]:
    return (finding.resource, finding.field, finding.position, code)


def _consequences(finding: Finding) -> Iterator[tuple[object, ...]]:
    """The failures that say the same as a finding for which nothing was rendered."""
    yield _place(finding, finding.code)
    if finding.code == "expression-field-unknown":
        yield _place(finding, "template-key-missing")
    elif finding.code == "expression-type":
        yield _place(finding, "template-expression-invalid")
        yield _place(finding, "template-expression-failed")
    elif finding.code == "template-head":
        yield _place(finding, "template-field-missing")
