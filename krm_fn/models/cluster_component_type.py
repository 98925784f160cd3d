"""ClusterComponentType."""

from __future__ import annotations

from typing import Literal

from krm_fn.models.component_type import ComponentTypeBody
from krm_fn.models.part import Kind, Part, Raw, Text
from krm_fn.models.references import ClusterTraitReference, ClusterWorkflowReference


class ClusterEmbeddedTrait(Part):
    """A cluster-scoped trait that every component of a type has."""

    kind: Literal["ClusterTrait"] = "ClusterTrait"
    """Kind of the trait."""
    name: Text
    """Name of the trait."""
    instance_name: Text
    """Name of this use, unique in the type."""
    parameters: Raw = None
    """Values for the trait's parameters; may hold `${…}` expressions."""
    environment_configs: Raw = None
    """Values for the trait's environmentConfigs; may hold `${…}` expressions."""


class ClusterComponentTypeSpec(ComponentTypeBody):
    """How components of a type are rendered."""

    allowed_workflows: list[ClusterWorkflowReference] | None = None
    """Workflows that may build components of this type."""
    traits: list[ClusterEmbeddedTrait] | None = None
    """Traits that every component of this type has."""
    allowed_traits: list[ClusterTraitReference] | None = None
    """Traits that components of this type may use."""


class ClusterComponentType(Kind):
    """A component type for all namespaces."""

    kind: Literal["ClusterComponentType"]
    """Kind of the resource."""
    spec: ClusterComponentTypeSpec
    """How components of this type are rendered."""
