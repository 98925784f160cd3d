"""Suite `corpus`: a real repository, binding by binding, as it is and with `autoDeploy` set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from krm_fn.findings import Collector
from krm_fn.spine import RenderResult, render
from krm_fn.yamlio import Document, parse
from tests.conformance.difference import first_difference
from tests.conformance.outcome import Outcome
from tests.conformance.reading import read
from tests.conformance.suites.rendered_cases import SETTINGS

_SOURCES = ("repo", "added")


def replay(directory: Path) -> Iterator[Outcome]:
    """Replay both expectations of the corpus."""
    names = (directory / "expected-autodeploy" / "components.txt").read_text().split()
    yield from _compare(directory / "expected", render_corpus(directory))
    yield from _compare(
        directory / "expected-autodeploy", render_corpus(directory, _with_auto_deploy(names))
    )


def render_corpus(
    directory: Path, change: Callable[[dict[str, Any]], None] = lambda data: None
) -> RenderResult:
    """Render the repository, each document changed first."""
    findings = Collector()
    documents: list[Document] = []
    for source in _SOURCES:
        for path in sorted((directory / source).rglob("*.yaml")):
            name = path.relative_to(directory).as_posix()
            found = parse(path.read_bytes(), file=name, mode="kubernetes", findings=findings)
            for document in found:
                change(document.data)
            documents += found
    return render(documents, SETTINGS, findings=findings.sorted())


def _with_auto_deploy(names: list[str]) -> Callable[[dict[str, Any]], None]:
    def change(data: dict[str, Any]) -> None:
        if data.get("kind") == "Component" and data["metadata"]["name"] in names:
            data["spec"]["autoDeploy"] = True

    return change


def _compare(expected: Path, result: RenderResult) -> Iterator[Outcome]:
    by_binding: dict[str, list[dict[str, Any]]] = {}
    for resource in result.resources:
        kind, namespace, name = resource.binding.split("/")
        if kind == "ReleaseBinding":
            by_binding.setdefault(f"{namespace}.{name}", []).append(
                {
                    "id": resource.id,
                    "renderedRelease": resource.release_name,
                    "resource": resource.object,
                    "targetPlane": resource.plane,
                }
            )
    wanted = {path.stem: read(path) for path in (expected / "releasebinding").glob("*.yaml")}
    for name in sorted({*wanted, *by_binding}):
        detail = first_difference(wanted.get(name), by_binding.get(name))
        yield Outcome(f"{expected.name}/{name}", not detail, detail)
