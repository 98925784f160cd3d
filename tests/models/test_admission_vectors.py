"""The golden vectors: what the real CRD schemas refused is refused here, at the same place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from krm_fn.models import admit
from tests.shared import shared_path

_LINE = re.compile(r"crd: (\w+)/[^/]*/(\S+?): (\S+?): ")
SUITES = ("component", "project", "releases", "resource")
Place = tuple[str, str, str]


def documents(directory: Path) -> Iterator[dict[str, Any]]:
    """Yield the OpenChoreo documents of a case."""
    text = (directory / "input.yaml").read_text()
    for document in yaml.load_all(text, yaml.CSafeLoader):
        if document and str(document.get("apiVersion")).startswith("openchoreo.dev/"):
            yield document


def refused_by_reference(directory: Path) -> set[Place]:
    """Return kind, name and field of every `crd:` line."""
    path = directory / "admission.txt"
    if not path.exists():
        return set()
    matches = map(_LINE.match, path.read_text().splitlines())
    return {(match[1], match[2], match[3]) for match in matches if match}


def refused_here(directory: Path) -> set[Place]:
    """Return kind, name and field of every error of ours; a rule counts at the object it is for."""
    places = set()
    for document in documents(directory):
        for violation in admit(document, document["kind"])[1]:
            if violation.code == "field-unknown":
                continue
            field = violation.field
            if violation.code == "field-rule" and violation.path[-1:] in (
                ("forEach",),
                ("validations",),
            ):
                field = field.rpartition(".")[0]
            places.add((document["kind"], document["metadata"]["name"], field))
    return places


@pytest.mark.parametrize("suite", SUITES)
def test_same_refusals(suite: str) -> None:
    """Each case of a suite has the same refused fields, and most cases have none."""
    directories = sorted(path.parent for path in shared_path("golden", suite).glob("*/input.yaml"))
    assert directories
    different = {
        directory.name: (refused_by_reference(directory), refused_here(directory))
        for directory in directories
        if refused_by_reference(directory) != refused_here(directory)
    }
    assert different == {}


@pytest.mark.parametrize("suite", SUITES)
def test_no_unknown_fields(suite: str) -> None:
    """The inputs of the vectors use only fields that exist."""
    unknown = [
        (directory.parent.name, violation.text)
        for directory in shared_path("golden", suite).glob("*/input.yaml")
        for document in documents(directory.parent)
        for violation in admit(document, document["kind"])[1]
        if violation.code == "field-unknown"
    ]
    assert unknown == []
