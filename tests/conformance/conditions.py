"""Findings → the conditions that the reference's controllers would have set.

`Code.condition` holds words of the form `Condition/Reason` or `Kind:Condition/Reason`, separated by
spaces where one code stands for several. The project and resource controllers call `Synced` what
the component's binding calls `ReleaseSynced`; the first form covers both.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from krm_fn.findings import CODES, Finding, ResourceReference

Refusal = tuple[str, str, str]
"""Object (`Kind/namespace/name`), condition, reason. Pending targets stand as their own refusal."""

_CONDITIONS = {
    "Component": {"Ready"},
    "Project": {"Ready"},
    "Resource": {"Ready"},
    "ReleaseBinding": {"ReleaseSynced", "ConnectionsResolved", "ResourceDependenciesReady"},
    "ProjectReleaseBinding": {"Synced"},
    "ResourceReleaseBinding": {"Synced", "OutputsResolved"},
}
_LINE = re.compile(r"(?P<object>[A-Za-z]+/[^/]+/[^:]+): (?P<condition>\w+)=False (?P<reason>\w+)")
_PENDING = re.compile(
    r"(?P<object>[A-Za-z]+/[^/]+/[^:]+): pending (?P<what>connection|resource dependency)"
    r" (?P<target>[^:]+):"
)
PENDING_CONNECTION, PENDING_DEPENDENCY = "connection", "resource dependency"


def of_error_text(text: str) -> set[Refusal]:
    """Read `error.txt`: the judged lines; reconcile errors and continuation lines say no more."""
    found: set[Refusal] = set()
    for line in text.splitlines():
        if match := _LINE.match(line):
            found.add((match["object"], match["condition"], match["reason"]))
        elif match := _PENDING.match(line):
            found.add((match["object"], f"pending {match['what']}", match["target"]))
    return found


def of_findings(findings: Iterable[Finding]) -> set[Refusal]:
    """Map findings through the table of codes.

    A finding counts for its `context`, else for its `resource`; on an object that has no such
    condition (a ComponentType, say) it is advice of ours and counts for nothing.
    """
    return {refusal for finding in findings for refusal in _of_finding(finding)}


def _of_finding(finding: Finding) -> Iterator[Refusal]:
    for word in CODES[finding.code].condition.split():
        kind, _, rest = word.rpartition(":")
        condition, _, reason = rest.partition("/")
        for candidate in (finding.context, finding.resource):
            if candidate is None or kind not in ("", candidate.kind):
                continue
            name = _name_for(candidate.kind, condition)
            if name:
                yield (_text(candidate), name, reason)
                yield from _pending(finding, candidate)
                break


def _name_for(kind: str, condition: str) -> str:
    known = _CONDITIONS.get(kind, set())
    if condition in known:
        return condition
    if condition == "ReleaseSynced" and "Synced" in known:
        return "Synced"
    return ""


def _pending(finding: Finding, candidate: ResourceReference) -> Iterator[Refusal]:
    for key, value in finding.details:
        if key in {PENDING_CONNECTION, PENDING_DEPENDENCY}:
            yield (_text(candidate), f"pending {key}", value)


def _text(reference: ResourceReference) -> str:
    return f"{reference.kind}/{reference.namespace}/{reference.name}"
