"""The runner counts honestly."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conformance.__main__ import main
from tests.conformance.discovery import DiscoveryError, Target, discover
from tests.conformance.known import known_differences
from tests.conformance.outcome import Outcome
from tests.conformance.runner import judge

_TARGET = Target("suite", Path("anywhere"))


def _suite(directory: Path, name: str, *parts: str) -> Path:
    directory.mkdir(parents=True, exist_ok=True)
    content = {"suite": name, **({"parts": list(parts)} if parts else {})}
    (directory / "suite.json").write_text(json.dumps(content), encoding="utf-8")
    return directory


def test_discovers_directories_parts_files_and_cases(tmp_path: Path) -> None:
    one = _suite(tmp_path / "one", "first")
    parts = _suite(tmp_path / "two", "second", "inner", "table.json")
    inner = _suite(parts / "inner", "in-ner")
    table = parts / "table.json"
    table.write_text("[]", encoding="utf-8")
    case = one / "case"
    case.mkdir()
    assert discover(one) == [Target("first", one)]
    assert discover(parts) == [Target("in-ner", inner), Target("table", table)]
    assert discover(tmp_path) == [*discover(one), *discover(parts)]
    assert discover(table) == [Target("table", table)]
    assert discover(case) == [Target("first", case, whole=False)]


def test_refuses_what_names_no_suite(tmp_path: Path) -> None:
    with pytest.raises(DiscoveryError, match=r"suite\.json"):
        discover(tmp_path)
    with pytest.raises(DiscoveryError, match="does not exist"):
        discover(tmp_path / "absent")
    with pytest.raises(DiscoveryError, match="absent"):
        discover(_suite(tmp_path / "broken", "broken", "gone.json"))


def test_counts() -> None:
    outcomes = [
        Outcome("a", passed=True),
        Outcome("b", passed=False, detail="why"),
        Outcome("c", passed=False),
        Outcome("d", passed=False, unjudged=True),
    ]
    report = judge(_TARGET, outcomes, {"c": "on purpose"})
    assert report.line() == "suite: 1 passed, 1 failed, 1 known, 1 not judged"
    assert report.failed == {"b": "why"}


@pytest.mark.parametrize(
    ("outcomes", "known"),
    [
        ([Outcome("a", passed=True)], {"a": "no longer true"}),
        ([Outcome("a", passed=True)], {"gone": "its vector was taken away"}),
        ([Outcome("a", passed=True), Outcome("a", passed=True)], {}),
        ([], {}),
        ([Outcome("a", passed=False, unjudged=True)], {}),
    ],
    ids=["stale", "unknown id", "twice", "empty", "nothing judged"],
)
def test_fails_where_success_would_mean_nothing(
    outcomes: list[Outcome], known: dict[str, str]
) -> None:
    assert judge(_TARGET, outcomes, known).failed


def test_single_case_does_not_miss_the_others() -> None:
    target = Target("suite", Path("anywhere"), whole=False)
    assert not judge(target, [Outcome("a", passed=True)], {"b": "elsewhere"}).failed


def test_prints_totals_last(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.conformance import suites

    (tmp_path / "modules").mkdir()
    (tmp_path / "modules" / "made_up.py").write_text(
        "from tests.conformance.outcome import Outcome\n"
        "def replay(directory):\n"
        "    yield Outcome('good', True)\n"
        "    yield Outcome('bad', False, 'left is not right')\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(suites, "__path__", [str(tmp_path / "modules")])
    directory = _suite(tmp_path / "vectors", "made-up")
    assert main(["-v", str(directory)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "made-up: 1 passed, 1 failed"
    assert "    left is not right" in lines
    assert lines[-1] == "1 passed, 1 failed"


def test_suite_without_module_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(_suite(tmp_path / "x", "nobody-replays-this"))]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "0 passed, 1 failed"


def test_misuse_is_2(tmp_path: Path) -> None:
    assert main([str(tmp_path)]) == 2


def test_known_differences_have_reasons(tmp_path: Path) -> None:
    known_differences()
    for text in _bad_tables():
        table = tmp_path / "table.toml"
        table.write_text(text, encoding="utf-8")
        with pytest.raises(ValueError, match=r"table\.toml"):
            known_differences(table)


def _bad_tables() -> Iterator[str]:
    entry = '[[difference]]\nsuite = "a"\nid = "b"\n'
    yield entry
    yield (entry + 'reason = "c"\n') * 2
