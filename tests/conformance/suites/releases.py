"""Suite `releases`: the spec of every release that the controllers cut, names aside."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from krm_fn import catalog
from krm_fn.findings import Collector
from krm_fn.lifecycle import cut_releases
from krm_fn.yamlio import parse
from tests.conformance.conditions import of_error_text, of_findings
from tests.conformance.difference import first_difference
from tests.conformance.outcome import Outcome
from tests.conformance.reading import read
from tests.conformance.suites.rendered_cases import SETTINGS


def replay(directory: Path) -> Iterator[Outcome]:
    """Replay every case below a directory, or the one case that the directory is."""
    cases = [directory] if (directory / "input.yaml").exists() else sorted(directory.iterdir())
    for case in cases:
        if not (case / "input.yaml").exists():
            continue
        try:
            detail = _difference(case)
        except Exception:  # noqa: BLE001 - the runner reports a bug and goes on with the next case
            detail = traceback.format_exc(limit=-3).strip()
        yield Outcome(case.name, not detail, detail)


def _difference(case: Path) -> str:
    findings = Collector()
    documents = parse(
        (case / "input.yaml").read_bytes(),
        file=str(case / "input.yaml"),
        mode="kubernetes",
        findings=findings,
    )
    releases = cut_releases(catalog.build(documents, findings), SETTINGS, findings)
    expected = _by_owner(read(case / "expected.yaml") or [])
    actual = _by_owner([release.object for release in releases])
    found = first_difference(expected, actual)
    if found:
        return found
    errors = case / "error.txt"
    listed = of_error_text(errors.read_text(encoding="utf-8")) if errors.exists() else set()
    refused = of_findings(findings)
    return "" if listed == refused else f"expected refusals {listed}, got {refused}"


def _by_owner(releases: list[Mapping[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for release in releases:
        owner = "/".join(str(name) for _, name in sorted(release["spec"]["owner"].items()))
        found[f"{release['kind']}/{release['metadata']['namespace']}/{owner}"] = release["spec"]
    return found
