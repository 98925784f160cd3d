"""ComponentRelease."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from krm_fn.models.component import ComponentTrait
from krm_fn.models.component_type import ComponentTypeSpec
from krm_fn.models.part import Kind, Part, Raw, Text
from krm_fn.models.references import ComponentOwner
from krm_fn.models.trait import TraitSpec
from krm_fn.models.workload import WorkloadTemplate


class FrozenComponentType(Part):
    """The type of a component as it was when the release was cut."""

    kind: Literal["ComponentType", "ClusterComponentType"]
    """Kind of the type."""
    name: Text
    """Workload type and name of the type, as in `deployment/service`."""
    spec: ComponentTypeSpec
    """Its content."""


class FrozenTrait(Part):
    """A trait as it was when the release was cut."""

    kind: Literal["Trait", "ClusterTrait"]
    """Kind of the trait."""
    name: Text
    """Name of the trait."""
    spec: TraitSpec
    """Its content."""


class ComponentProfile(Part):
    """What the component itself said."""

    parameters: Raw = None
    """Parameters of the component."""
    traits: list[ComponentTrait] | None = None
    """Traits that the component uses."""


class ComponentReleaseSpec(Part):
    """A frozen component."""

    owner: ComponentOwner
    """Component of the release."""
    component_type: FrozenComponentType
    """Type of the component."""
    traits: Annotated[list[FrozenTrait], Field(max_length=100)] | None = None
    """Every trait that the type embeds or the component uses."""
    component_profile: ComponentProfile | None = None
    """Parameters and traits of the component."""
    workload: WorkloadTemplate
    """What the component runs."""


class ComponentRelease(Kind):
    """A component frozen for deployment."""

    kind: Literal["ComponentRelease"]
    """Kind of the resource."""
    spec: ComponentReleaseSpec
    """The frozen component."""
