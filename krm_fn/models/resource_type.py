"""ResourceType and ClusterResourceType."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from krm_fn.models.part import Expression, Kind, Part, RawObject, Text
from krm_fn.models.references import KeyReference
from krm_fn.models.templates import SchemaSection

_BY_NAME = {"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"]}
_BY_ID = {"x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["id"]}

RetainPolicy = Literal["Delete", "Retain"]


class ResourceOutput(Part):
    """A value that workloads may use; exactly one source is set."""

    name: Text
    """Name of the output, unique in the type."""
    value: str | None = None
    """Text, possibly with expressions."""
    secret_key_ref: KeyReference | None = None
    """Key of a Secret of the data plane."""
    config_map_key_ref: KeyReference | None = None
    """Key of a ConfigMap of the data plane."""


class ResourceManifest(Part):
    """A Kubernetes resource that a type renders."""

    id: Text
    """Name of the template, unique in the type."""
    include_when: Expression | None = None
    """Boolean expression; the resource is left out when it is false."""
    ready_when: Expression | None = None
    """Boolean expression over the live resource."""
    template: RawObject
    """The resource, with `${…}` expressions in keys and values."""


class ResourceTypeSpec(Part):
    """How resources of a type are rendered."""

    parameters: SchemaSection | None = None
    """Schema of Resource.spec.parameters."""
    environment_configs: SchemaSection | None = None
    """Schema of the values that a ResourceReleaseBinding sets per environment."""
    retain_policy: RetainPolicy = "Delete"
    """What becomes of the rendered resources when the binding is deleted."""
    outputs: Annotated[list[ResourceOutput], Field(json_schema_extra=_BY_NAME)] | None = None
    """Values that workloads may use."""
    resources: Annotated[list[ResourceManifest], Field(min_length=1, json_schema_extra=_BY_ID)]
    """Resources to render."""


class ResourceType(Kind):
    """A platform team's recipe for a sort of resource."""

    kind: Literal["ResourceType"]
    """Kind of the resource."""
    spec: ResourceTypeSpec
    """How resources of this type are rendered."""


class ClusterResourceType(Kind):
    """A resource type for all namespaces."""

    kind: Literal["ClusterResourceType"]
    """Kind of the resource."""
    spec: ResourceTypeSpec
    """How resources of this type are rendered."""
