"""Routes of endpoints, read from their API documents (spec: rendering §3.4, endpointResources)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from krm_fn.resolve import ComponentJob, Data

_MACRO = "toEndpointResources"

_SCHEMA_TYPES = {
    "openapi": "openapi",
    "openapiv3": "openapi",
    "oas": "openapi",
    "oas3": "openapi",
    "swagger": "openapi",
    "proto": "proto",
    "protobuf": "proto",
    "grpc": "proto",
}
_INFERRED = {"HTTP": "openapi", "gRPC": "proto"}
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "connect")

Route = dict[str, object]


def needs_endpoint_resources(job: ComponentJob, known: dict[int, tuple[object, bool]]) -> bool:
    """Say whether the type or any supplied trait mentions the macro anywhere in its text."""
    snapshot = job.snapshot
    specs: list[Data] = [snapshot.type_spec, *(trait.spec for trait in snapshot.traits.values())]
    return any(_mentions(spec, known) for spec in specs)


def _mentions(spec: Data, known: dict[int, tuple[object, bool]]) -> bool:
    entry = known.get(id(spec))
    if entry is None:
        entry = known[id(spec)] = (spec, _MACRO in json.dumps(spec, default=str))
    return entry[1]


def endpoint_resources(workload: Data) -> dict[str, list[Route]]:
    """Read the routes of every endpoint; endpoints without any are absent.

    A document that cannot be read gives no routes, as in the reference.
    """
    declared = workload.get("endpoints")
    endpoints = declared if isinstance(declared, Mapping) else {}
    found: dict[str, list[Route]] = {}
    for name in sorted(endpoints):
        endpoint = endpoints[name]
        routes = _routes(endpoint) if isinstance(endpoint, Mapping) else []
        if routes:
            found[name] = sorted(
                routes,
                key=lambda route: tuple(
                    str(route.get(field, "")) for field in ("kind", "service", "path", "method")
                ),
            )
    return found


def _routes(endpoint: Mapping[str, object]) -> list[Route]:
    schema = endpoint.get("schema")
    if not isinstance(schema, Mapping):
        return []
    content = schema.get("content")
    if not isinstance(content, str) or not content.strip():
        return []
    declared = re.sub(r"\s", "", str(schema.get("type") or "")).lower()
    kind = (
        _SCHEMA_TYPES.get(declared, declared)
        if declared
        else _INFERRED.get(str(endpoint.get("type")), "")
    )
    if kind == "openapi":
        return _openapi_routes(content)
    if kind == "proto":
        return _proto_routes(content)
    return []


def _openapi_routes(content: str) -> list[Route]:
    import yaml

    try:
        document = yaml.load(content, Loader=yaml.CSafeLoader)
    except yaml.YAMLError:
        return []
    paths = document.get("paths") if isinstance(document, dict) else None
    if not isinstance(paths, dict):
        return []
    return [
        {"kind": "HTTP", "method": method.upper(), "path": str(path)}
        for path, item in paths.items()
        if isinstance(item, dict)
        for method in item
        if isinstance(method, str) and method in _METHODS
    ]


_PROTO_TOKEN = re.compile(
    r"""//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|[A-Za-z_][\w.]*|[{};]""", re.DOTALL
)


def _proto_routes(content: str) -> list[Route]:
    """Read `package`, `service` and `rpc` of one file; nested messages are skipped over."""
    tokens = [
        match.group()
        for match in _PROTO_TOKEN.finditer(content)
        if not match.group().startswith(("//", "/*"))
    ]
    package = service = ""
    service_depth = depth = 0
    routes: list[Route] = []
    for index, token in enumerate(tokens):
        following = tokens[index + 1] if index + 1 < len(tokens) else ""
        if token == "{":
            depth += 1
        elif token == "}":
            depth -= 1
            if service and depth < service_depth:
                service = ""
        elif token == "package" and depth == 0:
            package = following
        elif token == "service" and depth == 0:
            service, service_depth = following, depth + 1
        elif token == "rpc" and service and depth == service_depth:
            full_name = f"{package}.{service}" if package else service
            routes.append({"kind": "gRPC", "service": full_name, "method": following})
    return routes if depth == 0 else []
