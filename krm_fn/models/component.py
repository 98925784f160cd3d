"""Component."""

from __future__ import annotations

from typing import Literal

from krm_fn.models.part import Kind, Part, Raw, RawObject, Text
from krm_fn.models.references import ComponentTypeReference, ProjectOwner, WorkflowReference


class ComponentTrait(Part):
    """A trait that a component uses."""

    kind: Literal["Trait", "ClusterTrait"] = "Trait"
    """Kind of the trait."""
    name: Text
    """Name of the trait."""
    instance_name: Text
    """Name of this use, unique in the component."""
    parameters: Raw = None
    """Values for the trait's parameters schema."""


class ComponentWorkflow(WorkflowReference):
    """The workflow that builds a component."""

    parameters: RawObject | None = None
    """Values for the workflow's parameters schema."""


class ComponentSpec(Part):
    """What a component is."""

    owner: ProjectOwner
    """Project of the component."""
    component_type: ComponentTypeReference
    """Type of the component."""
    auto_deploy: bool | None = None
    """Whether every change is deployed to the pipeline's first environment at once."""
    auto_build: bool | None = None
    """Whether every commit is built at once."""
    parameters: Raw = None
    """Values for the type's parameters schema."""
    traits: list[ComponentTrait] | None = None
    """Traits that the component uses."""
    workflow: ComponentWorkflow | None = None
    """Workflow that builds the component."""


class Component(Kind):
    """A deployable part of a project."""

    kind: Literal["Component"]
    """Kind of the resource."""
    spec: ComponentSpec
    """What the component is."""
