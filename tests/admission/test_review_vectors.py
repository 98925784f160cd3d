"""The golden vectors: what the real webhooks refused is refused here, and nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from krm_fn.admission import review
from krm_fn.findings import Collector, field_path
from krm_fn.models import admit
from krm_fn.yamlio import parse
from tests.shared import shared_path

Refusal = tuple[str, str, str]

# Refused by the schema of the kind already (`models.admit`).
BY_SCHEMA = {
    "117-patch-mergeshallow",
    "123-patch-mergeshallow-filter-no-match",
    "135-patch-target-empty-fields",
}


def refused(directory: Path) -> list[Refusal]:
    """Return kind, name and field of all that is refused."""
    found = []
    text = (directory / "input.yaml").read_bytes()
    for document in parse(text, file="input.yaml", mode="kubernetes", findings=Collector()):
        if document.api_version.startswith("openchoreo.dev/"):
            for violation in review(admit(document.data, document.kind)[0], document.kind):
                if violation.severity != "warning":
                    place = field_path(violation.path)
                    found.append((document.kind, document.name, place))
    return found


@pytest.mark.parametrize("suite", ["component", "project", "releases", "resource"])
def test_same_documents(suite: str) -> None:
    """The same documents of the same cases are refused, and no others."""
    directories = sorted(path.parent for path in shared_path("golden", suite).glob("*/input.yaml"))
    expected: set[tuple[str, str, str]] = set()
    for directory in directories:
        path = directory / "admission.txt"
        if path.exists() and directory.name not in BY_SCHEMA:
            for line in path.read_text().splitlines():
                match = re.match(r"webhook: (\w+)/(\S+?): ", line)
                if match:
                    expected.add((directory.name, match[1], match[2]))
    actual = {
        (directory.name, kind, name)
        for directory in directories
        for kind, name, _ in refused(directory)
    }
    assert actual == expected


@pytest.mark.parametrize(
    ("case", "field"),
    [
        ("048-foreach-empty-and-includewhen", "spec.resources[4].forEach"),
        ("049-includewhen-not-bool", "spec.resources[1].includeWhen"),
        ("051-includewhen-uses-item", "spec.resources[1].includeWhen"),
        ("052-foreach-var-shadows-context", "spec.resources[1].var"),
        ("055-omit-whole-metadata", "spec.resources[1].template.metadata"),
        ("058-merge-one-arg", "spec.resources[1].template.data.x"),
        ("064-nested-expression-error", "spec.resources[1].template.data.x"),
        ("078-cel-undeclared", "spec.resources[1].template.data.x"),
        ("080-cel-no-overload", "spec.resources[1].template.data.x"),
        ("086-hash-two-deployments", "spec.resources[1].template.kind"),
        ("088-resource-order", "spec.resources[4].template.metadata.namespace"),
        ("090-no-template-metadata", "spec.resources[1].template.metadata.name"),
        ("114-trait-creates", "spec.creates[1].includeWhen"),
        ("128-patch-root-path", "spec.patches[0].operations[0].path"),
        ("132-patch-where-not-bool", "spec.patches[0].target.where"),
        ("137-patch-value-missing", "spec.patches[0].operations[0].value"),
        ("150-trait-duplicate-instance-name", "spec.traits[1].instanceName"),
        ("190-int-plus-param-ok-casts", "spec.resources[1].template.data.mul"),
        (
            "195-componentrelease-obs-only",
            "spec.componentType.spec.resources[1].template.metadata.namespace",
        ),
    ],
)
def test_place(case: str, field: str) -> None:
    """The refusal points at the field."""
    assert [place for _, _, place in refused(shared_path("golden", "component", case))] == [field]
