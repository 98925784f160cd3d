"""URLs of endpoints by route kind, type and listener (spec: binding §2.5, §2.8, §2.9)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from krm_fn.connections.dependencies import _address, choose_url
from krm_fn.connections.endpoints import Endpoint, EndpointUrl, published_endpoints
from krm_fn.connections.resources import ResourceOutput, resource_item

_LISTENERS = {name: {"port": 1000 + at} for at, name in enumerate(("http", "https", "tls"))}
_SIDES = {"ingress": {"external": _LISTENERS, "internal": _LISTENERS}}


def _published(
    endpoints: dict[str, Any], *resources: Any, plane: Any = _SIDES, own: Any = None
) -> dict[str, Endpoint]:
    environment = SimpleNamespace(gateway=own, data_plane=SimpleNamespace(gateway=plane))
    job: Any = SimpleNamespace(
        snapshot=SimpleNamespace(workload={"endpoints": endpoints}), environment=environment
    )
    return published_endpoints(job, resources, "cluster.local")


def _route(kind: str, side: str = "external", **annotations: str) -> Any:
    labels = {"openchoreo.dev/endpoint-name": "api"}
    if side:
        labels["openchoreo.dev/endpoint-visibility"] = side
    return {
        "apiVersion": "gateway.networking.k8s.io/v1",
        "kind": kind,
        "metadata": {"labels": labels, "annotations": annotations},
        "spec": {
            "hostnames": ["api.example.com"],
            "rules": [{"matches": [{"path": {"value": "/cart-api"}}]}],
        },
    }


def _service(name: str, *ports: int) -> Any:
    return {
        "apiVersion": "v1",
        "kind": "Service",
        "metadata": {"name": name, "namespace": "cell"},
        "spec": {"ports": [{"port": port} for port in ports]},
    }


@pytest.mark.parametrize(
    ("kind", "type_", "schemes"),
    [
        ("HTTPRoute", "HTTP", {"http": "http", "https": "https"}),
        ("HTTPRoute", "GraphQL", {"http": "http", "https": "https"}),
        ("HTTPRoute", "Websocket", {"http": "ws", "https": "wss"}),
        ("HTTPRoute", "gRPC", {"http": "grpc", "https": "grpcs"}),
        ("HTTPRoute", "TCP", None),
        ("HTTPRoute", "UDP", None),
        ("GRPCRoute", "gRPC", {"http": "grpc", "https": "grpcs"}),
        ("GRPCRoute", "HTTP", None),
        ("TLSRoute", "HTTP", {"tls": "https"}),
        ("TLSRoute", "GraphQL", {"tls": "https"}),
        ("TLSRoute", "Websocket", {"tls": "wss"}),
        ("TLSRoute", "gRPC", {"tls": "grpcs"}),
        ("TLSRoute", "TCP", {"tls": "tls"}),
        ("TLSRoute", "UDP", None),
        ("TCPRoute", "TCP", None),
    ],
)
def test_gateway_urls(kind: str, type_: str, schemes: dict[str, str] | None) -> None:
    found = _published({"api": {"type": type_, "port": 80}}, _route(kind))
    if schemes is None:
        assert found == {}
        return
    path = "/cart-api" if kind == "HTTPRoute" else ""
    assert found["api"].external == {
        listener: EndpointUrl(scheme, "api.example.com", _LISTENERS[listener]["port"], path)
        for listener, scheme in schemes.items()
    }


@pytest.mark.parametrize("side", ["", "internal", "else"])
def test_what_is_not_external_is_internal(side: str) -> None:
    found = _published({"api": {"type": "HTTP", "port": 80}}, _route("HTTPRoute", side))["api"]
    assert found.internal
    assert not found.external


def test_the_annotation_wins_over_the_path() -> None:
    route = _route("HTTPRoute", **{"openchoreo.dev/endpoint-base-path": "/own"})
    found = _published({"api": {"type": "HTTP", "port": 80}}, route)
    assert {url.path for url in found["api"].external.values()} == {"/own"}


def test_an_environment_with_any_ingress_replaces_the_plane() -> None:
    own = {"ingress": {"external": {"https": {"port": 9443}}}}
    routes = (_route("HTTPRoute"), _route("HTTPRoute", "internal"))
    found = _published({"api": {"type": "HTTP", "port": 80}}, *routes, own=own)["api"]
    assert list(found.external) == ["https"]
    assert found.internal == {}


def test_the_service_with_most_ports_is_taken_and_the_first_of_equals() -> None:
    endpoints = {
        "a": {"type": "HTTP", "port": 80, "basePath": "/v1"},
        "b": {"type": "UDP", "port": 53},
    }
    found = _published(endpoints, _service("x", 80), _service("y", 80, 53), _service("z", 53, 80))
    assert found["a"].service == EndpointUrl("http", "y.cell.svc.cluster.local", 80, "/v1")
    assert found["b"].service == EndpointUrl("udp", "y.cell.svc.cluster.local", 53)
    assert _published(endpoints) == {}


def test_urls_by_visibility() -> None:
    url = EndpointUrl("tls", "h", 1)
    endpoint = Endpoint("api", "HTTP", service=EndpointUrl("http", "s", 80), external={"tls": url})
    assert choose_url(endpoint, "project") == choose_url(endpoint, "namespace") == endpoint.service
    assert choose_url(endpoint, "external") == url
    assert choose_url(endpoint, "internal") is None


@pytest.mark.parametrize(
    ("scheme", "path", "expected"),
    [("http", "/v1", "http://h:80/v1"), ("wss", "v1", "wss://h:80/v1"), ("grpc", "", "h:80")],
)
def test_addresses(scheme: str, path: str, expected: str) -> None:
    assert _address(EndpointUrl(scheme, "h", 80, path), "80") == expected


def test_resource_dependencies_are_all_or_nothing() -> None:
    outputs = {
        "conf": ResourceOutput("configMapKeyRef", name="r-db-development-fd7f47f0-cm", key="c"),
        "password": ResourceOutput("secretKeyRef", name="r-db-development-fd7f47f0-creds", key="p"),
        "url": ResourceOutput("value", value="tcp://db"),
    }
    files = {"password": "/etc/p", "conf": "/etc/c"}
    item, problem = resource_item(
        {"ref": "db", "envBindings": {"url": "URL"}, "fileBindings": files}, outputs
    )
    assert problem == ""
    assert item == {
        "ref": "db",
        "envVars": [{"name": "URL", "value": "tcp://db"}],
        "volumeMounts": [
            {"name": "r-af5988b8", "mountPath": "/etc/c", "subPath": "c"},
            {"name": "r-c06f3eab", "mountPath": "/etc/p", "subPath": "p"},
        ],
        "volumes": [
            {"name": "r-af5988b8", "configMap": {"name": "r-db-development-fd7f47f0-cm"}},
            {"name": "r-c06f3eab", "secret": {"secretName": "r-db-development-fd7f47f0-creds"}},
        ],
    }
    for broken in ({"fileBindings": {"url": "/u"}}, {"envBindings": {"no": "N", "url": "U"}}):
        assert resource_item({"ref": "db", **broken}, outputs)[0] is None
