"""One finding."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as dataclass_field
from enum import StrEnum

from krm_fn.findings.origin import Position


class Severity(StrEnum):
    """How bad a finding is; the words of the KRM functions specification."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, order=True)
class ResourceReference:
    """The resource that a finding is about. `namespace` is empty for cluster-scoped kinds."""

    api_version: str
    kind: str
    namespace: str
    name: str

    def __str__(self) -> str:
        name = f"{self.namespace}/{self.name}" if self.namespace else self.name
        return f"{self.kind} {name}"


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence to the user: what is wrong, where, and what to do.

    `code` is a key of `codes.CODES`. `field` is a JSON path (`spec.containers[0].image`).
    `context` names the object for which the finding arose when it differs from `resource`
    (a ReleaseBinding whose ComponentType holds the bad expression); `others` names more of them,
    where a report says once what arose for several. `related` lists further places with a word
    each. `details` carries data for machines (never shown as it is).
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    resource: ResourceReference | None = None
    field: str = ""
    position: Position | None = None
    context: ResourceReference | None = None
    others: tuple[ResourceReference, ...] = ()
    related: tuple[tuple[str, Position], ...] = ()
    details: tuple[tuple[str, str], ...] = dataclass_field(default=(), compare=False)

    def sort_key(self) -> tuple[object, ...]:
        """Order: place, then resource, then code and text. Total and independent of input order."""
        position = self.position or Position("")
        resource = self.resource or ResourceReference("", "", "", "")
        context = self.context or ResourceReference("", "", "", "")
        return (position, resource, self.field, self.code, self.message, context)
