"""Objects as text: one file each, or all in one stream."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from krm_fn import yamlio

Format = Literal["yaml", "json"]


def stream(objects: Sequence[Mapping[str, Any]], form: Format) -> bytes:
    """Write all objects: YAML documents separated by `---`, or one JSON `List`."""
    if form == "json":
        listed = {"apiVersion": "v1", "kind": "List", "items": list(objects)}
        return yamlio.dump_json(listed).encode()
    return yamlio.dump_all(objects).encode()


def document(content: Mapping[str, Any], form: Format) -> bytes:
    """Write one object, as the content of a file."""
    return (yamlio.dump_json(content) if form == "json" else yamlio.dump(content)).encode()
