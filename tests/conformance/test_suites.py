"""Every suite passes, the known differences aside."""

from __future__ import annotations

import pytest

from tests.conformance.discovery import discover
from tests.conformance.known import known_differences
from tests.conformance.runner import run
from tests.shared import shared_path

_FOLDERS = (
    *(f"golden/{name}" for name in ("component", "project", "resource", "releases", "cel", "yaml")),
    "corpus",
)


@pytest.mark.parametrize("folder", _FOLDERS)
def test_suite(folder: str) -> None:
    known = known_differences()
    for target in discover(shared_path(folder)):
        report = run(target, known.get(target.suite, {}))
        assert report.failed == {}, report.line()
        assert report.passed > 0


def test_known_differences_are_few_and_of_suites_that_exist() -> None:
    known = known_differences()
    assert len(known.get("component", {})) <= 2
    suites = {target.suite for folder in _FOLDERS for target in discover(shared_path(folder))}
    assert set(known) <= suites
