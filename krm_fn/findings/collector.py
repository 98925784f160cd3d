"""Gathers findings while the rooms work."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from krm_fn.findings.codes import CODES
from krm_fn.findings.finding import Finding, ResourceReference, Severity
from krm_fn.findings.origin import Origin, Position


class Collector:
    """A bag of findings. Equal findings are kept once."""

    def __init__(self) -> None:
        self._findings: dict[Finding, None] = {}

    def __iter__(self) -> Iterator[Finding]:
        return iter(self._findings)

    def __len__(self) -> int:
        return len(self._findings)

    def append(self, finding: Finding) -> None:
        """Keep a finding that is already made."""
        self._findings.setdefault(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Keep many."""
        for finding in findings:
            self.append(finding)

    def add(
        self,
        code: str,
        message: str,
        *,
        origin: Origin | None = None,
        key: bool = False,
        hint: str = "",
        severity: Severity | None = None,
        resource: ResourceReference | None = None,
        position: Position | None = None,
        context: ResourceReference | None = None,
        related: Iterable[tuple[str, Origin | Position]] = (),
        details: Iterable[tuple[str, str]] = (),
    ) -> Finding:
        """Make and keep a finding.

        `origin` gives resource, field and position at once (with `key`, the place of the key).
        Severity and hint default to those of the code. Raises KeyError for an unknown code.
        """
        known = CODES[code]
        field = ""
        if origin is not None:
            field = origin.field
            resource = resource or origin.document.reference
            position = position or origin.position(key=key)
        places: list[tuple[str, Position]] = []
        for word, place in related:
            found = place.position() if isinstance(place, Origin) else place
            if found is not None:
                places.append((word, found))
        finding = Finding(
            code=code,
            severity=severity or known.severity,
            message=message,
            hint=hint or known.hint,
            resource=resource,
            field=field,
            position=position,
            context=context,
            related=tuple(places),
            details=tuple(details),
        )
        self.append(finding)
        return finding

    def has_errors(self) -> bool:
        """Say whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self._findings)

    def sorted(self) -> tuple[Finding, ...]:
        """Return all findings in their stable order.

        What was said about an expression in general is left out where the same expression at the
        same place failed for somebody.
        """
        failed = {_expression(found) for found in self._findings if found.context is not None}
        failed.discard(None)
        kept = [
            found
            for found in self._findings
            if found.context is not None or not failed or _expression(found) not in failed
        ]
        return tuple(sorted(kept, key=Finding.sort_key))


def _expression(finding: Finding) -> tuple[Position | None, str] | None:
    """Return place and text of the expression that a finding is about, None if it is about none."""
    if finding.details:
        for name, value in finding.details:
            if name == "expression":
                return finding.position, value.strip()
    return None
