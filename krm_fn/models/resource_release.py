"""ResourceRelease and ResourceReleaseBinding."""

from __future__ import annotations

from typing import Literal

from krm_fn.models.part import Kind, Part, Raw, Text
from krm_fn.models.references import ResourceOwner
from krm_fn.models.resource_type import ResourceTypeSpec, RetainPolicy


class FrozenResourceType(Part):
    """The type of a resource as it was when the release was cut."""

    kind: Literal["ResourceType", "ClusterResourceType"]
    """Kind of the type."""
    name: Text
    """Name of the type."""
    spec: ResourceTypeSpec
    """Its content."""


class ResourceReleaseSpec(Part):
    """A frozen resource."""

    owner: ResourceOwner
    """Resource of the release."""
    resource_type: FrozenResourceType
    """Type of the resource."""
    parameters: Raw = None
    """Parameters of the resource."""


class ResourceRelease(Kind):
    """A resource frozen for deployment."""

    kind: Literal["ResourceRelease"]
    """Kind of the resource."""
    spec: ResourceReleaseSpec
    """The frozen resource."""


class ResourceReleaseBindingSpec(Part):
    """Which resource release an environment has."""

    owner: ResourceOwner
    """Resource of the binding."""
    environment: Text
    """Name of the environment."""
    resource_release: str | None = None
    """Name of the ResourceRelease; empty means not chosen yet."""
    retain_policy: RetainPolicy | None = None
    """What becomes of the rendered resources when the binding is deleted."""
    resource_type_environment_configs: Raw = None
    """Values for the type's environmentConfigs schema."""


class ResourceReleaseBinding(Kind):
    """A resource release in an environment."""

    kind: Literal["ResourceReleaseBinding"]
    """Kind of the resource."""
    spec: ResourceReleaseBindingSpec
    """Which release the environment has."""
