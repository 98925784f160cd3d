"""ClusterObservabilityPlane."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from krm_fn.models.observability_plane import ObservabilityPlaneBody
from krm_fn.models.part import DnsLabel, Kind


class ClusterObservabilityPlaneSpec(ObservabilityPlaneBody):
    """A cluster that receives logs, metrics and alerts."""

    plane_id: DnsLabel = Field(alias="planeID")
    """Identity of the cluster."""


class ClusterObservabilityPlane(Kind):
    """An observability plane for all namespaces."""

    kind: Literal["ClusterObservabilityPlane"]
    """Kind of the resource."""
    spec: ClusterObservabilityPlaneSpec
    """The cluster."""
