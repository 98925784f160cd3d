"""Findings as text."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from krm_fn.findings import Finding, ResourceReference, Severity
from krm_fn.report.grouping import grouped

_COLOURS: Final = {
    Severity.ERROR: "\x1b[1;31m",
    Severity.WARNING: "\x1b[1;33m",
    Severity.INFO: "\x1b[1;36m",
}
_PLAIN: Final = "\x1b[0m"


def text_report(findings: Iterable[Finding], *, colour: bool = False) -> str:
    """Write findings for a person: a line each, its related places and its hint below it.

    In: findings in the order wanted. Out: text that ends with a newline, or nothing.
    """
    lines: list[str] = []
    for finding in grouped(findings):
        lines.append(_headline(finding, colour=colour))
        lines += [f"  {word}: {place}" for word, place in finding.related]
        if finding.hint:
            lines.append(f"  hint: {_flat(finding.hint)}")
    return "".join(f"{line}\n" for line in lines)


def one_line(finding: Finding) -> str:
    """Write a finding as exactly one line, for hosts that show standard error as it comes.

    Form: `error: code: group/Kind namespace/name field: message (file:line:column)`, empty parts
    left out (spec: krm §8).
    """
    line = _headline(finding, colour=False)
    for word, place in finding.related:
        line += f"; {word}: {place}"
    return f"{line}; hint: {_flat(finding.hint)}" if finding.hint else line


def resource_text(resource: ResourceReference) -> str:
    """Name a resource: `openchoreo.dev/Component shop/cart`, `ConfigMap x` in the core group."""
    group, slash, _ = resource.api_version.rpartition("/")
    kind = f"{group}/{resource.kind}" if slash else resource.kind
    name = f"{resource.namespace}/{resource.name}" if resource.namespace else resource.name
    return f"{kind} {name}".strip()


def _headline(finding: Finding, *, colour: bool) -> str:
    severity: str = finding.severity.value
    if colour:
        severity = f"{_COLOURS[finding.severity]}{severity}{_PLAIN}"
    where = [resource_text(finding.resource)] if finding.resource else []
    if finding.field:
        where.append(finding.field)
    parts = [severity, finding.code, *([" ".join(where)] if where else []), _flat(finding.message)]
    line = ": ".join(parts)
    if finding.context is not None and finding.context != finding.resource:
        line += f", for {resource_text(finding.context)}"
        if finding.others:
            line += f" and {len(finding.others)} more"
    return f"{line} ({finding.position})" if finding.position else line


def _flat(text: str) -> str:
    return " ".join(text.split())
