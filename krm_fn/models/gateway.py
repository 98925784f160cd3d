"""Gateways of data planes and environments."""

from __future__ import annotations

from krm_fn.models.part import Part, Port, Text


class GatewayListener(Part):
    """One listener of a gateway."""

    listener_name: str | None = None
    """Section name of the listener on the Gateway resource."""
    port: Port
    """Port of the listener."""
    host: Text
    """Host name, or the domain below which host names are made."""


class GatewayEndpoint(Part):
    """One Gateway resource and its listeners."""

    name: Text
    """Name of the Gateway resource."""
    namespace: Text
    """Namespace of the Gateway resource."""
    http: GatewayListener | None = None
    """Plain listener."""
    https: GatewayListener | None = None
    """Listener that terminates TLS."""
    tls: GatewayListener | None = None
    """Listener that passes TLS through."""


class GatewayNetwork(Part):
    """The gateways of one direction of traffic."""

    external: GatewayEndpoint | None = None
    """Gateway that the Internet reaches."""
    internal: GatewayEndpoint | None = None
    """Gateway that only the organisation reaches."""


class GatewaySpec(Part):
    """All gateways of a data plane or environment."""

    ingress: GatewayNetwork | None = None
    """Gateways of incoming traffic."""
    egress: GatewayNetwork | None = None
    """Gateways of outgoing traffic."""
