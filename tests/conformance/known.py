"""Reads the table of known, wanted differences."""

from __future__ import annotations

import tomllib
from pathlib import Path

TABLE = Path(__file__).parent / "known_differences.toml"


def known_differences(table: Path = TABLE) -> dict[str, dict[str, str]]:
    """Return suite → id → reason. Raises ValueError for an entry without reason or given twice."""
    content = tomllib.loads(table.read_text(encoding="utf-8"))
    known: dict[str, dict[str, str]] = {}
    for entry in content.get("difference", []):
        suite, identity, reason = (str(entry.get(key, "")) for key in ("suite", "id", "reason"))
        if not (suite and identity and reason):
            raise ValueError(f"{table}: {entry} needs suite, id and reason")
        if identity in known.setdefault(suite, {}):
            raise ValueError(f"{table}: {suite} {identity} stands there twice")
        known[suite][identity] = reason
    return known
