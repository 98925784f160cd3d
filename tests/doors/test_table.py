"""docs/reference/doors.md says what every door does in every situation: so they do."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pytest
import yaml

from krm_fn.findings import CODES
from tests.doors.situations import DOORS, SITUATIONS, Door, Result
from tests.hosts import ROOT

PAGE: Final = ROOT / "docs" / "reference" / "doors.md"
HEAD: Final = "| door | exit code | standard output | standard error |\n|---|---|---|---|\n"
ERROR: Final = re.compile(r"^error: ([a-z0-9-]+): \S", re.MULTILINE)
WITHOUT_STREAMS: Final = {("A broken pipe", "library"), ("SIGTERM", "library")}


def rows() -> dict[tuple[str, str], tuple[int, str, str]]:
    """Read the tables: situation and door → exit code, standard output, standard error."""
    found: dict[tuple[str, str], tuple[int, str, str]] = {}
    for section in PAGE.read_text(encoding="utf-8").split("\n## ")[1:]:
        situation = section.partition("\n")[0]
        for line in section.partition(HEAD)[2].splitlines():
            doors, code, output, errors = (cell.strip() for cell in line.strip("|").split(" | "))
            for door in doors.split(","):
                assert (situation, door.strip()) not in found, "stands in the tables twice"
                found[situation, door.strip()] = int(code), output, errors
    return found


TABLE = rows()


def test_the_tables_are_complete() -> None:
    cells = {(situation, door) for situation in SITUATIONS for door in DOORS}
    assert TABLE.keys() == cells - WITHOUT_STREAMS


@pytest.mark.parametrize(("situation", "name"), TABLE, ids=lambda text: text.replace(" ", "-"))
def test_a_door_does_what_the_page_says(situation: str, name: str, tmp_path: Path) -> None:
    code, output, errors = TABLE[situation, name]
    door = Door(name, tmp_path)
    came = [made["metadata"]["name"] for made in door.items()]
    result = door.run(SITUATIONS[situation](door))
    assert result.exit_code == code, result.errors
    assert_output(result, output, came)
    assert_errors(result, errors)
    if name == "argocd generate" and errors[1:-1] in CODES and situation != "A broken pipe":
        assert not re.search("^(info|warning): ", result.errors, re.MULTILINE)


def assert_output(result: Result, expected: str, came: list[str]) -> None:
    assert bool(result.written) == (expected == "files")
    if expected in ("nothing", "files"):
        assert result.output == b""
        return
    found = list(yaml.load_all(result.output, yaml.CSafeLoader))
    if expected == "manifests":
        kinds = [made["kind"] for made in found]
        assert "Deployment" in kinds
        assert "ResourceList" not in kinds
        return
    (answer,) = found
    assert answer["kind"] == "ResourceList"
    listed = [item["metadata"]["name"] for item in answer["items"]]
    if expected == "an empty list":
        assert listed == []
    elif expected == "items as they came":
        assert listed == came
    else:
        assert expected == "objects in a list"
        assert "Deployment" in [item["kind"] for item in answer["items"]]


def assert_errors(result: Result, expected: str) -> None:
    assert "Traceback" not in result.errors or expected == "`FileNotFoundError`"
    if expected == "nothing":
        assert result.errors == ""
    elif expected == "usage":
        assert result.errors.startswith("Usage: ")
        assert "\nError: " in result.errors
    elif expected == "remarks":
        assert "error:" not in result.errors
    elif expected == "`FileNotFoundError`":
        assert "\nFileNotFoundError: " in result.errors
    else:
        assert [f"`{code}`" for code in ERROR.findall(result.errors)] == [expected]
