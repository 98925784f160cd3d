"""Loads the generated schema of a kind, once per process."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from krm_fn.models.kinds import MODELS
from krm_fn.schema import Schema

SCHEMAS = Path(__file__).parent / "schemas"


@cache
def load_schema(kind: str) -> Schema | None:
    """Return the compiled schema of a kind of `openchoreo.dev/v1alpha1`, None for other kinds.

    It reports fields that the kind does not have (`field-unknown`), which a plain schema ignores.
    """
    if kind not in MODELS:
        return None
    node = json.loads((SCHEMAS / f"{kind}.json").read_bytes())
    return Schema(node, {}, strict=True, trusted=True)
