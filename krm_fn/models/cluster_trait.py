"""ClusterTrait."""

from __future__ import annotations

from typing import Literal

from krm_fn.models.part import Kind
from krm_fn.models.trait import TraitSpec


class ClusterTrait(Kind):
    """A trait for all namespaces."""

    kind: Literal["ClusterTrait"]
    """Kind of the resource."""
    spec: TraitSpec | None = None
    """What the trait adds."""
