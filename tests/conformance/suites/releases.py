"""Suite `releases`: the spec of every release that the sources of a case are cut into.

Names are left out, for the controllers' carry a hash over Go structures. Which objects are refused
is judged as in the rendered cases.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from krm_fn import catalog
from krm_fn.catalog import Catalog, Reads
from krm_fn.findings import Collector
from krm_fn.resolve.component_sources import find_sources
from krm_fn.resolve.owner_releases import PROJECT, RESOURCE, find_type, release_spec
from krm_fn.resolve.release_spec import component_release_spec
from krm_fn.yamlio import parse
from tests.conformance.conditions import of_error_text, of_findings
from tests.conformance.difference import first_difference
from tests.conformance.outcome import Outcome
from tests.conformance.reading import read

Key = tuple[str, str, str]
"""Kind of the release, namespace, owner."""


def replay(directory: Path) -> Iterator[Outcome]:
    """Replay every case below a directory, or the one case that the directory is."""
    cases = [directory] if (directory / "input.yaml").exists() else sorted(directory.iterdir())
    for case in cases:
        if (case / "input.yaml").exists():
            detail = _judge(case)
            yield Outcome(case.name, not detail, detail)


def _judge(case: Path) -> str:
    findings = Collector()
    content = (case / "input.yaml").read_bytes()
    documents = parse(content, file="input.yaml", mode="kubernetes", findings=findings)
    found = catalog.build(documents, findings)
    actual = {key: spec for key, spec in _releases(found, findings) if spec is not None}
    expected = {_key(release): release["spec"] for release in read(case / "expected.yaml") or []}
    difference = first_difference(
        {" ".join(key): spec for key, spec in expected.items()},
        {" ".join(key): spec for key, spec in actual.items()},
    )
    if difference:
        return difference
    errors = case / "error.txt"
    wanted = of_error_text(errors.read_text(encoding="utf-8") if errors.exists() else "")
    refused = of_findings(findings)
    return "" if wanted == refused else f"expected {sorted(wanted)}, got {sorted(refused)}"


def _releases(found: Catalog, findings: Collector) -> Iterator[tuple[Key, Any]]:
    reads = Reads()
    for component in found.of_kind("Component"):
        sources = find_sources(found, component, reads, findings)
        spec = component_release_spec(sources) if sources is not None else None
        yield ("ComponentRelease", component.namespace, component.name), spec
    for kind in (PROJECT, RESOURCE):
        for owner in found.of_kind(kind.owner):
            type_resource = find_type(found, kind, owner, reads, findings)
            spec = release_spec(kind, owner, type_resource) if type_resource is not None else None
            yield (kind.release, owner.namespace, owner.name), spec


def _key(release: dict[str, Any]) -> Key:
    owner = release["spec"]["owner"]
    name = owner.get("componentName") or owner.get("resourceName") or owner["projectName"]
    return release["kind"], release["metadata"]["namespace"], name
