"""Suite `templates`: whole templates and what the reference's engine made of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.conformance.outcome import Outcome
from tests.conformance.rendered import difference


def replay(path: Path) -> Iterator[Outcome]:
    """Replay a file of vectors; contexts by name come from `openchoreo/contexts.json` beside it."""
    vectors = json.loads(path.read_text(encoding="utf-8"))
    contexts = json.loads((path.parent / "openchoreo" / "contexts.json").read_text("utf-8"))
    for vector in vectors:
        context = contexts[vector["context_ref"]] if "context_ref" in vector else vector["context"]
        if vector.get("numbers") != "int":
            context = doubles(context)
        found = difference(vector["template"], context, vector)
        yield Outcome(vector["id"], not found, f"{vector['name']}: {found}" if found else "")


def doubles(value: Any) -> Any:
    """Read every number as a double, as the reference's contexts hold them."""
    if isinstance(value, dict):
        return {key: doubles(item) for key, item in value.items()}
    if isinstance(value, list):
        return [doubles(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value
