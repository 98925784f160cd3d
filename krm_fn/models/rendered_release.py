"""RenderedRelease."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from krm_fn.models.part import Kind, Part, Raw, TargetPlane, Text
from krm_fn.models.references import ProjectOwner

Duration = Annotated[str, Field(pattern=r"^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$")]


class RenderedOwner(ProjectOwner):
    """Whose resources these are: a component's, a resource's, or the project's own."""

    component_name: str | None = None
    """Name of the Component."""
    resource_name: str | None = None
    """Name of the Resource."""


class RenderedManifest(Part):
    """One rendered resource."""

    id: Text
    """Name inside the release."""
    object: Raw
    """The resource."""


class RenderedReleaseSpec(Part):
    """What is to run in the cluster of one plane."""

    owner: RenderedOwner
    """Whose resources these are."""
    environment_name: Text
    """Name of the environment."""
    resources: list[RenderedManifest] | None = None
    """The rendered resources."""
    interval: Duration | None = None
    """Time between two looks at a stable release."""
    progressing_interval: Duration | None = None
    """Time between two looks at a changing release."""
    target_plane: TargetPlane = "dataplane"
    """Plane whose cluster receives the resources."""


class RenderedRelease(Kind):
    """The rendered resources of a binding."""

    kind: Literal["RenderedRelease"]
    """Kind of the resource."""
    spec: RenderedReleaseSpec
    """What is to run."""
