"""The rooms and their order, read from ARCHITECTURE.md, and the imports between them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "krm_fn"
FRONT = {"__init__", "__main__"}
"""Modules at the top of the package that stand before every room."""


@dataclass(frozen=True, slots=True)
class Import:
    """`module` is the dotted name below `krm_fn`; `room` is the room of the importing file."""

    file: str
    line: int
    room: str
    module: str


def rooms() -> list[str]:
    """Return the names of the list in ARCHITECTURE.md, in order."""
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = re.search(r"^```rooms\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert block is not None, "ARCHITECTURE.md has no list of rooms"
    return [line.split()[0] for line in block[1].splitlines() if line.strip()]


def sources() -> list[Path]:
    """Return every Python file of the package, in order of path."""
    return sorted(PACKAGE.rglob("*.py"))


def room_of(path: Path) -> str:
    """Return the room that a file belongs to; for a file at the top its own name."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports_of(path: Path) -> Iterator[Import]:
    """List the imports from krm_fn in a file, those inside functions included."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    name, room = str(path.relative_to(ROOT)), room_of(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno} is a relative import"
            module = node.module or ""
            names = [f"krm_fn.{alias.name}" for alias in node.names]
            names = names if module == "krm_fn" else [module]
        else:
            continue
        for imported in names:
            if imported.startswith("krm_fn."):
                yield Import(name, node.lineno, room, imported.removeprefix("krm_fn."))
