"""Findings as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from krm_fn.findings import Finding, Position, ResourceReference
from krm_fn.report.grouping import grouped


def json_report(findings: Iterable[Finding]) -> dict[str, Any]:
    """Turn findings into JSON data.

    Out: `{"findings": [...], "summary": {"error": 1, "warning": 0, "info": 2}}`; a finding has
    `code`, `severity`, `message` and, where known, `hint`, `resource`, `field`, `position`,
    `context`, `others`, `related` and `details`.
    """
    listed = grouped(findings)
    summary = {"error": 0, "warning": 0, "info": 0}
    for finding in listed:
        summary[finding.severity.value] += 1
    return {"findings": [_finding(finding) for finding in listed], "summary": summary}


def _finding(finding: Finding) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
        "resource": finding.resource and _resource(finding.resource),
        "field": finding.field,
        "position": finding.position and _position(finding.position),
        "context": finding.context and _resource(finding.context),
        "others": [_resource(other) for other in finding.others],
        "related": [
            {"message": word, "position": _position(place)} for word, place in finding.related
        ],
        "details": dict(finding.details),
    }
    return {key: value for key, value in entry.items() if value}


def _resource(resource: ResourceReference) -> dict[str, str]:
    entry = {
        "apiVersion": resource.api_version,
        "kind": resource.kind,
        "namespace": resource.namespace,
        "name": resource.name,
    }
    return {key: value for key, value in entry.items() if value}


def _position(position: Position) -> dict[str, str | int]:
    entry: dict[str, str | int] = {"file": position.file, "index": position.index}
    if position.line:
        entry |= {"line": position.line, "column": position.column}
    return entry
