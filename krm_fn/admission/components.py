"""Component (spec binding §8.4)."""

from __future__ import annotations

from collections.abc import Iterator

from krm_fn.admission.shapes import Node, repeated
from krm_fn.schema import Violation


def component_rules(spec: Node) -> Iterator[Violation]:
    """Refuse what the webhook refuses; paths are below `spec`."""
    yield from repeated(spec, "traits", ("instanceName",), "instance name")
