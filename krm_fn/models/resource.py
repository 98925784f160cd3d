"""Resource."""

from __future__ import annotations

from typing import Literal

from krm_fn.models.part import Kind, Part, Raw
from krm_fn.models.references import ProjectOwner, ResourceTypeReference


class ResourceSpec(Part):
    """What a resource is."""

    owner: ProjectOwner
    """Project of the resource."""
    type: ResourceTypeReference
    """Type of the resource."""
    parameters: Raw = None
    """Values for the type's parameters schema."""


class Resource(Kind):
    """A database, queue or the like that components of a project use."""

    kind: Literal["Resource"]
    """Kind of the resource."""
    spec: ResourceSpec
    """What the resource is."""
