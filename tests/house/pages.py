"""Writes the pages that are made from code: `make docs`."""

from __future__ import annotations

from pathlib import Path

from krm_fn.findings import CODES
from tests.house.rooms import ROOT

FINDINGS = ROOT / "docs" / "reference" / "findings.md"


def findings_page() -> str:
    """Return the page with every finding code, in order of code."""
    lines = [
        "# Finding codes",
        "",
        "Made from `krm_fn/findings/codes.py` by `make docs`.",
        "The last column is what the controllers of a live control plane would say in a condition.",
        "",
        "| code | severity | what it means | what to do | condition |",
        "|---|---|---|---|---|",
    ]
    for code in sorted(CODES.values(), key=lambda code: code.name):
        condition = " ".join(f"`{word}`" for word in code.condition.split())
        cells = (f"`{code.name}`", str(code.severity), code.title, code.hint, condition)
        lines.append(
            "| " + " | ".join(cell.replace("|", "\\|").replace("<", "\\<") for cell in cells) + " |"
        )
    return "\n".join(lines) + "\n"


def pages() -> dict[Path, str]:
    """Return path → text of every such page."""
    return {FINDINGS: findings_page()}


if __name__ == "__main__":
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
