"""DeploymentPipeline."""

from __future__ import annotations

from typing import Literal

from krm_fn.models.part import Kind, Part
from krm_fn.models.references import EnvironmentReference


class PromotionPath(Part):
    """The environments that follow one environment."""

    source_environment_ref: EnvironmentReference
    """Environment that releases come from."""
    target_environment_refs: list[EnvironmentReference]
    """Environments that they may be promoted to."""


class DeploymentPipelineSpec(Part):
    """The order of environments."""

    promotion_paths: list[PromotionPath] | None = None
    """Steps from environment to environment."""


class DeploymentPipeline(Kind):
    """The way of a release through the environments."""

    kind: Literal["DeploymentPipeline"]
    """Kind of the resource."""
    spec: DeploymentPipelineSpec | None = None
    """The order of environments."""
