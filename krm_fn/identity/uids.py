"""Stable stand-ins for the UIDs that a cluster would assign (decision D2)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from uuid import NAMESPACE_DNS, UUID, uuid5

ZERO_UID: Final = "00000000-0000-0000-0000-000000000000"
NAMESPACE_UUID: Final = UUID(str(uuid5(NAMESPACE_DNS, "openchoreo.dev")))


@lru_cache(maxsize=65536)
def stable_uid(kind: str, namespace: str, name: str) -> str:
    """Derive the UID of an object from its kind, namespace (may be empty) and name.

    UUIDv5 of `openchoreo.dev/<kind>/<namespace>/<name>`: the same input gives the same UID
    everywhere, and a rename is visible.
    """
    return str(uuid5(NAMESPACE_UUID, f"openchoreo.dev/{kind}/{namespace}/{name}"))
