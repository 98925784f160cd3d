"""From a `TemplateError` to a finding."""

from __future__ import annotations

from krm_fn.findings import Collector, Finding, Origin, ResourceReference
from krm_fn.template.errors import TemplateError


def to_finding(
    error: TemplateError,
    origin: Origin | None,
    findings: Collector,
    *,
    what: str = "",
    context: ResourceReference | None = None,
) -> Finding:
    """Add a finding for an error (or a notice) and return it.

    `origin` is the place of the template that `error.path` lies in; `what` names that template
    at the start of the message (`resource "deployment"`); `context` is the object for which it
    was rendered, where the template belongs to another one.
    """
    details = []
    if error.expression:
        details.append(("expression", error.expression))
    if error.offset >= 0:
        details.append(("offset", str(error.offset)))
    return findings.add(
        error.code,
        f"{what}: {error.message}" if what else error.message,
        origin=origin.child(*error.path) if origin is not None else None,
        key=error.key,
        hint=error.suggestion,
        context=context,
        details=details,
    )
