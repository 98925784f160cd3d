"""SecretReference."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from krm_fn.models.part import Kind, Part, RawObject, Text


class RemoteReference(Part):
    """A value in the secret store."""

    key: Text
    """Path of the secret."""
    property: str | None = None
    """Field inside the secret."""
    version: str | None = None
    """Version of the secret."""


class SecretData(Part):
    """One key of the secret."""

    secret_key: Text
    """Key of the Kubernetes Secret."""
    remote_ref: RemoteReference
    """Where the value is kept."""


class SecretMetadata(Part):
    """Metadata of the Kubernetes Secret."""

    annotations: dict[str, str] | None = None
    """Annotations."""
    labels: dict[str, str] | None = None
    """Labels."""


class SecretTemplate(Part):
    """Form of the Kubernetes Secret."""

    type: Literal[
        "Opaque",
        "kubernetes.io/dockerconfigjson",
        "kubernetes.io/dockercfg",
        "kubernetes.io/basic-auth",
        "kubernetes.io/ssh-auth",
        "kubernetes.io/tls",
        "bootstrap.kubernetes.io/token",
    ] = "Opaque"
    """Type of the Secret."""
    metadata: SecretMetadata | None = None
    """Metadata of the Secret."""


class SecretReferenceSpec(Part):
    """Where secret values are kept."""

    template: SecretTemplate | None = None
    """Form of the Kubernetes Secret."""
    data: Annotated[list[SecretData], Field(min_length=1)]
    """Keys of the secret."""
    target_plane: RawObject | None = None
    """Plane that receives the secret itself."""
    refresh_interval: str = "1h"
    """Time between two looks at the store."""


class SecretReference(Kind):
    """Secret values in a store outside the cluster."""

    kind: Literal["SecretReference"]
    """Kind of the resource."""
    spec: SecretReferenceSpec
    """Where the values are kept."""
