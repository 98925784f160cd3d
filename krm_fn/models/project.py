"""Project."""

from __future__ import annotations

from typing import Literal

from krm_fn.models.part import Kind, Part, Raw
from krm_fn.models.references import DeploymentPipelineReference, ProjectTypeReference


class ProjectSpec(Part):
    """What a project is."""

    deployment_pipeline_ref: DeploymentPipelineReference
    """Pipeline of the project's components."""
    type: ProjectTypeReference
    """Type of the project."""
    parameters: Raw = None
    """Values for the type's parameters schema."""


class Project(Kind):
    """A group of components with one namespace per environment."""

    kind: Literal["Project"]
    """Kind of the resource."""
    spec: ProjectSpec
    """What the project is."""
