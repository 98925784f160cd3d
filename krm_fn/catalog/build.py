"""Documents → catalog: admission, duplicates, what is not ours."""

from __future__ import annotations

from collections.abc import Iterable

from krm_fn.admission import review
from krm_fn.catalog.catalog import Catalog, CatalogResource, Fallback
from krm_fn.catalog.kinds import CLUSTER_SCOPED_KINDS, KINDS, OUTPUT_KINDS, is_open_choreo
from krm_fn.findings import Collector, Origin, Severity, did_you_mean
from krm_fn.identity import labels
from krm_fn.models import admit
from krm_fn.yamlio import Document

_DEFAULT_NAMESPACE = "default"


def build(
    documents: Iterable[Document], findings: Collector, fallback: Fallback | None = None
) -> Catalog:
    """Admit every OpenChoreo document and index it; the others are kept as `foreign`.

    What a control plane would have refused becomes an error finding, and the object is taken all
    the same: one bad component never hides the findings of the others. Of two documents with one
    identity the last one is used, and both places are reported. `fallback` lends what is missing.
    """
    found: dict[tuple[str, str, str], CatalogResource] = {}
    foreign: list[Document] = []
    for document in documents:
        if not is_open_choreo(document.data):
            foreign.append(document)
            continue
        resource = _admit(document, findings)
        if resource is None:
            continue
        key = (resource.kind, resource.namespace, resource.name)
        earlier = found.pop(key, None)
        if earlier is not None:
            findings.add(
                "resource-duplicate",
                f"{resource.kind} {resource.name} is declared twice",
                origin=resource.origin("metadata", "name"),
                related=[("first declared here", earlier.origin("metadata", "name"))],
            )
        found[key] = resource
    return Catalog(found.values(), foreign, fallback)


def _admit(document: Document, findings: Collector) -> CatalogResource | None:
    kind = document.kind
    if kind not in KINDS or kind in OUTPUT_KINDS:
        findings.add(
            "kind-unknown",
            f"{labels.GROUP} has no kind {kind}" if kind else "the object has no kind",
            origin=Origin(document, ("kind",)),
            hint=did_you_mean(kind, KINDS),
        )
        return None
    if document.api_version != labels.API_VERSION:
        findings.add(
            "api-version-unknown",
            f"{kind} has apiVersion {document.api_version}; this version of OpenChoreo has"
            f" {labels.API_VERSION}",
            origin=Origin(document, ("apiVersion",)),
        )
    if not document.name:
        findings.add(
            "name-missing",
            f"this {kind} has no metadata.name",
            origin=Origin(document, ("metadata",)),
        )
        return None
    data, violations = admit(document.data, kind)
    for violation in [*violations, *review(data, kind)]:
        findings.add(
            violation.code,
            violation.message,
            origin=Origin(document, tuple(violation.path)),
            hint=violation.hint,
            severity=Severity(violation.severity) if violation.severity else None,
            details=violation.details,
        )
    namespace = "" if kind in CLUSTER_SCOPED_KINDS else document.namespace or _DEFAULT_NAMESPACE
    return CatalogResource(kind, namespace, document.name, data, document)
