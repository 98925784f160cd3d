"""ProjectRelease and ProjectReleaseBinding."""

from __future__ import annotations

from typing import Literal

from krm_fn.models.part import Kind, Part, Raw, Text
from krm_fn.models.project_type import ProjectTypeSpec
from krm_fn.models.references import ProjectOwner


class FrozenProjectType(Part):
    """The type of a project as it was when the release was cut."""

    kind: Literal["ProjectType", "ClusterProjectType"]
    """Kind of the type."""
    name: Text
    """Name of the type."""
    spec: ProjectTypeSpec
    """Its content."""


class ProjectReleaseSpec(Part):
    """A frozen project."""

    owner: ProjectOwner
    """Project of the release."""
    project_type: FrozenProjectType
    """Type of the project."""
    parameters: Raw = None
    """Parameters of the project."""


class ProjectRelease(Kind):
    """A project frozen for deployment."""

    kind: Literal["ProjectRelease"]
    """Kind of the resource."""
    spec: ProjectReleaseSpec
    """The frozen project."""


class ProjectReleaseBindingSpec(Part):
    """Which project release an environment has."""

    owner: ProjectOwner
    """Project of the binding."""
    environment: Text
    """Name of the environment."""
    project_release: str | None = None
    """Name of the ProjectRelease; empty means not chosen yet."""
    environment_configs: Raw = None
    """Values for the type's environmentConfigs schema."""


class ProjectReleaseBinding(Kind):
    """A project release in an environment."""

    kind: Literal["ProjectReleaseBinding"]
    """Kind of the resource."""
    spec: ProjectReleaseBindingSpec
    """Which release the environment has."""
