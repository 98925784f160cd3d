"""DataPlane."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from krm_fn.models.gateway import GatewaySpec
from krm_fn.models.part import DnsLabel, Kind, Part
from krm_fn.models.plane import ClusterAgent, SecretStoreReference
from krm_fn.models.references import ObservabilityPlaneReference


class DataPlaneBody(Part):
    """What the namespaced and the cluster-scoped plane share."""

    cluster_agent: ClusterAgent
    """How the cluster talks to the control plane."""
    gateway: GatewaySpec | None = None
    """Gateways of the cluster."""
    secret_store_ref: SecretStoreReference | None = None
    """Store that External Secrets reads from."""


class DataPlaneSpec(DataPlaneBody):
    """A cluster that runs components."""

    plane_id: DnsLabel | None = Field(default=None, alias="planeID")
    """Identity of the cluster. Default: the name of the plane."""
    observability_plane_ref: ObservabilityPlaneReference | None = None
    """Plane that receives logs, metrics and alerts."""


class DataPlane(Kind):
    """A cluster that runs components."""

    kind: Literal["DataPlane"]
    """Kind of the resource."""
    spec: DataPlaneSpec
    """The cluster."""
