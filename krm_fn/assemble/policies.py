"""The network policy that every component gets (spec: binding §2.10, rendering §3.15)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from krm_fn.catalog import mapping, sequence, text
from krm_fn.identity import NAME_LIMIT, kubernetes_name, labels
from krm_fn.resolve import ComponentJob

_HTTP_TYPES = frozenset({"HTTP", "GraphQL", "Websocket", "gRPC"})
_CILIUM_NAMESPACE = {"key": "k8s:io.kubernetes.pod.namespace", "operator": "Exists"}


@dataclass(frozen=True, slots=True)
class _Port:
    number: int
    protocol: str
    http: bool
    visibility: tuple[str, ...]


def network_policy(
    job: ComponentJob, namespace: str, selectors: Mapping[str, object]
) -> dict[str, object]:
    """Build the policy of a component, in Cilium's form where the data plane says so.

    `namespace` is the cell namespace, `selectors` the pod selectors of the component.
    """
    name = f"openchoreo-{job.component}"
    if len(name.encode()) > NAME_LIMIT:
        name = kubernetes_name(NAME_LIMIT, ("openchoreo", job.component))
    metadata: dict[str, object] = {"name": name, "namespace": namespace}
    ports = _ports(job)
    provider = job.environment.data_plane.annotations.get(labels.NETWORK_POLICY_PROVIDER)
    if provider == "cilium":
        return _cilium(job, metadata, selectors, ports)
    return _kubernetes(job, metadata, selectors, ports)


def _ports(job: ComponentJob) -> list[_Port]:
    endpoints = mapping(job.snapshot.workload.get("endpoints"))
    ports: list[_Port] = []
    for name in sorted(endpoints):
        endpoint = mapping(endpoints[name])
        kind = text(endpoint.get("type"))
        number = endpoint.get("port")
        ports.append(
            _Port(
                int(number) if isinstance(number, int | float) else 0,
                "UDP" if kind == "UDP" else "TCP",
                kind in _HTTP_TYPES,
                tuple(text(item) for item in sequence(endpoint.get("visibility"))),
            )
        )
    return ports


def _groups(ports: list[_Port]) -> tuple[list[_Port], list[_Port], list[_Port]]:
    """Ports for the own cell, for the control-plane namespace, for gateways.

    A port that is both internal and external stands twice among the last, as in the reference.
    """
    cell = ports
    namespace = [port for port in ports if "namespace" in port.visibility]
    gateways = [
        port for port in ports for item in port.visibility if item in ("internal", "external")
    ]
    return cell, namespace, gateways


def _environment_labels(job: ComponentJob) -> dict[str, object]:
    return {labels.NAMESPACE: job.namespace, labels.ENVIRONMENT: job.environment.name}


def _kubernetes(
    job: ComponentJob,
    metadata: dict[str, object],
    selectors: Mapping[str, object],
    ports: list[_Port],
) -> dict[str, object]:
    cell, namespace, gateways = _groups(ports)
    peers: list[tuple[list[_Port], dict[str, object]]] = [
        (cell, {"podSelector": {}}),
        (namespace, {"namespaceSelector": {"matchLabels": _environment_labels(job)}}),
        (
            gateways,
            {
                "namespaceSelector": {},
                "podSelector": {
                    "matchExpressions": [{"key": labels.SYSTEM_COMPONENT, "operator": "Exists"}]
                },
            },
        ),
    ]
    ingress: list[object] = [
        {
            "from": [peer],
            "ports": [{"protocol": port.protocol, "port": port.number} for port in group],
        }
        for group, peer in peers
        if group
    ]
    spec: dict[str, object] = {
        "podSelector": {"matchLabels": dict(selectors)},
        "policyTypes": ["Ingress"],
    }
    if ingress:
        spec["ingress"] = ingress
    return {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "NetworkPolicy",
        "metadata": metadata,
        "spec": spec,
    }


def _cilium(
    job: ComponentJob,
    metadata: dict[str, object],
    selectors: Mapping[str, object],
    ports: list[_Port],
) -> dict[str, object]:
    cell, namespace, gateways = _groups(sorted(ports, key=lambda port: str(port.number)))
    system = {"key": labels.SYSTEM_COMPONENT, "operator": "Exists"}
    peers: list[tuple[list[_Port], dict[str, object]]] = [
        (cell, {}),
        (
            namespace,
            {
                "matchLabels": _environment_labels(job),
                "matchExpressions": [dict(_CILIUM_NAMESPACE)],
            },
        ),
        (gateways, {"matchExpressions": [system, dict(_CILIUM_NAMESPACE)]}),
    ]
    return {
        "apiVersion": "cilium.io/v2",
        "kind": "CiliumNetworkPolicy",
        "metadata": metadata,
        "spec": {
            "endpointSelector": {"matchLabels": dict(selectors)},
            "ingress": [
                {"fromEndpoints": [peer], "toPorts": _to_ports(group)}
                for group, peer in peers
                if group
            ],
        },
    }


def _to_ports(ports: list[_Port]) -> list[object]:
    http = [port for port in ports if port.http]
    plain = [port for port in ports if not port.http]
    groups: list[object] = []
    if http:
        groups.append({"ports": _cilium_ports(http), "rules": {"http": [{}]}})
    if plain:
        groups.append({"ports": _cilium_ports(plain)})
    return groups


def _cilium_ports(ports: list[_Port]) -> list[object]:
    return [{"port": str(port.number), "protocol": port.protocol} for port in ports]
