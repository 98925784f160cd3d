"""The three examples of the specification (rendering §3.11)."""

from __future__ import annotations

import pytest

from krm_fn.assemble.content_dump import content_hash


@pytest.mark.parametrize(
    ("value", "expected"), [("v", "644f556fc"), (1.0, "6974df76b5"), (1, "6cd95fb998")]
)
def test_hash(value: object, expected: str) -> None:
    made: dict[str, object] = {"apiVersion": "v1", "kind": "ConfigMap", "data": {"k": value}}
    assert content_hash([made]) == expected
