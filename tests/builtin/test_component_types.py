from __future__ import annotations

from typing import Any

import pytest

from tests.builtin.platform_case import (
    Data,
    binding,
    codes,
    component,
    data_plane,
    errors,
    kinds,
    objects,
    one,
    rendered,
    resource,
    validate,
    workload,
)

_ENDPOINTS = {
    "web": {"type": "HTTP", "port": 80, "visibility": ["external", "internal"]},
    "calls": {"type": "gRPC", "port": 9090, "visibility": ["external", "internal"]},
    "raw": {"type": "TCP", "port": 5432, "visibility": ["namespace"]},
}
_SECRET = resource(
    "SecretReference",
    "store",
    {
        "template": {"type": "Opaque"},
        "data": [
            {"secretKey": "password", "remoteRef": {"key": "kv/cart", "property": "password"}}
        ],
    },
)
_KEY = {"valueFrom": {"secretKeyRef": {"name": "store", "key": "password"}}}
_CONTAINER = {
    "image": "registry.example/cart:1",
    "command": ["/cart"],
    "args": ["--verbose"],
    "env": [{"key": "LEVEL", "value": "info"}, {"key": "PASSWORD", **_KEY}],
    "files": [
        {"key": "settings.yaml", "mountPath": "/etc/cart", "value": "a: 1\n"},
        {"key": "password", "mountPath": "/etc/secret", **_KEY},
    ],
}
_PROBES = {
    "readiness": {"httpGet": {"path": "/ready", "port": 8080}, "periodSeconds": 5},
    "liveness": {"tcpSocket": {"port": 8080}, "failureThreshold": 5},
    "startup": {"exec": {"command": ["/started"]}},
}
_SECURITY = {
    "runAsNonRoot": False,
    "runAsUser": 0,
    "runAsGroup": 0,
    "fsGroup": 100,
    "readOnlyRootFilesystem": True,
    "allowPrivilegeEscalation": True,
    "addCapabilities": ["NET_BIND_SERVICE"],
    "mountServiceAccountToken": True,
    "serviceAccountName": "cart",
}
_RESOURCES = {"requests": {"cpu": 2, "memory": "1Gi"}, "limits": {"cpu": "3", "memory": "2Gi"}}
_TYPES: dict[str, dict[str, Any]] = {
    "deployment/service": {"parameters": {}, "endpoints": _ENDPOINTS},
    "deployment/web-application": {"parameters": {}, "endpoints": _ENDPOINTS},
    "deployment/worker": {"parameters": {}, "endpoints": {}},
    "cronjob/scheduled-task": {"parameters": {"schedule": "*/5 * * * *"}, "endpoints": {}},
    "statefulset/database": {"parameters": {}, "endpoints": {"raw": _ENDPOINTS["raw"]}},
}
_PLAIN = {
    "deployment/service": ["Deployment", "Namespace", "NetworkPolicy", "Service"],
    "deployment/web-application": ["Deployment", "Namespace", "NetworkPolicy", "Service"],
    "deployment/worker": ["Deployment", "Namespace", "NetworkPolicy"],
    "cronjob/scheduled-task": ["CronJob", "Namespace", "NetworkPolicy"],
    "statefulset/database": ["Namespace", "NetworkPolicy", "Service", "Service", "StatefulSet"],
}


def _pod(objects_made: list[Data]) -> Data:
    for made in objects_made:
        if made["kind"] in ("Deployment", "StatefulSet"):
            return dict(made["spec"]["template"]["spec"])
        if made["kind"] == "CronJob":
            return dict(made["spec"]["jobTemplate"]["spec"]["template"]["spec"])
    raise AssertionError("no workload")


@pytest.mark.parametrize("name", _TYPES)
def test_a_component_and_a_workload_alone_render(name: str) -> None:
    given = _TYPES[name]
    result = rendered(
        component(name, parameters=given["parameters"]), workload(endpoints=given["endpoints"])
    )
    assert kinds(result) == _PLAIN[name]
    for made in objects(result):
        validate(made)
    pod = _pod(objects(result))
    (container,) = pod["containers"]
    assert pod["automountServiceAccountToken"] is False
    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}
    assert container["securityContext"]["allowPrivilegeEscalation"] is False
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert set(container["resources"]["requests"]) == {"cpu", "memory"}
    assert set(container["resources"]["limits"]) == {"memory"}
    assert not any(key.endswith("Probe") for key in container)


