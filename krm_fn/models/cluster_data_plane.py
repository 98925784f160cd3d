"""ClusterDataPlane."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from krm_fn.models.data_plane import DataPlaneBody
from krm_fn.models.part import DnsLabel, Kind
from krm_fn.models.references import ClusterObservabilityPlaneReference


class ClusterDataPlaneSpec(DataPlaneBody):
    """A cluster that runs components."""

    plane_id: DnsLabel = Field(alias="planeID")
    """Identity of the cluster."""
    observability_plane_ref: ClusterObservabilityPlaneReference | None = None
    """Plane that receives logs, metrics and alerts."""


class ClusterDataPlane(Kind):
    """A data plane for all namespaces."""

    kind: Literal["ClusterDataPlane"]
    """Kind of the resource."""
    spec: ClusterDataPlaneSpec
    """The cluster."""
