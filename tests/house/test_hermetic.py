"""Nothing of the world is touched while rendering."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.rooms import ROOT, room_of, rooms, sources
from tests.shared import shared_path

_WORLD = {
    "_thread", "asyncio", "getpass", "glob", "http", "locale", "multiprocessing", "os", "pathlib",
    "platform", "random", "secrets", "select", "shutil", "signal", "socket", "ssl", "subprocess",
    "sys", "tempfile", "threading", "time", "urllib.request", "uuid", "zoneinfo",
}  # fmt: skip
_ALLOWED = {
    ("identity", "uuid"): "UUIDv5 is a hash",
    ("cel", "sys"): "the recursion limit bounds expressions",
    ("cel", "zoneinfo"): "the table of time zones, for functions that are given a name",
    ("builtin", "pathlib"): "package data",
    ("models", "pathlib"): "package data",
}
_MOMENTS = {"now", "today", "utcnow", "uuid1", "uuid4", "open", "input", "eval", "__import__"}


def _rendering() -> list[Path]:
    """The files of the rooms that render, `sources` and what comes after the spine aside."""
    order = rooms()
    names = set(order[: order.index("spine") + 1]) - {"sources"}
    return [path for path in sources() if room_of(path) in names]


def test_rendering_rooms_import_nothing_of_the_world() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line} imports {module}"
        for path in _rendering()
        for line, module in _imports(path)
        if module in _WORLD and (room_of(path), module) not in _ALLOWED
    ]
    assert found == []


def test_rendering_rooms_call_nothing_of_the_world() -> None:
    found = []
    for path in _rendering():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = _called(node.func)
                if name in _MOMENTS:
                    found.append(f"{path.relative_to(ROOT)}:{node.lineno} calls {name}")
    assert found == []


def _called(function: ast.expr) -> str:
    """The name called: any method for moments in time, plain functions for the rest."""
    if isinstance(function, ast.Name):
        return function.id
    if isinstance(function, ast.Attribute) and function.attr in {"now", "today", "utcnow"}:
        return function.attr
    return ""


def _imports(path: Path) -> Iterator[tuple[int, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, node.module or ""


@pytest.mark.parametrize(
    "case",
    [
        "001-getting-started-greeter",
        "014-sample-doclet",
        "099-schema-constraints",
        "185-bench-service-two-traits",
    ],
)
def test_nothing_is_touched_while_rendering(case: str) -> None:
    assert _run(shared_path("golden", "component", case, "input.yaml")) == ""


def test_the_watch_sees_what_it_has_to() -> None:
    seen = _run(Path(__file__), HERMETIC_SELF_TEST="1")
    assert "open" in seen
    assert "socket." in seen


def _run(path: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "tests.house.hermetic_run", str(path)],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
