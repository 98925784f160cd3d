"""Findings as the `results` of a ResourceList."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from krm_fn.findings import Finding
from krm_fn.report.grouping import grouped
from krm_fn.report.text import resource_text


def krm_results(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Turn findings into KRM results (spec: krm §1).

    `field` goes only with a `resourceRef`, as the specification demands; code, hint, line and
    column are tags, whose values are all strings.
    """
    return [_result(finding) for finding in grouped(findings)]


def _result(finding: Finding) -> dict[str, Any]:
    result: dict[str, Any] = {"message": finding.message, "severity": finding.severity.value}
    tags = {"code": finding.code}
    if finding.hint:
        tags["hint"] = finding.hint
    if finding.resource is not None:
        reference = {
            "apiVersion": finding.resource.api_version,
            "kind": finding.resource.kind,
            "namespace": finding.resource.namespace,
            "name": finding.resource.name,
        }
        result["resourceRef"] = {key: value for key, value in reference.items() if value}
        if finding.field:
            result["field"] = {"path": finding.field}
    if finding.position is not None:
        result["file"] = {"path": finding.position.file, "index": finding.position.index}
        if finding.position.line:
            tags["line"] = str(finding.position.line)
            tags["column"] = str(finding.position.column)
    if finding.context is not None:
        tags["for"] = ", ".join(map(resource_text, (finding.context, *finding.others)))
    for number, (word, place) in enumerate(finding.related, 1):
        tags[f"related-{number}"] = f"{word}: {place}"
    result["tags"] = tags
    return result
