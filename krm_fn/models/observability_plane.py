"""ObservabilityPlane."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from krm_fn.models.part import DnsLabel, Kind, Part
from krm_fn.models.plane import ClusterAgent


class ObservabilityPlaneBody(Part):
    """What the namespaced and the cluster-scoped plane share."""

    cluster_agent: ClusterAgent
    """How the cluster talks to the control plane."""
    observer_url: str = Field(alias="observerURL")
    """Address of the observer."""
    rca_agent_url: str | None = Field(default=None, alias="rcaAgentURL")
    """Address of the agent that looks for root causes."""
    fin_ops_agent_url: str | None = Field(default=None, alias="finOpsAgentURL")
    """Address of the agent that looks at costs."""


class ObservabilityPlaneSpec(ObservabilityPlaneBody):
    """A cluster that receives logs, metrics and alerts."""

    plane_id: DnsLabel | None = Field(default=None, alias="planeID")
    """Identity of the cluster. Default: the name of the plane."""


class ObservabilityPlane(Kind):
    """A cluster that receives logs, metrics and alerts."""

    kind: Literal["ObservabilityPlane"]
    """Kind of the resource."""
    spec: ObservabilityPlaneSpec
    """The cluster."""
