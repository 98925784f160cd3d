"""The URLs under which a component can be reached (spec: binding §2.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from krm_fn.catalog import mapping, sequence, text
from krm_fn.identity import labels
from krm_fn.resolve import ComponentJob

_GATEWAY_GROUP = "gateway.networking.k8s.io/"

# Which endpoint types a route kind serves, and the listeners that give it URLs.
_ROUTES: Mapping[str, tuple[frozenset[str], tuple[str, ...]]] = {
    "HTTPRoute": (frozenset({"HTTP", "GraphQL", "Websocket", "gRPC"}), ("http", "https")),
    "GRPCRoute": (frozenset({"gRPC"}), ("http", "https")),
    "TLSRoute": (frozenset({"HTTP", "GraphQL", "Websocket", "gRPC", "TCP"}), ("tls",)),
}

_PLAIN_SCHEMES = {"HTTP": "http", "GraphQL": "http", "Websocket": "ws", "gRPC": "grpc"}
_SECURE_SCHEMES = {
    "HTTP": "https",
    "GraphQL": "https",
    "Websocket": "wss",
    "gRPC": "grpcs",
    "TCP": "tls",
}
_SERVICE_SCHEMES = {**_PLAIN_SCHEMES, "TCP": "tcp", "UDP": "udp"}


@dataclass(frozen=True, slots=True)
class EndpointUrl:
    """One URL. `port` is 0 when unknown, `path` may be empty."""

    scheme: str
    host: str
    port: int
    path: str = ""


@dataclass(slots=True)
class Endpoint:
    """What a binding's `status.endpoints` says of one endpoint.

    `external` and `internal` map a listener (`http`, `https`, `tls`) to its URL.
    """

    name: str
    type: str
    service: EndpointUrl | None = None
    external: dict[str, EndpointUrl] = field(default_factory=dict)
    internal: dict[str, EndpointUrl] = field(default_factory=dict)


def published_endpoints(
    job: ComponentJob, resources: Iterable[Mapping[str, object]], cluster_domain: str
) -> dict[str, Endpoint]:
    """Read the endpoints of a component from its rendered data-plane resources, by name.

    The endpoints are those of the release's workload. `resources` are in their final order.
    """
    declared = mapping(job.snapshot.workload.get("endpoints"))
    if not declared:
        return {}
    ordered = list(resources)
    found: dict[str, Endpoint] = {}
    for resource in ordered:
        _add_route(job, resource, declared, found)
    service = _main_service([item for item in ordered if _is_service(item)], declared)
    if service is not None:
        _add_service(service, declared, found, cluster_domain)
    return {name: found[name] for name in sorted(found)}


def _add_route(
    job: ComponentJob,
    resource: Mapping[str, object],
    declared: Mapping[str, object],
    found: dict[str, Endpoint],
) -> None:
    kind = text(resource.get("kind"))
    if kind not in _ROUTES or not text(resource.get("apiVersion")).startswith(_GATEWAY_GROUP):
        return
    metadata = mapping(resource.get("metadata"))
    marks = mapping(metadata.get("labels"))
    name = text(marks.get(labels.ENDPOINT_NAME))
    endpoint_type = text(mapping(declared.get(name)).get("type"))
    types, listeners = _ROUTES[kind]
    if endpoint_type not in types:
        return
    entry = found.setdefault(name, Endpoint(name, endpoint_type))
    side = "external" if marks.get(labels.ENDPOINT_VISIBILITY) == "external" else "internal"
    hostnames = sequence(mapping(resource.get("spec")).get("hostnames"))
    gateway = _url_gateway(job, side)
    if not hostnames or not gateway:
        return
    path = text(mapping(metadata.get("annotations")).get(labels.ENDPOINT_BASE_PATH))
    if not path and kind == "HTTPRoute":
        path = _first_path(resource)
    urls: dict[str, EndpointUrl] = {}
    for listener in listeners:
        config = mapping(gateway.get(listener))
        if config:
            schemes = _PLAIN_SCHEMES if listener == "http" else _SECURE_SCHEMES
            urls[listener] = EndpointUrl(
                schemes.get(endpoint_type, ""),
                text(hostnames[0]),
                _port(config.get("port")),
                path,
            )
    if side == "external":
        entry.external = urls
    else:
        entry.internal = urls


def _url_gateway(job: ComponentJob, side: str) -> Mapping[str, object]:
    """The gateway endpoint for URLs: an environment with any ingress replaces the plane's whole."""
    environment = mapping((job.environment.gateway or {}).get("ingress"))
    plane = mapping((job.environment.data_plane.gateway or {}).get("ingress"))
    return mapping((environment or plane).get(side))


def _first_path(route: Mapping[str, object]) -> str:
    rules = sequence(mapping(route.get("spec")).get("rules"))
    matches = sequence(mapping(rules[0]).get("matches")) if rules else []
    return text(mapping(mapping(matches[0]).get("path")).get("value")) if matches else ""


def _is_service(resource: Mapping[str, object]) -> bool:
    return resource.get("apiVersion") == "v1" and resource.get("kind") == "Service"


def _ports(service: Mapping[str, object]) -> list[int]:
    ports = sequence(mapping(service.get("spec")).get("ports"))
    return [_port(mapping(port).get("port")) for port in ports]


def _main_service(
    services: list[Mapping[str, object]], declared: Mapping[str, object]
) -> Mapping[str, object] | None:
    """The Service with most ports that belong to endpoints; the first of equals."""
    if not services:
        return None
    wanted = {_port(mapping(endpoint).get("port")) for endpoint in declared.values()}
    return max(services, key=lambda service: sum(port in wanted for port in _ports(service)))


def _add_service(
    service: Mapping[str, object],
    declared: Mapping[str, object],
    found: dict[str, Endpoint],
    cluster_domain: str,
) -> None:
    metadata = mapping(service.get("metadata"))
    host = f"{text(metadata.get('name'))}.{text(metadata.get('namespace'))}.svc.{cluster_domain}"
    ports = _ports(service)
    for name in sorted(declared):
        endpoint = mapping(declared[name])
        port = _port(endpoint.get("port"))
        if port not in ports:
            continue
        endpoint_type = text(endpoint.get("type"))
        entry = found.setdefault(name, Endpoint(name, endpoint_type))
        scheme = _SERVICE_SCHEMES.get(endpoint_type, "")
        entry.service = EndpointUrl(scheme, host, port, text(endpoint.get("basePath")))


def _port(value: object) -> int:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else 0
