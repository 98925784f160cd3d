"""A platform of one environment whose one component type makes a Deployment and a Service."""

from __future__ import annotations

from typing import Any

from tests.builtin.platform_case import Data, resource

WORKER = {
    "id": "deployment",
    "template": {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "${metadata.name}", "namespace": "${metadata.namespace}"},
        "spec": {
            "template": {
                "spec": {
                    "containers": [
                        {
                            "name": "main",
                            "image": "${workload.container.image}",
                            "env": "${dependencies.toContainerEnvs()}",
                        }
                    ]
                }
            }
        },
    },
}
PLAIN_NAME = "${metadata.componentName}"
# The name of the Service tells the length of what the first connection says, or `alone`.
MOVING_NAME = (
    '${metadata.componentName + (size(dependencies.envVars) > 0 ? "-" +'
    ' string(size(dependencies.envVars[0].value)) : "-alone")}'
)


def service(name: str) -> Data:
    return {
        "id": "service",
        "template": {
            "apiVersion": "v1",
            "kind": "Service",
            "metadata": {"name": name, "namespace": "${metadata.namespace}"},
            "spec": {"ports": "${workload.toServicePorts()}"},
        },
    }


def component_type(name: str, *resources: Data, **spec: Any) -> Data:
    return resource(
        "ComponentType",
        name,
        {"workloadType": "deployment", "resources": [WORKER, *resources], **spec},
    )


def deployed(name: str, *providers: str, type_name: str = "plain", **deployment: Any) -> list[Data]:
    """A component with the endpoint `http` on port 80 that depends on others, and its binding."""
    owner = {"projectName": "shop", "componentName": name}
    wanted = [
        {
            "component": provider,
            "name": "http",
            "visibility": "project",
            "envBindings": {"address": f"{provider.upper()}_URL"},
        }
        for provider in providers
    ]
    workload: Data = {
        "owner": owner,
        "container": {"image": "registry.example/image:1"},
        "endpoints": {"http": {"type": "HTTP", "port": 80, "visibility": ["project"]}},
    }
    if wanted:
        workload["dependencies"] = {"endpoints": wanted}
    return [
        resource(
            "Component",
            name,
            {
                "owner": {"projectName": "shop"},
                "componentType": {"name": f"deployment/{type_name}"},
            },
        ),
        resource("Workload", name, workload),
        resource(
            "ReleaseBinding",
            f"{name}-development",
            {"owner": owner, "environment": "development", **deployment},
        ),
    ]


TYPES = [
    component_type("plain", service(PLAIN_NAME)),
    component_type("moving", service(MOVING_NAME)),
]


def variables(result: Any) -> dict[str, dict[str, str]]:
    """The environment variables of every Deployment, by component."""
    found = {}
    for made in result.resources:
        if made.object["kind"] == "Deployment":
            (container,) = made.object["spec"]["template"]["spec"]["containers"]
            env = container.get("env") or []
            found[made.component] = {item["name"]: item.get("value", "") for item in env}
    return found
