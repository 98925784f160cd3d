"""Stable stand-ins for the UIDs that a cluster would assign (decision D2)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

ZERO_UID: Final = "00000000-0000-0000-0000-000000000000"
NAMESPACE_UUID: Final = "a631141b-1bd9-5172-a038-b1fa4b8048dc"
"""UUIDv5 of the DNS name `openchoreo.dev`."""


@lru_cache(maxsize=65536)
def stable_uid(kind: str, namespace: str, name: str) -> str:
    """Derive the UID of an object from its kind, namespace (may be empty) and name.

    UUIDv5 of `openchoreo.dev/<kind>/<namespace>/<name>`: the same input gives the same UID
    everywhere, and a rename is visible.
    """
    from uuid import UUID, uuid5  # 7 ms to import, and not needed where every UID is known

    return str(uuid5(UUID(NAMESPACE_UUID), f"openchoreo.dev/{kind}/{namespace}/{name}"))
