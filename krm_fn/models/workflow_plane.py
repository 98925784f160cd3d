"""WorkflowPlane and ClusterWorkflowPlane."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from krm_fn.models.part import DnsLabel, Kind, Part
from krm_fn.models.plane import ClusterAgent, SecretStoreReference
from krm_fn.models.references import (
    ClusterObservabilityPlaneReference,
    ObservabilityPlaneReference,
)


class WorkflowPlaneBody(Part):
    """What the namespaced and the cluster-scoped plane share."""

    cluster_agent: ClusterAgent
    """How the cluster talks to the control plane."""
    secret_store_ref: SecretStoreReference | None = None
    """Store that External Secrets reads from."""


class WorkflowPlaneSpec(WorkflowPlaneBody):
    """A cluster that runs workflows."""

    plane_id: DnsLabel | None = Field(default=None, alias="planeID")
    """Identity of the cluster. Default: the name of the plane."""
    observability_plane_ref: ObservabilityPlaneReference | None = None
    """Plane that receives logs, metrics and alerts."""


class WorkflowPlane(Kind):
    """A cluster that runs workflows."""

    kind: Literal["WorkflowPlane"]
    """Kind of the resource."""
    spec: WorkflowPlaneSpec
    """The cluster."""


class ClusterWorkflowPlaneSpec(WorkflowPlaneBody):
    """A cluster that runs workflows."""

    plane_id: DnsLabel = Field(alias="planeID")
    """Identity of the cluster."""
    observability_plane_ref: ClusterObservabilityPlaneReference | None = None
    """Plane that receives logs, metrics and alerts."""


class ClusterWorkflowPlane(Kind):
    """A workflow plane for all namespaces."""

    kind: Literal["ClusterWorkflowPlane"]
    """Kind of the resource."""
    spec: ClusterWorkflowPlaneSpec
    """The cluster."""