@pytest.mark.parametrize("name", _TYPES)
def test_everything_that_can_be_said_is_valid(name: str) -> None:
    given = _TYPES[name]
    parameters = {**given["parameters"], "security": _SECURITY, "terminationGracePeriodSeconds": 5}
    configs: Data = {"imagePullPolicy": "Always", "resources": _RESOURCES}
    if name == "cronjob/scheduled-task":
        parameters |= {
            "timeZone": "Europe/Oslo",
            "concurrencyPolicy": "Replace",
            "startingDeadlineSeconds": 60,
            "activeDeadlineSeconds": 600,
            "ttlSecondsAfterFinished": 3600,
            "restartPolicy": "OnFailure",
        }
        configs |= {"schedule": "@daily", "suspend": True}
    else:
        parameters["probes"] = _PROBES
        configs["replicas"] = 3
    if name == "statefulset/database":
        parameters["storage"] = {"mountPath": "/var/lib/data", "subPath": "data"}
        configs["storage"] = {"size": "20Gi", "className": "fast"}
    result = rendered(
        component(name, parameters=parameters),
        workload(container=_CONTAINER, endpoints=given["endpoints"]),
        binding(componentTypeEnvironmentConfigs=configs),
        _SECRET,
        data_plane(),
    )
    made = objects(result)
    for item in made:
        validate(item)
    counts = {kind: kinds(result).count(kind) for kind in kinds(result)}
    assert counts["ConfigMap"] == 2
    assert counts["ExternalSecret"] == 2
    pod = _pod(made)
    (container,) = pod["containers"]
    assert pod["serviceAccountName"] == "cart"
    assert pod["automountServiceAccountToken"] is True
    assert pod["securityContext"]["runAsUser"] == 0
    assert container["securityContext"]["capabilities"]["add"] == ["NET_BIND_SERVICE"]
    assert container["command"] == ["/cart"]
    assert container["resources"]["requests"] == {"cpu": 2, "memory": "1Gi"}
    if name != "cronjob/scheduled-task":
        assert container["readinessProbe"]["httpGet"] == {"path": "/ready", "port": 8080}
        assert counts["PodDisruptionBudget"] == 1
        assert len(pod["topologySpreadConstraints"]) == 2


def test_routes_follow_visibility_and_type() -> None:
    result = rendered(component("deployment/service"), workload(endpoints=_ENDPOINTS), data_plane())
    routes = [made for made in objects(result) if made["kind"].endswith("Route")]
    assert sorted(
        (
            made["kind"],
            made["metadata"]["labels"]["openchoreo.dev/endpoint-name"],
            made["metadata"]["labels"]["openchoreo.dev/endpoint-visibility"],
        )
        for made in routes
    ) == [
        ("GRPCRoute", "calls", "external"),
        ("GRPCRoute", "calls", "internal"),
        ("HTTPRoute", "web", "external"),
        ("HTTPRoute", "web", "internal"),
    ]
    hosts = [host for made in routes for host in made["spec"]["hostnames"]]
    assert len(set(hosts)) == 4
    assert all(host.endswith(("external.example.com", "internal.example.com")) for host in hosts)
    assert all(len(host.partition(".")[0]) <= 63 for host in hosts)


def test_hostnames_of_the_environment_win() -> None:
    result = rendered(
        component("deployment/web-application"),
        workload(endpoints={"web": {"type": "HTTP", "port": 80, "visibility": ["external"]}}),
        binding(componentTypeEnvironmentConfigs={"hostnames": ["shop.example.com"]}),
        data_plane(),
    )
    assert one(result, "HTTPRoute")["spec"]["hostnames"] == ["shop.example.com"]


def test_a_gateway_with_one_side_serves_that_side() -> None:
    plane = data_plane()
    del plane["spec"]["gateway"]["ingress"]["internal"]
    result = rendered(component("deployment/service"), workload(endpoints=_ENDPOINTS), plane)
    assert kinds(result).count("HTTPRoute") == kinds(result).count("GRPCRoute") == 1


def test_endpoints_that_share_a_port_of_the_container_list_it_once() -> None:
    endpoints = {
        name: {"type": "HTTP", "port": port, "targetPort": 8080}
        for name, port in (("a", 80), ("b", 81))
    }
    result = rendered(component("deployment/service"), workload(endpoints=endpoints))
    (container,) = _pod(objects(result))["containers"]
    assert container["ports"] == [{"containerPort": 8080, "protocol": "TCP"}]
    assert [port["port"] for port in one(result, "Service")["spec"]["ports"]] == [80, 81]


@pytest.mark.parametrize(
    ("name", "parameters", "endpoints", "said"),
    [
        ("deployment/service", {}, {}, "declares an endpoint"),
        ("deployment/worker", {}, _ENDPOINTS, "no endpoint"),
        ("deployment/web-application", {}, {"raw": _ENDPOINTS["raw"]}, "HTTP endpoint"),
        ("cronjob/scheduled-task", {}, {}, "has a schedule"),
        ("cronjob/scheduled-task", {"schedule": "often"}, {}, "schedule"),
        ("statefulset/database", {}, {}, "others connect to"),
        ("deployment/service", {"probes": {"liveness": {"httpGet": {}}}}, _ENDPOINTS, "port"),
    ],
)
def test_misuse_is_refused(name: str, parameters: Data, endpoints: Data, said: str) -> None:
    result = rendered(component(name, parameters=parameters), workload(endpoints=endpoints))
    assert any(said in message for message in errors(result)), errors(result)


def test_secrets_need_a_store() -> None:
    plane = data_plane()
    del plane["spec"]["secretStoreRef"]
    result = rendered(
        component("deployment/worker"), workload(container=_CONTAINER), _SECRET, plane
    )
    assert any("secretStoreRef" in message for message in errors(result))


def test_a_worker_with_copies_has_a_disruption_budget() -> None:
    result = rendered(
        component("deployment/worker"),
        workload(),
        binding(componentTypeEnvironmentConfigs={"replicas": 2}),
    )
    budget = one(result, "PodDisruptionBudget")
    assert budget["spec"]["maxUnavailable"] == 1
    assert "builtin-used" in codes(result)
