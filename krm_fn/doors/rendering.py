"""Calling the spine: what every door does with its documents and settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from krm_fn.findings import Collector, Severity, did_you_mean
from krm_fn.identity import LABEL_LIMIT, NAME_LIMIT

if TYPE_CHECKING:
    from krm_fn.assemble import RenderedResource
    from krm_fn.settings import Settings
    from krm_fn.yamlio import Document

_MAPS: Final = ("labels", "annotations")


def render_selected(
    documents: Sequence[Document],
    settings: Settings,
    findings: Collector,
    *,
    keeps_duplicates: bool,
) -> Sequence[RenderedResource]:
    """Render what the settings select; everything that is wrong becomes a finding.

    A door whose host does not keep two objects of one identity reports them itself (see
    `duplicates`) and has `keeps_duplicates` False. Out: resources in output order.
    """
    from krm_fn.spine import render

    result = render(documents, settings)
    findings.extend(
        finding
        for finding in result.findings
        if keeps_duplicates or finding.code != "object-duplicate"
    )
    planes = settings.select.planes
    rendered = [made for made in result.resources if not planes or made.plane in planes]
    if settings.output.flux_substitution != "none":
        from krm_fn.delivery import protect

        rendered = protect(rendered, settings.output.flux_substitution, findings)
    for resource in rendered:
        _check(resource, findings)
    if not rendered and not settings.allow_empty and not findings.has_errors():
        _report_empty(documents, settings, findings)
    return rendered


def _report_empty(documents: Sequence[Document], settings: Settings, findings: Collector) -> None:
    """Report that nothing came out, and the selected names that nothing has."""
    guesses = []
    for kind, selected in (
        ("Environment", settings.select.environments),
        ("Project", settings.select.projects),
        ("Component", settings.select.components),
    ):
        known = {document.name for document in documents if document.kind == kind}
        for name in selected:
            guess = "" if name in known else did_you_mean(name, known)
            if guess:
                guesses.append(f'there is no {kind} "{name}"; {guess}')
    findings.add(
        "render-empty",
        f"no resource was rendered from {len(documents)} OpenChoreo documents",
        hint="; ".join(guesses),
    )


def is_failed(findings: Collector, settings: Settings) -> bool:
    """Say whether the findings forbid an output."""
    return findings.has_errors() or (
        settings.strict and any(finding.severity is Severity.WARNING for finding in findings)
    )


def _check(resource: RenderedResource, findings: Collector) -> None:
    """Report what no host and no cluster takes: a missing name, a label that is a number."""
    made = resource.object
    metadata = made.get("metadata")
    names: Mapping[str, Any] = metadata if isinstance(metadata, dict) else {}
    problems = [
        f"{field} is missing"
        for field, value in (
            ("apiVersion", made.get("apiVersion")),
            ("kind", made.get("kind")),
            ("metadata.name", names.get("name")),
        )
        if not isinstance(value, str) or not value
    ]
    if len(str(names.get("name", ""))) > NAME_LIMIT:
        problems.append(f"metadata.name is longer than {NAME_LIMIT} characters")
    for field in _MAPS:
        found = names.get(field)
        if found is None:
            continue
        if not isinstance(found, dict):
            problems.append(f"metadata.{field} is no mapping")
            continue
        problems += [
            f"metadata.{field}: the value of {key} is {value!r}, no string"
            for key, value in found.items()
            if not isinstance(value, str)
        ]
        if field == "labels":
            problems += [
                f"metadata.labels: the value of {key} is longer than {LABEL_LIMIT} characters"
                for key, value in found.items()
                if isinstance(value, str) and len(value) > LABEL_LIMIT
            ]
    for problem in problems:
        findings.add(
            "object-invalid",
            f"{made.get('kind')} {names.get('name')}, rendered by {resource.binding} as"
            f' "{resource.id}": {problem}',
            origin=resource.sources[0] if resource.sources else None,
        )
