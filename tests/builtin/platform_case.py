"""Small repositories that lean on the built-in platform."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import kubernetes_validate
import yaml

from krm_fn.findings import Collector
from krm_fn.settings import Settings
from krm_fn.spine import RenderResult, render
from krm_fn.yamlio import parse

NAMESPACE = "acme"
KUBERNETES = "1.33"
_CUSTOM = re.compile(r"^(gateway\.networking\.k8s\.io|external-secrets\.io|openchoreo\.dev)/")

Data = dict[str, Any]


def resource(kind: str, name: str, spec: Data, *, namespace: str = NAMESPACE) -> Data:
    metadata = {"name": name, "namespace": namespace} if namespace else {"name": name}
    return {
        "apiVersion": "openchoreo.dev/v1alpha1",
        "kind": kind,
        "metadata": metadata,
        "spec": spec,
    }


def component(type_name: str, name: str = "cart", **spec: Any) -> Data:
    owner = {"owner": {"projectName": "shop"}, "componentType": {"name": type_name}}
    return resource("Component", name, {**owner, **spec})


def workload(name: str = "cart", **spec: Any) -> Data:
    given = {
        "owner": {"projectName": "shop", "componentName": name},
        "container": {"image": "registry.example/cart:1"},
    }
    return resource("Workload", name, {**given, **spec})


def binding(name: str = "cart", environment: str = "development", **spec: Any) -> Data:
    owner = {"projectName": "shop", "componentName": name}
    return resource(
        "ReleaseBinding",
        f"{name}-{environment}",
        {"owner": owner, "environment": environment, **spec},
    )


def data_plane(**spec: Any) -> Data:
    """A cluster with a gateway on both sides."""
    gateway = {
        side: {
            "name": f"gateway-{side}",
            "namespace": "gateways",
            "https": {"host": f"{side}.example.com", "port": 443},
        }
        for side in ("external", "internal")
    }
    given = {
        "planeID": "default",
        "clusterAgent": {"clientCA": {"value": "none"}},
        "secretStoreRef": {"name": "vault"},
        "gateway": {"ingress": gateway},
    }
    return resource("ClusterDataPlane", "default", {**given, **spec}, namespace="")


def rendered(*documents: Data, settings: Settings | None = None) -> RenderResult:
    findings = Collector()
    text = yaml.safe_dump_all(documents).encode()
    read = parse(text, file="repository.yaml", mode="kubernetes", findings=findings)
    return render(read, settings or Settings(), findings=findings.sorted())


def objects(result: RenderResult) -> list[Data]:
    """The objects of a render without errors."""
    assert errors(result) == []
    return [made.object for made in result.resources]


def errors(result: RenderResult) -> list[str]:
    return [str(item.message) for item in result.findings if item.severity.value == "error"]


def codes(result: RenderResult) -> set[str]:
    return {item.code for item in result.findings}


def one(result: RenderResult, kind: str) -> Data:
    (found,) = [made for made in objects(result) if made["kind"] == kind]
    return found


def kinds(result: RenderResult) -> list[str]:
    return sorted(made["kind"] for made in objects(result))


def validate(made: Mapping[str, Any]) -> None:
    """Judge an object by the strict schemas of Kubernetes; kinds of operators are left out."""
    if not _CUSTOM.match(made["apiVersion"]):
        kubernetes_validate.validate(dict(made), KUBERNETES, strict=True)
