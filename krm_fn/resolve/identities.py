"""UIDs without a cluster (decision D2)."""

from __future__ import annotations

from krm_fn.catalog import CatalogResource
from krm_fn.identity import ZERO_UID, stable_uid
from krm_fn.settings import IdentitySettings


class Identities:
    """Answers for every object the UID that goes into labels and selectors."""

    def __init__(self, settings: IdentitySettings) -> None:
        self._entries = dict(settings.entries)
        self._zero = settings.default == "zero"

    def uid(self, resource: CatalogResource) -> str:
        """The object's own `metadata.uid`, else the identity map's, else a derived one."""
        own = resource.metadata.get("uid")
        if isinstance(own, str) and own:
            return own
        path = "/".join(part for part in (resource.kind, resource.namespace, resource.name) if part)
        mapped = self._entries.get(path)
        if mapped:
            return mapped
        if self._zero:
            return ZERO_UID
        return stable_uid(resource.kind, resource.namespace, resource.name)
