"""The content hash of a release: ours, stable across versions of everything (decision D12)."""

from __future__ import annotations

import json
from hashlib import sha256


def content_hash(spec: object) -> str:
    """SHA-256 (64 hex digits) of the canonical JSON of a release's spec.

    Canonical: keys sorted, no white space, UTF-8, whole floats written as integers.
    """
    text = json.dumps(
        _plain_numbers(spec), sort_keys=True, separators=(",", ":"), ensure_ascii=False
    )
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain_numbers(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain_numbers(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain_numbers(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def release_name(owner: str, spec: object) -> str:
    """Name a release by its content: `<owner>-<8 hex digits>`."""
    return f"{owner}-{content_hash(spec)[:8]}"
