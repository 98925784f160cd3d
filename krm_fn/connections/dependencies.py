"""Endpoint dependencies of a workload → environment variables (spec: binding §2.8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from krm_fn.catalog import mapping, sequence, text
from krm_fn.connections.endpoints import Endpoint, EndpointUrl
from krm_fn.findings import Origin
from krm_fn.resolve import ComponentJob

_ADDRESS_SCHEMES = frozenset({"http", "https", "ws", "wss", "tls"})


@dataclass(frozen=True, slots=True)
class ConnectionTarget:
    """One entry of `dependencies.endpoints`, its defaults filled in."""

    project: str
    component: str
    endpoint: str
    visibility: str
    env_bindings: Mapping[str, object]
    origin: Origin

    @property
    def text(self) -> str:
        """The target as the reference names it: `shop/cart endpoint api`."""
        return f"{self.project}/{self.component} endpoint {self.endpoint}"


def endpoint_targets(job: ComponentJob) -> list[ConnectionTarget]:
    """List the endpoint dependencies of a job's workload, in order."""
    dependencies = mapping(job.snapshot.workload.get("dependencies"))
    origin = job.snapshot.workload_origin.child("dependencies", "endpoints")
    return [
        ConnectionTarget(
            project=text(entry.get("project")) or job.project,
            component=text(entry.get("component")),
            endpoint=text(entry.get("name")),
            visibility=text(entry.get("visibility")),
            env_bindings=mapping(entry.get("envBindings")),
            origin=origin.child(index),
        )
        for index, entry in enumerate(map(mapping, sequence(dependencies.get("endpoints"))))
    ]


def choose_url(endpoint: Endpoint, visibility: str) -> EndpointUrl | None:
    """The URL that a consumer of that visibility gets; None when there is none."""
    if visibility in ("project", "namespace"):
        return endpoint.service
    if visibility == "external":
        for listener in ("https", "http", "tls"):
            if listener in endpoint.external:
                return endpoint.external[listener]
    return None


def endpoint_item(
    job: ComponentJob, target: ConnectionTarget, url: EndpointUrl | None
) -> dict[str, object]:
    """Build one entry of `dependencies.items`; a pending one (no URL) has no variables."""
    return {
        "namespace": job.namespace,
        "project": target.project,
        "component": target.component,
        "endpoint": target.endpoint,
        "visibility": target.visibility,
        "envVars": [] if url is None else _env_vars(target.env_bindings, url),
    }


def _env_vars(bindings: Mapping[str, object], url: EndpointUrl) -> list[object]:
    port = str(url.port) if url.port else ""
    values = {
        "address": _address(url, port),
        "host": url.host,
        "port": port,
        "basePath": url.path,
    }
    env_vars: list[object] = []
    for field, value in values.items():
        name = text(bindings.get(field))
        if name:
            env_vars.append({"name": name, "value": value} if value else {"name": name})
    return env_vars


def _address(url: EndpointUrl, port: str) -> str:
    prefix = f"{url.scheme}://" if url.scheme in _ADDRESS_SCHEMES else ""
    path = url.path if not url.path or url.path.startswith("/") else f"/{url.path}"
    return prefix + url.host + (f":{port}" if port else "") + path


def dependencies_variable(
    items: list[dict[str, object]], resources: list[dict[str, object]]
) -> dict[str, object]:
    """Build the `dependencies` variable from its endpoint and resource items."""
    both = [*items, *resources]
    return {
        "items": items,
        "resources": resources,
        "envVars": [variable for item in both for variable in sequence(item.get("envVars"))],
        "volumeMounts": [
            mount for item in resources for mount in sequence(item.get("volumeMounts"))
        ],
        "volumes": [volume for item in resources for volume in sequence(item.get("volumes"))],
    }
