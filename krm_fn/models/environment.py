"""Environment."""

from __future__ import annotations

from typing import Literal

from krm_fn.models.gateway import GatewaySpec
from krm_fn.models.part import Kind, Part
from krm_fn.models.references import DataPlaneReference


class EnvironmentSpec(Part):
    """Where an environment lives."""

    data_plane_ref: DataPlaneReference | None = None
    """Data plane. Default: the one named `default`."""
    is_production: bool | None = None
    """Whether people depend on it."""
    gateway: GatewaySpec | None = None
    """Gateways that differ from those of the data plane."""


class Environment(Kind):
    """A stage that components are deployed to."""

    kind: Literal["Environment"]
    """Kind of the resource."""
    spec: EnvironmentSpec | None = None
    """Where the environment lives."""
