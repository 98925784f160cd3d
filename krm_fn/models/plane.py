"""What all planes share."""

from __future__ import annotations

from pydantic import Field

from krm_fn.models.part import Part, Text


class SecretLocation(Part):
    """A key of a Secret of the control plane."""

    name: str
    """Name of the Secret."""
    namespace: str | None = None
    """Namespace of the Secret. Default: that of the plane."""
    key: str
    """Key inside the Secret."""


class ValueFrom(Part):
    """A value, inline or from a Secret."""

    secret_ref: SecretLocation | None = None
    """Where the value is kept."""
    value: str | None = None
    """The value itself."""


class ClusterAgent(Part):
    """How the cluster of a plane talks to the control plane."""

    client_ca: ValueFrom = Field(alias="clientCA")
    """Certificate authority of the agent's client certificate."""


class SecretStoreReference(Part):
    """The ClusterSecretStore that External Secrets reads from."""

    name: Text
    """Name of the store."""
