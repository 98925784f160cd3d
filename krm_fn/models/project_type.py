"""ProjectType and ClusterProjectType."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from krm_fn.models.part import Kind, Part
from krm_fn.models.templates import ResourceTemplate, SchemaSection, ValidationRule

_BY_ID = {"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["id"]}


class ProjectTypeSpec(Part):
    """How projects of a type are rendered."""

    parameters: SchemaSection | None = None
    """Schema of Project.spec.parameters."""
    environment_configs: SchemaSection | None = None
    """Schema of the values that a ProjectReleaseBinding sets per environment."""
    validations: list[ValidationRule] | None = None
    """Conditions that must hold before rendering."""
    resources: Annotated[list[ResourceTemplate], Field(min_length=1, json_schema_extra=_BY_ID)]
    """Resources to render, the project's namespace among them."""


class ProjectType(Kind):
    """A platform team's recipe for a sort of project."""

    kind: Literal["ProjectType"]
    """Kind of the resource."""
    spec: ProjectTypeSpec
    """How projects of this type are rendered."""


class ClusterProjectType(Kind):
    """A project type for all namespaces."""

    kind: Literal["ClusterProjectType"]
    """Kind of the resource."""
    spec: ProjectTypeSpec
    """How projects of this type are rendered."""
