"""The golden vectors: what the real webhooks refused without looking at types is refused here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from krm_fn.admission import review
from krm_fn.findings import field_path
from krm_fn.models import admit
from tests.shared import shared_path

Refusal = tuple[str, str, str]

# Verdicts of the expression checker (spec binding §8.2.4), which `review` does not give.
TYPED = re.compile(r"type check error|parse error|must return bool|must be quoted|CEL expression")
# Refused by the schema of the kind already (`models.admit`).
BY_SCHEMA = {
    "117-patch-mergeshallow",
    "123-patch-mergeshallow-filter-no-match",
    "135-patch-target-empty-fields",
}


def refused(directory: Path) -> list[Refusal]:
    """Return kind, name and field of all that is refused."""
    found = []
    for document in yaml.load_all((directory / "input.yaml").read_text(), yaml.CSafeLoader):
        if document and str(document.get("apiVersion")).startswith("openchoreo.dev/"):
            kind = document["kind"]
            for violation in review(admit(document, kind)[0], kind):
                name = document["metadata"]["name"]
                found.append((kind, name, field_path(violation.path)))
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
                if match and not TYPED.search(line):
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
        ("055-omit-whole-metadata", "spec.resources[1].template.metadata"),
        ("086-hash-two-deployments", "spec.resources[1].template.kind"),
        ("088-resource-order", "spec.resources[4].template.metadata.namespace"),
        ("090-no-template-metadata", "spec.resources[1].template.metadata.name"),
        ("128-patch-root-path", "spec.patches[0].operations[0].path"),
        ("137-patch-value-missing", "spec.patches[0].operations[0].value"),
        ("150-trait-duplicate-instance-name", "spec.traits[1].instanceName"),
        (
            "195-componentrelease-obs-only",
            "spec.componentType.spec.resources[1].template.metadata.namespace",
        ),
    ],
)
def test_place(case: str, field: str) -> None:
    """The refusal points at the field."""
    assert [place for _, _, place in refused(shared_path("golden", "component", case))] == [field]
