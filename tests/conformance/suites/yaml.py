"""Suite `yaml`: how scalars are read in both modes, and how strings are written.

A row of `scalars.json` gives three vectors: the value in each mode (where the mode rewrites dates,
decision D7 keeps their text), and our text of the row's scalar taken as a string: it has to read
back as that string in both modes, and must not be plain where either library would misread it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from krm_fn.findings import Collector
from krm_fn.yamlio import Mode, dump, number_text, parse
from tests.conformance.outcome import Outcome

_MODES: tuple[Mode, ...] = ("kubernetes", "kustomize")


def replay(directory: Path) -> Iterator[Outcome]:
    """Replay the rows of `scalars.json`."""
    rows = json.loads((directory / "scalars.json").read_text(encoding="utf-8"))
    for number, row in enumerate(rows):
        name = f"{number:03d} {json.dumps(row['scalar'])}"
        for mode in _MODES:
            detail = _reading(row, mode)
            yield Outcome(f"{name} {mode}", not detail, detail)
        detail = _writing(row)
        yield Outcome(f"{name} written", not detail, detail)


def _read(text: str, mode: Mode) -> tuple[Any, str]:
    """Read the value of `k`, and what was reported as an error."""
    findings = Collector()
    documents = parse(text, file="scalars.yaml", mode=mode, findings=findings)
    errors = "; ".join(f.message for f in findings if f.severity == "error")
    return (documents[0].data.get("k") if documents else None), errors


def _reading(row: dict[str, Any], mode: Mode) -> str:
    value, errors = _read(f"k: {row['scalar']}\n", mode)
    refused = row.get(f"{mode}_error")
    if refused is not None:
        return "" if errors else f"read as {value!r}, expected an error: {refused}"
    if errors:
        return f"refused: {errors}"
    expected = row[mode]
    if _is_date(expected) and mode == "kustomize":
        expected = row["scalar"]
    if _canonical(value) == _canonical(expected):
        return ""
    return f"read as {value!r}, expected {expected!r}"


def _is_date(value: Any) -> bool:
    return isinstance(value, str) and value[4:5] == "-" and value[10:11] == "T"


def _canonical(value: Any) -> str:
    """Write a value with Go's numbers, so that 1.0 is 1 and types stay apart."""
    if isinstance(value, dict):
        pairs = [f"{json.dumps(key)}:{_canonical(child)}" for key, child in value.items()]
        return "{" + ",".join(sorted(pairs)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_canonical, value)) + "]"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if not -(2**63) <= value < 2**64:
            value = float(value)
        return number_text(value)
    return json.dumps(value)


def _writing(row: dict[str, Any]) -> str:
    string = row["scalar"]
    text = dump({"k": string, string: 0, "l": [string]})
    for mode in _MODES:
        findings = Collector()
        documents = parse(text, file="scalars.yaml", mode=mode, findings=findings)
        if len(findings):
            return f"{text!r} reads with findings in mode {mode}"
        expected = {"k": string, string: 0, "l": [string]}
        if [document.data for document in documents] != [expected]:
            return f"{text!r} reads as {[document.data for document in documents]!r} in {mode}"
    written = text.split("\n", 1)[0].removeprefix("k: ")
    if written == string:
        for mode in _MODES:
            if row.get(f"{mode}_error") or row[mode] != string:
                return f"{string!r} is plain although {mode} reads {row[mode]!r}"
    return ""
