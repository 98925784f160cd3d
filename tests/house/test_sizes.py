"""Files and functions stay small enough to be read, and are called what they are."""

from __future__ import annotations

import ast
import re
import statistics
from pathlib import Path

from tests.house.rooms import ROOT, sources

_TESTS = sorted((ROOT / "tests").rglob("*.py"))
_SAYS_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}

_TABLES = {"krm_fn/findings/codes.py"}
"""Files that are one table, read by looking something up."""
_LATER = ("TO" + "DO", "FIX" + "ME")


def _length(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_files_are_small() -> None:
    lengths = {str(path.relative_to(ROOT)): _length(path) for path in [*sources(), *_TESTS]}
    assert {name: length for name, length in lengths.items() if length > 500}.keys() <= _TABLES
    assert statistics.median(lengths.values()) <= 250


def test_functions_are_small() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in sources()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or node.lineno) - node.lineno >= 80
    ]
    assert long == []


def test_names_say_something() -> None:
    vague = [
        str(path.relative_to(ROOT))
        for path in [*sources(), *_TESTS]
        if {path.stem, *path.relative_to(ROOT).parts} & _SAYS_NOTHING
    ]
    assert vague == []


def test_nothing_is_left_for_later() -> None:
    left = [
        f"{path.relative_to(ROOT)}: {word}"
        for path in [*sources(), *_TESTS]
        for word in _LATER
        if re.search(rf"#.*\b{word}\b", path.read_text(encoding="utf-8"))
    ]
    assert left == []
