"""Every broken input is told where it is broken and what to do."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from krm_fn.findings import CODES, Finding, Severity
from tests.broken import cases

_REWRITE = "KRM_FN_REWRITE"
_PYTHON = re.compile(
    r"Traceback|NoneType|\b(?:None|True|False)\b|\b(?:dict|str|tuple|bytes|frozenset)\b"
    r"|\bobject at 0x|<class|\w+Error\b|'\w+'"
)
"""Words that only somebody who writes Python understands, and its quotes."""
_KIND = re.compile(r'[A-Z][a-z]+(?:[A-Z]\w*)? |[A-Z]\w+ "')
"""A sentence begins with a small letter, or with a kind."""
_PLACELESS = {"input-empty", "input-encoding", "input-invalid", "render-empty"}
"""Findings about standard input or a run as a whole."""


@pytest.mark.parametrize("name", cases.names())
def test_case(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = cases.load(name)
    said = cases.run(case, tmp_path, monkeypatch)
    assert said.exit == case.exit
    errors = [found for found in said.findings if found.severity is Severity.ERROR]
    assert errors or said.findings
    for finding in said.findings:
        _check_place(finding, case)
        _check_words(finding)
    path = case.folder / "expected.txt"
    if os.environ.get(_REWRITE) and (not path.exists() or path.read_text("utf-8") != said.text):
        path.write_text(said.text, "utf-8")
        pytest.fail(f"{path} is written anew: read the difference")
    assert said.text == path.read_text("utf-8")


def _check_place(finding: Finding, case: cases.Case) -> None:
    if finding.code in _PLACELESS or case.stdin is not None:
        return
    place = finding.position
    if case.reads_files:
        known = place is not None and place.line > 0 and place.column > 0
        assert known or (finding.resource is not None and finding.field), finding
    elif case.door == "package" and finding.field:
        assert place is not None or finding.resource is not None, finding
    else:
        assert place is not None or finding.resource is not None, finding


def _check_words(finding: Finding) -> None:
    assert finding.code in CODES
    assert finding.message
    assert finding.hint, finding
    for text in (finding.message, finding.hint):
        assert not text.endswith("."), text
        assert not text[0].isupper() or _KIND.match(text), text
    # What stands in double quotes is the user's own, or ours to type.
    plain = re.sub(r'"[^"]*"|`[^`]*`', "", finding.message)
    assert not _PYTHON.search(plain), finding.message


def test_healthy_repository_is_healthy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for door in ("render", "transformer", "package", "generator", "stream"):
        case = cases.Case("healthy", "", door=door)
        said = cases.run(case, tmp_path / door, monkeypatch)
        config = cases.FUNCTION_CONFIG + "  sources: [platform, projects]\n"
        if door == "generator":
            case = cases.Case("healthy", "", door=door, config=config)
            said = cases.run(case, tmp_path / "again", monkeypatch)
        assert (said.exit, said.text) == (0, "")


def test_there_are_many() -> None:
    assert len(cases.names()) >= 60
