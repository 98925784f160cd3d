"""The workload as expressions see it, and the binding's overrides (spec: rendering §3.3, §3.4)."""

from __future__ import annotations

from collections.abc import Mapping

from krm_fn.resolve import Data

_PORT_NAME_LIMIT = 15


def merge_overrides(workload: Data, binding_spec: Data) -> Data:
    """Lay `workloadOverrides.container.env` and `.files` over the workload; by `key`.

    An override replaces the whole entry at its first place; new keys are appended in the order of
    the overrides, duplicates included; of several overrides of one known key the last wins.
    """
    overrides = binding_spec.get("workloadOverrides")
    container = overrides.get("container") if isinstance(overrides, Mapping) else None
    if not isinstance(container, Mapping):
        return workload
    base = workload.get("container")
    merged = dict(base) if isinstance(base, Mapping) else {}
    for field in ("env", "files"):
        upper = container.get(field)
        if isinstance(upper, list) and upper:
            lower = merged.get(field)
            merged[field] = merge_entries(lower if isinstance(lower, list) else [], upper)
    return {**workload, "container": merged}


def merge_entries(lower: list[object], upper: list[object]) -> list[object]:
    """Merge two lists of entries with a `key`."""
    last = {_key(entry): entry for entry in upper}
    merged: list[object] = [
        last.pop(_key(entry)) if _key(entry) in last else entry for entry in lower
    ]
    merged.extend(entry for entry in upper if _key(entry) in last)
    return merged


def _key(entry: object) -> object:
    return entry.get("key") if isinstance(entry, Mapping) else None


def workload_variable(workload: Data) -> dict[str, object]:
    """Build `workload`: `container` with image, command and args, and `endpoints`."""
    container = workload.get("container")
    variable: dict[str, object] = {}
    if isinstance(container, Mapping):
        for field in ("image", "command", "args"):
            if container.get(field):
                variable[field] = container[field]
    return {"container": variable, "endpoints": endpoints_variable(workload)}


def endpoints_variable(workload: Data) -> dict[str, object]:
    """Build `workload.endpoints`: name → endpoint with `targetPort` and `visibility` complete."""
    endpoints = workload.get("endpoints")
    if not isinstance(endpoints, Mapping):
        return {}
    return {
        name: _endpoint(endpoint)
        for name, endpoint in endpoints.items()
        if isinstance(endpoint, Mapping)
    }


def _endpoint(endpoint: Mapping[str, object]) -> dict[str, object]:
    port = _port(endpoint.get("port"))
    visibility = ["project"]
    declared = endpoint.get("visibility")
    for item in declared if isinstance(declared, list) else ():
        if item not in visibility:
            visibility.append(item)
    variable: dict[str, object] = {
        "port": port,
        "targetPort": _port(endpoint.get("targetPort")) or port,
        "type": endpoint.get("type") or "",
        "visibility": visibility,
    }
    for field in ("displayName", "basePath"):
        if endpoint.get(field):
            variable[field] = endpoint[field]
    return variable


def _port(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return 0.0
    return float(value)


def service_ports(endpoints: Mapping[str, object]) -> list[object]:
    """Build the ports of `workload.toServicePorts()` from `workload.endpoints`.

    By endpoint name; one port per (port, protocol); names are cut to what Kubernetes allows and
    made unique.
    """
    ports: list[object] = []
    taken: set[str] = set()
    seen: set[tuple[object, str]] = set()
    for name in sorted(endpoints):
        endpoint = endpoints[name]
        if not isinstance(endpoint, Mapping):
            continue
        protocol = "UDP" if endpoint["type"] == "UDP" else "TCP"
        port = endpoint["port"]
        if (port, protocol) in seen:
            continue
        seen.add((port, protocol))
        unique = _unique(_port_name(name, port), taken)
        taken.add(unique)
        ports.append(
            {
                "name": unique,
                "port": port,
                "targetPort": endpoint["targetPort"],
                "protocol": protocol,
            }
        )
    return ports


def _port_name(endpoint: str, port: object) -> str:
    lowered = endpoint.lower().replace("_", "-")
    kept = "".join(rune for rune in lowered if rune == "-" or (rune.isascii() and rune.isalnum()))
    cut = kept.strip("-")[:_PORT_NAME_LIMIT].rstrip("-")
    return cut or f"port-{int(port) if isinstance(port, float) else port}"


def _unique(name: str, taken: set[str]) -> str:
    candidate, number = name, 2
    while candidate in taken:
        suffix = f"-{number}"
        candidate = name[: _PORT_NAME_LIMIT - len(suffix)] + suffix
        number += 1
    return candidate
