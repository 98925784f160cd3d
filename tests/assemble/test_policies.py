"""Network policies, their quirks included (spec: binding §2.10)."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from krm_fn.assemble.policies import network_policy

_CILIUM = {"openchoreo.dev/networkpolicyprovider": "cilium"}
_ENDPOINTS = {
    "q": {"type": "UDP", "port": 5353},
    "api": {"type": "HTTP", "port": 80, "targetPort": 8080, "visibility": ["external", "internal"]},
    "grpc": {"type": "gRPC", "port": 9090, "visibility": ["namespace"]},
}


def _policy(endpoints: Any, annotations: Any = None, component: str = "cart") -> Any:
    plane = SimpleNamespace(annotations=annotations or {})
    job: Any = SimpleNamespace(
        component=component,
        namespace="acme",
        environment=SimpleNamespace(name="development", data_plane=plane),
        snapshot=SimpleNamespace(workload={"endpoints": endpoints}),
    )
    return network_policy(job, "cell", {"app": "cart"})


def _port(number: int, protocol: str = "TCP") -> dict[str, object]:
    return {"protocol": protocol, "port": number}


def test_kubernetes() -> None:
    made = _policy(_ENDPOINTS)
    assert made["metadata"] == {"name": "openchoreo-cart", "namespace": "cell"}
    cell, namespace, gateways = made["spec"]["ingress"]
    assert cell == {
        "from": [{"podSelector": {}}],
        "ports": [_port(80), _port(9090), _port(5353, "UDP")],
    }
    assert namespace["ports"] == [_port(9090)]
    selector = namespace["from"][0]["namespaceSelector"]["matchLabels"]
    assert selector == {
        "openchoreo.dev/namespace": "acme",
        "openchoreo.dev/environment": "development",
    }
    assert gateways["ports"] == [_port(80), _port(80)]


def test_without_endpoints_everything_is_denied() -> None:
    spec = _policy({})["spec"]
    assert spec == {"podSelector": {"matchLabels": {"app": "cart"}}, "policyTypes": ["Ingress"]}
    assert _policy({}, _CILIUM)["spec"]["ingress"] == []


def test_cilium_sorts_ports_as_text_and_parts_layers() -> None:
    made = _policy(_ENDPOINTS, _CILIUM)
    assert made["kind"] == "CiliumNetworkPolicy"
    cell, namespace, gateways = made["spec"]["ingress"]
    assert cell["fromEndpoints"] == [{}]
    assert cell["toPorts"] == [
        {
            "ports": [
                {"port": "80", "protocol": "TCP"},
                {"port": "9090", "protocol": "TCP"},
            ],
            "rules": {"http": [{}]},
        },
        {"ports": [{"port": "5353", "protocol": "UDP"}]},
    ]
    exists = {"key": "k8s:io.kubernetes.pod.namespace", "operator": "Exists"}
    assert namespace["fromEndpoints"][0]["matchExpressions"] == [exists]
    assert exists in gateways["fromEndpoints"][0]["matchExpressions"]


def test_long_names_are_shortened() -> None:
    name = _policy({}, component="c" * 250)["metadata"]["name"]
    assert len(name) <= 253
    assert name.startswith("openchoreo-cc")
