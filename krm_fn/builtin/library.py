"""Reads the built-in platform from package data."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from krm_fn.findings import Collector
from krm_fn.yamlio import Document, parse

_FOLDER = Path(__file__).with_name("platform")


@lru_cache(maxsize=64)
def document(kind: str, name: str) -> Document:
    """Read one built-in resource. Raises KeyError where there is none of that kind and name."""
    path = _FOLDER / f"{kind}_{name}.yaml"
    if not path.is_file():
        raise KeyError(f"no built-in {kind} {name}")
    findings = Collector()
    documents = parse(
        path.read_bytes(), file=f"builtin/{path.name}", mode="kubernetes", findings=findings
    )
    assert not findings.has_errors()
    return documents[0]
