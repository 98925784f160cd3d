"""ComponentType."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from krm_fn.models.part import Kind, Part, Raw, Text
from krm_fn.models.references import TraitReference, WorkflowReference
from krm_fn.models.templates import (
    PostRenderValidation,
    ResourceTemplate,
    SchemaSection,
    ValidationRule,
)


class EmbeddedTrait(Part):
    """A trait that every component of a type has."""

    kind: Literal["Trait", "ClusterTrait"] = "Trait"
    """Kind of the trait."""
    name: Text
    """Name of the trait."""
    instance_name: Text
    """Name of this use, unique in the type."""
    parameters: Raw = None
    """Values for the trait's parameters; may hold `${…}` expressions."""
    environment_configs: Raw = None
    """Values for the trait's environmentConfigs; may hold `${…}` expressions."""


class ComponentTypeBody(Part):
    """What the namespaced and the cluster-scoped type share."""

    workload_type: Literal["deployment", "statefulset", "cronjob", "job", "proxy"]
    """Kind of the workload that components of this type run as."""
    parameters: SchemaSection | None = None
    """Schema of Component.spec.parameters."""
    environment_configs: SchemaSection | None = None
    """Schema of the values that a ReleaseBinding sets per environment."""
    validations: list[ValidationRule] | None = None
    """Old name of preRenderValidations."""
    pre_render_validations: list[ValidationRule] | None = None
    """Conditions that must hold before rendering."""
    post_render_validations: list[PostRenderValidation] | None = None
    """Conditions that must hold for the rendered resources."""
    resources: Annotated[list[ResourceTemplate], Field(min_length=1)]
    """Resources to render; one has the workload type as its id."""


class ComponentTypeSpec(ComponentTypeBody):
    """How components of a type are rendered."""

    allowed_workflows: list[WorkflowReference] | None = None
    """Workflows that may build components of this type."""
    traits: list[EmbeddedTrait] | None = None
    """Traits that every component of this type has."""
    allowed_traits: list[TraitReference] | None = None
    """Traits that components of this type may use."""


class ComponentType(Kind):
    """A platform team's recipe for a sort of component."""

    kind: Literal["ComponentType"]
    """Kind of the resource."""
    spec: ComponentTypeSpec
    """How components of this type are rendered."""
