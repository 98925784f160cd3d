"""The reference page tells every command and option."""

from __future__ import annotations

import click
import pytest

from krm_fn.cli.program import program
from tests.hosts import ROOT

PAGE = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(program.commands))
def test_commands_and_options_are_on_the_page(name: str) -> None:
    assert f"`krm-fn {name}" in PAGE
    for option in program.commands[name].params:
        if isinstance(option, click.Option):
            for spelling in option.opts:
                assert f"`{spelling}" in PAGE
