"""The `dataplane`, `environment` and `gateway` variables (spec: rendering §3.4)."""

from __future__ import annotations

from collections.abc import Mapping

from krm_fn.context.numbers import as_floats
from krm_fn.resolve import DataPlaneView, EnvironmentView

PlaneScope = dict[str, object]


def plane_scope(environment: EnvironmentView, *, cache: dict[int, PlaneScope]) -> PlaneScope:
    """Build the variables that depend on the environment alone; shared by all its components.

    `gateway` is absent when neither the environment nor the data plane has one: an expression
    that names it does not compile then.
    """
    known = cache.get(id(environment))
    if known is None:
        known = cache[id(environment)] = _build(environment)
    return known


def _build(environment: EnvironmentView) -> PlaneScope:
    scope: PlaneScope = {"dataplane": data_plane_variable(environment.data_plane)}
    variable: dict[str, object] = {}
    if environment.merged_gateway is not None:
        gateway = gateway_variable(environment.merged_gateway)
        variable["gateway"] = gateway
        scope["gateway"] = gateway
    if environment.notification_channel:
        variable["defaultNotificationChannel"] = environment.notification_channel
    scope["environment"] = variable
    return scope


def data_plane_variable(plane: DataPlaneView, *, annotations: bool = True) -> dict[str, object]:
    """Build `dataplane`. The resource pipeline has it without annotations."""
    variable: dict[str, object] = {}
    if plane.secret_store:
        variable["secretStore"] = plane.secret_store
    if plane.gateway is not None:
        variable["gateway"] = gateway_variable(plane.gateway)
    if plane.observability_plane_ref:
        variable["observabilityPlaneRef"] = dict(plane.observability_plane_ref)
    if annotations and plane.annotations:
        variable["annotations"] = dict(plane.annotations)
    return variable


def gateway_variable(gateway: Mapping[str, object]) -> object:
    """Build a gateway: known fields only, empty ones absent, numbers as floats."""
    return {
        direction: {
            side: _endpoint(endpoint)
            for side, endpoint in network.items()
            if side in ("external", "internal") and isinstance(endpoint, Mapping)
        }
        for direction, network in gateway.items()
        if isinstance(network, Mapping)
    }


def _endpoint(endpoint: Mapping[str, object]) -> dict[str, object]:
    variable: dict[str, object] = {}
    for field in ("name", "namespace"):
        if endpoint.get(field):
            variable[field] = endpoint[field]
    for field in ("http", "https", "tls"):
        listener = endpoint.get(field)
        if isinstance(listener, Mapping):
            variable[field] = {
                name: as_floats(listener[name])
                for name in ("listenerName", "port", "host")
                if listener.get(name)
            }
    return variable
