"""The lines of the README work as they stand."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.hosts import environment, install_krm_fn, kustomize, program, run
from tests.house.rooms import ROOT


def _lines() -> list[str]:
    """The commands of the README, those of `make` and of the shell itself left out."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    lines = re.findall(r"^\$ (.+)$", text, re.MULTILINE)
    return [line for line in lines if not line.startswith(("make ", "export "))]


@pytest.mark.parametrize("line", _lines())
def test_line_works(line: str, tmp_path: Path) -> None:
    program("kpt")
    folders = f"{kustomize('5.8.1').parent}"
    install_krm_fn(tmp_path / "bin")
    surroundings = environment(tmp_path / "bin")
    surroundings["PATH"] += f":{folders}"
    done = run(["sh", "-c", line.replace("/tmp/", f"{tmp_path}/")], cwd=ROOT, env=surroundings)
    assert done.returncode == 0, done.stderr
    written = list(tmp_path.glob("*/**/*.yaml"))
    validates = line.endswith("/validator")
    assert written or validates or "\nkind: " in done.stdout


def test_the_readme_shows_every_way_in() -> None:
    text = "\n".join(_lines())
    for way in ("deploy/development", "transformer", "validator", "kpt fn render", "krm-fn render"):
        assert way in text
