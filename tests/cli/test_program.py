"""The program around its commands: help, version, completion, codes."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from click.testing import CliRunner

from krm_fn import __version__
from krm_fn.cli import run_command
from krm_fn.cli.program import program
from krm_fn.findings import CODES
from tests.hosts import ROOT


def call(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(program, arguments, prog_name="krm-fn")
    return result.exit_code, result.output


def test_version() -> None:
    assert call("--version") == (0, f"krm-fn {__version__}\n")


def test_help_shows_examples_line_by_line() -> None:
    code, text = call("render", "--help")
    assert code == 0
    assert "\n  krm-fn render . --environment development\n" in text


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(shell: str) -> None:
    code, text = call("completion", shell)
    assert code == 0
    assert "_KRM_FN_COMPLETE" in text


def test_completion_answers_the_shell() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "krm_fn"],
        env={
            **os.environ,
            "_KRM_FN_COMPLETE": "bash_complete",
            "COMP_WORDS": "krm-fn ren",
            "COMP_CWORD": "1",
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.stdout == "plain,render\n"


@pytest.mark.parametrize("code", sorted(CODES))
def test_every_code_is_explained(code: str) -> None:
    status, text = call("explain-error", code)
    assert status == 0
    assert CODES[code].title in text
    assert "hint: " in text


def test_an_unknown_code_gets_a_suggestion() -> None:
    status, text = call("explain-error", "render-emty")
    assert status == 2
    assert 'did you mean "render-empty"?' in text
    assert len(call("explain-error")[1].splitlines()) == len(CODES)


def test_exit_codes_reach_the_caller() -> None:
    assert run_command(["--version"]) == 0
    assert run_command(["nonsense"]) == 2
