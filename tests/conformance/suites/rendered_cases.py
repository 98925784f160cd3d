"""Replays folders of `input.yaml`, `expected.yaml` and `error.txt`.

A case passes when the resources of every RenderedRelease are the expected ones, in order, and the
same objects are refused for the same reasons. Left out before comparing, because the reference does
it at another moment: cell namespaces of projects that have no ProjectReleaseBinding, and the
restartedAt annotation, which reaches pod templates when the release is applied.
"""

from __future__ import annotations

import traceback
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from krm_fn.findings import Collector
from krm_fn.settings import IdentitySettings, Settings
from krm_fn.spine import RenderedResource, RenderResult, render
from krm_fn.yamlio import parse
from tests.conformance.conditions import of_error_text, of_findings
from tests.conformance.difference import first_difference
from tests.conformance.outcome import Outcome
from tests.conformance.reading import read, read_all

SETTINGS = Settings(
    identity=IdentitySettings(default="zero"),
    platform="none",
    unresolved="warn",
    yaml="kubernetes",
)
_RESTARTED_AT = "openchoreo.dev/restartedAt"

Group = tuple[str, str]
"""renderedRelease, targetPlane."""


def replay(directory: Path) -> Iterator[Outcome]:
    """Replay every case below a directory, or the one case that the directory is."""
    if (directory / "input.yaml").exists():
        yield outcome(directory)
        return
    for case in sorted(path.parent for path in directory.glob("*/input.yaml")):
        yield outcome(case)


def outcome(case: Path) -> Outcome:
    """Render one case and judge it. A crash is this case's failure and nobody else's."""
    try:
        detail = judge(expectation(case), render_case(case))
    except Exception:  # noqa: BLE001 - the runner reports a bug and goes on with the next case
        detail = traceback.format_exc(limit=-3).strip()
    return Outcome(case.name, not detail, detail)


def render_case(case: Path) -> RenderResult:
    """Render the input of a case with the settings of the vectors."""
    findings = Collector()
    text = (case / "input.yaml").read_bytes()
    documents = parse(text, file=str(case / "input.yaml"), mode="kubernetes", findings=findings)
    if any(finding.code == "yaml-not-finite" for finding in findings):
        documents = []  # the reference cannot load such a file at all, and neither do our doors
    return render(documents, SETTINGS, findings=findings.sorted())


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the reference made of a case.

    `bindings` holds the ProjectReleaseBindings that stand in the input, as `Kind/namespace/name`.
    """

    resources: list[dict[str, Any]]
    errors: str
    bindings: frozenset[str]


def expectation(case: Path) -> Expectation:
    """Read the files of a case that are judged."""
    errors = case / "error.txt"
    return Expectation(
        resources=read(case / "expected.yaml") or [],
        errors=errors.read_text(encoding="utf-8") if errors.exists() else "",
        bindings=frozenset(_project_bindings(read_all(case / "input.yaml"))),
    )


def judge(wanted: Expectation, result: RenderResult) -> str:
    """Return the first difference between expectation and result, or an empty text."""
    expected = _expected(wanted.resources)
    actual = _actual(_own(wanted.bindings, result.resources, expected))
    for group in sorted({*expected, *actual}, key=str):
        found = first_difference(expected.get(group, []), actual.get(group, []))
        if found:
            return f"{group[0]}/{group[1]}: {found}"
    listed, refused = of_error_text(wanted.errors), of_findings(result.findings)
    missing, extra = sorted(listed - refused), sorted(refused - listed)
    if missing or extra:
        return f"not refused: {missing}; refused, but should not be: {extra}"
    return ""


def _expected(entries: Iterable[Mapping[str, Any]]) -> dict[Group, list[Any]]:
    groups: dict[Group, list[Any]] = {}
    for entry in entries:
        group = (entry["renderedRelease"], entry.get("targetPlane", ""))
        groups.setdefault(group, []).append(
            {"binding": entry["binding"], "id": entry["id"], "resource": entry["resource"]}
        )
    return groups


def _actual(resources: Iterable[RenderedResource]) -> dict[Group, list[Any]]:
    groups: dict[Group, list[Any]] = {}
    for resource in resources:
        groups.setdefault((resource.release_name, resource.plane), []).append(
            {
                "binding": resource.binding,
                "id": resource.id,
                "resource": _without_restarted_at(resource.object),
            }
        )
    return groups


def _own(
    declared: Container[str], resources: Iterable[RenderedResource], expected: Container[Group]
) -> Iterator[RenderedResource]:
    """Leave out what was synthesised for projects whose binding stands nowhere in the case."""
    for resource in resources:
        ours = resource.binding.startswith("ProjectReleaseBinding/")
        group = (resource.release_name, resource.plane)
        if not ours or group in expected or resource.binding in declared:
            yield resource


def _project_bindings(documents: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for document in documents:
        if document.get("kind") == "ProjectReleaseBinding":
            metadata = document.get("metadata") or {}
            namespace = metadata.get("namespace") or "default"
            yield f"ProjectReleaseBinding/{namespace}/{metadata.get('name')}"


def _without_restarted_at(resource: Mapping[str, Any]) -> Mapping[str, Any]:
    spec = resource.get("spec")
    template = spec.get("template") if isinstance(spec, dict) else None
    metadata = template.get("metadata") if isinstance(template, dict) else None
    annotations = metadata.get("annotations") if isinstance(metadata, dict) else None
    if not isinstance(annotations, dict) or _RESTARTED_AT not in annotations:
        return resource
    assert isinstance(spec, dict)
    assert isinstance(template, dict)
    assert isinstance(metadata, dict)
    kept = {key: value for key, value in annotations.items() if key != _RESTARTED_AT}
    metadata = {key: value for key, value in metadata.items() if key != "annotations"}
    if kept:
        metadata["annotations"] = kept
    return {**resource, "spec": {**spec, "template": {**template, "metadata": metadata}}}
