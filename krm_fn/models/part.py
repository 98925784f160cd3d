"""What every model is built from: base classes and the field types of the Kubernetes API."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema
from pydantic.alias_generators import to_camel

_PRESERVE = "x-kubernetes-preserve-unknown-fields"

Raw = Annotated[Any, WithJsonSchema({_PRESERVE: True})]
"""Any JSON value."""

RawObject = Annotated[dict[str, Any], WithJsonSchema({"type": "object", _PRESERVE: True})]
"""Any JSON object."""

Text = Annotated[str, Field(min_length=1)]
"""A string that is not empty."""

Name = Annotated[str, Field(min_length=1, max_length=63)]
"""The name of another resource."""

DnsLabel = Annotated[
    str, Field(min_length=1, max_length=63, pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
]
"""A DNS-1123 label: lower-case letters, digits and dashes."""

Port = Annotated[int, Field(ge=1, le=65535, json_schema_extra={"format": "int32"})]
"""A network port."""

Expression = Annotated[str, Field(pattern=r"^\$\{[\s\S]+\}\s*$")]
"""One whole `${…}` expression."""

Variable = Annotated[str, Field(pattern=r"^[a-zA-Z_][a-zA-Z0-9_]*$")]
"""The name of a loop variable."""

LabelValue = Annotated[
    str, Field(max_length=63, pattern=r"^(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?$")
]
"""The value of a Kubernetes label."""

TargetPlane = Literal["dataplane", "observabilityplane"]
"""The plane whose cluster receives a resource."""


class Part(BaseModel):
    """A part of a resource. Python names are snake_case, document names camelCase."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=True,
        extra="allow",
        use_attribute_docstrings=True,
    )


class ObjectMeta(Part):
    """Name, namespace, labels and annotations of a resource."""

    name: (
        Annotated[
            str,
            Field(
                min_length=1,
                max_length=253,
                pattern=r"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
            ),
        ]
        | None
    ) = None
    """Name, unique among the resources of one kind in one namespace."""
    namespace: DnsLabel | None = None
    """Namespace of the control plane. Default: `default`. Absent for cluster-scoped kinds."""
    labels: dict[str, LabelValue] | None = None
    """Labels."""
    annotations: dict[str, str] | None = None
    """Annotations."""
    uid: str | None = None
    """Identity in a live cluster; used as it is where present."""
    generate_name: str | None = None
    """Prefix of a generated name (nothing that Git can pin)."""
    creation_timestamp: Raw = None
    """Written by the API server."""
    deletion_timestamp: Raw = None
    """Written by the API server."""
    deletion_grace_period_seconds: Raw = None
    """Written by the API server."""
    resource_version: str | None = None
    """Written by the API server."""
    generation: int | None = None
    """Written by the API server."""
    self_link: str | None = None
    """Written by old API servers."""
    finalizers: list[str] | None = None
    """Written by controllers."""
    owner_references: list[RawObject] | None = None
    """Written by controllers."""
    managed_fields: list[RawObject] | None = None
    """Written by the API server."""


class Kind(Part):
    """A resource of `openchoreo.dev/v1alpha1`."""

    api_version: str
    """API group and version."""
    kind: str
    """Kind of the resource."""
    metadata: ObjectMeta
    """Name, namespace, labels and annotations."""
    status: RawObject | None = None
    """Written by controllers; nothing in Git."""
