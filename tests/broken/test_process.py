"""A few broken inputs through real processes: streams and exit codes as a user sees them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.broken import cases
from tests.hosts import environment


def _start(
    arguments: list[str], root: Path, content: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "krm_fn", *arguments],
        input=content,
        stdin=None if content is not None else subprocess.DEVNULL,
        cwd=root,
        env=environment(root / "bin"),
        capture_output=True,
        check=False,
        timeout=60,
    )


def _without_pins(text: str) -> list[str]:
    """Drop the hints to pin a release: a headline and the line below it."""
    kept: list[str] = []
    skipping = False
    for line in text.splitlines():
        skipping = line.startswith("info: binding-unpinned") or (skipping and line.startswith("  "))
        if not skipping:
            kept.append(line)
    return kept


@pytest.mark.parametrize(
    "name", ["component-type-missing", "expression-undeclared", "yaml-tab", "yaml-not-utf8"]
)
def test_command_line(name: str, tmp_path: Path) -> None:
    case = cases.load(name)
    root = cases.repository(case, tmp_path)
    done = _start(["render", ".", "--environment", "development"], root)
    expected = (case.folder / "expected.txt").read_text("utf-8")
    assert done.returncode == case.exit
    assert done.stdout == b""
    assert _without_pins(done.stderr.decode()) == expected.splitlines()


@pytest.mark.parametrize(
    "name", ["stdin-empty", "stdin-garbage", "stdin-binary", "config-function", "package-secret"]
)
def test_function(name: str, tmp_path: Path) -> None:
    case = cases.load(name)
    root = cases.repository(case, tmp_path)
    done = _start([], root, cases.standard_input(case, root))
    expected = (case.folder / "expected.txt").read_text("utf-8")
    assert done.returncode == case.exit
    assert b"kind: ResourceList" in done.stdout
    assert _without_pins(done.stderr.decode()) == expected.splitlines()
