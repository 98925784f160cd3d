"""Random valid repositories: what a platform of several teams could hold, from one seed."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from itertools import pairwise
from random import Random
from typing import Any, Literal

import yaml

from krm_fn.builtin import BuiltinPlatform
from krm_fn.catalog import build
from krm_fn.findings import Collector
from krm_fn.lifecycle import cut_releases
from krm_fn.settings import Settings
from krm_fn.yamlio import parse
from tests.builtin.platform_case import Data, data_plane, resource

Mode = Literal["auto", "pinned", "latest"]

_ENVIRONMENTS = ("development", "staging", "production")
_NAMES = ("cart", "stock", "web", "mailer", "report", "ledger", "search", "a-rather-long-name")
_TYPES = {
    "deployment/service": "HTTP",
    "deployment/web-application": "HTTP",
    "deployment/worker": "",
    "cronjob/scheduled-task": "",
    "statefulset/database": "TCP",
}


@dataclass
class Repository:
    """Documents, and what one may ask of them."""

    mode: Mode
    environments: list[str]
    documents: list[Data] = field(default_factory=list)
    components: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class _Component:
    project: str
    name: str
    type_name: str
    auto: bool
    endpoint: Data | None
    dependencies: list[Data] = field(default_factory=list)
    resources: list[Data] = field(default_factory=list)


def make(seed: int) -> Repository:
    """Make the repository of a seed."""
    random = Random(seed)
    mode: Mode = random.choice(("auto", "pinned", "latest"))
    repository = Repository(mode, list(_ENVIRONMENTS[: random.randint(1, 3)]))
    _platform(random, repository)
    components: list[_Component] = []
    databases: list[tuple[str, str]] = []
    for project in random.sample(("shop", "back-office", "insight"), random.randint(1, 3)):
        repository.documents.append(_project(project))
        if random.random() < 0.5:
            databases.append((project, "orders-db"))
        for name in random.sample(_NAMES, random.randint(1, 5)):
            if all(known.name != name for known in components):
                components.append(_component(random, project, name, mode))
    for component in components:
        _connect(random, component, components, databases)
        repository.documents += _described(random, component)
        repository.components.append((component.project, component.name))
    for project, name in databases:
        repository.documents += _database(project, name)
    _bind(random, repository, components, databases)
    return repository


def text(documents: list[Data]) -> bytes:
    """Write documents as one file."""
    dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    return str(yaml.dump_all(documents, Dumper=dumper)).encode()


def _platform(random: Random, repository: Repository) -> None:
    planes = ["default", "west"][: random.randint(1, 2)]
    for name in planes:
        plane = data_plane(planeID=name)
        plane["metadata"]["name"] = name
        if random.random() < 0.3:
            provider = {"openchoreo.dev/networkpolicyprovider": "cilium"}
            plane["metadata"]["annotations"] = provider
        repository.documents.append(plane)
    for environment in repository.environments:
        spec: Data = {"dataPlaneRef": {"kind": "ClusterDataPlane", "name": random.choice(planes)}}
        if random.random() < 0.4:
            https = {"host": f"{environment}.example.com", "port": 443}
            external = {"name": "own", "namespace": "gateways", "https": https}
            spec["gateway"] = {"ingress": {"external": external}}
        repository.documents.append(resource("Environment", environment, spec))
    environments = repository.environments
    paths = [
        {"sourceEnvironmentRef": {"name": source}, "targetEnvironmentRefs": [{"name": target}]}
        for source, target in pairwise(environments)
    ] or [{"sourceEnvironmentRef": {"name": environments[0]}, "targetEnvironmentRefs": []}]
    repository.documents += [
        resource("DeploymentPipeline", "main", {"promotionPaths": paths}),
        resource(
            "SecretReference",
            "credentials",
            {
                "template": {"type": "Opaque"},
                "data": [
                    {"secretKey": key, "remoteRef": {"key": f"vault/{key}", "property": "value"}}
                    for key in ("user", "key")
                ],
            },
        ),
    ]


def _project(name: str) -> Data:
    spec = {
        "deploymentPipelineRef": {"name": "main"},
        "type": {"kind": "ClusterProjectType", "name": "default"},
    }
    return resource("Project", name, spec)


def _component(random: Random, project: str, name: str, mode: Mode) -> _Component:
    type_name = random.choice(list(_TYPES))
    kind = _TYPES[type_name]
    endpoint: Data | None = None
    if kind:
        port = random.choice((80, 8080, 5432))
        endpoint = {"type": kind, "port": port, "visibility": ["namespace"]}
        if kind == "HTTP":
            endpoint["visibility"] += random.sample(["internal", "external"], random.randint(0, 2))
            if random.random() < 0.5:
                endpoint["basePath"] = "/api"
    auto = mode != "pinned" and random.random() < 0.3
    return _Component(project, name, type_name, auto, endpoint)


def _connect(
    random: Random,
    component: _Component,
    components: list[_Component],
    databases: list[tuple[str, str]],
) -> None:
    reachable = [
        other for other in components if other.endpoint and (component.auto or not other.auto)
    ]
    for other in random.sample(reachable, min(len(reachable), random.randint(0, 2))):
        upper = other.name.upper().replace("-", "_")
        wanted = {
            "component": other.name,
            "name": "main",
            "visibility": "project" if other.project == component.project else "namespace",
            "envBindings": {"address": f"{upper}_ADDRESS", "port": f"{upper}_PORT"},
        }
        if other.project != component.project:
            wanted["project"] = other.project
        component.dependencies.append(wanted)
    for project, name in databases:
        if project == component.project and random.random() < 0.5:
            bound = {"url": "DB_URL", "password": "DB_PASSWORD"}
            files = {"settings": "/etc/database.conf"}
            component.resources.append({"ref": name, "envBindings": bound, "fileBindings": files})


def _described(random: Random, component: _Component) -> list[Data]:
    parameters: Data = {}
    if component.type_name.startswith("cronjob"):
        parameters["schedule"] = f"{random.randint(0, 59)} 3 * * *"
    traits = []
    if random.random() < 0.5:
        marks = {"annotations": {"team": random.choice(("one", "two"))}}
        traits.append(_trait("pod-annotations", **marks))
    if component.type_name.startswith("deployment") and random.random() < 0.3:
        traits.append(_trait("horizontal-autoscaler", cpuUtilization=random.randint(20, 90)))
    spec: Data = {
        "owner": {"projectName": component.project},
        "componentType": {"kind": "ClusterComponentType", "name": component.type_name},
        "autoDeploy": component.auto,
        "parameters": parameters,
        "traits": traits,
    }
    container: Data = {"image": f"registry.example/{component.name}:{random.randint(1, 9)}"}
    entries: list[Data] = [{"key": "MODE", "value": random.choice(("fast", "safe", "0644", "yes"))}]
    if random.random() < 0.5:
        reference = {"name": "credentials", "key": random.choice(("user", "key"))}
        entries.append({"key": "USER", "valueFrom": {"secretKeyRef": reference}})
    container["env"] = entries
    if random.random() < 0.3:
        container["files"] = [{"key": "app.conf", "mountPath": "/etc/app", "value": "a: 1\nb: 2\n"}]
    workload: Data = {
        "owner": {"projectName": component.project, "componentName": component.name},
        "container": container,
    }
    if component.endpoint:
        workload["endpoints"] = {"main": component.endpoint}
    if component.dependencies or component.resources:
        given = {"endpoints": component.dependencies, "resources": component.resources}
        workload["dependencies"] = {name: items for name, items in given.items() if items}
    return [
        resource("Component", component.name, spec),
        resource("Workload", component.name, workload),
    ]


def _trait(name: str, **parameters: Any) -> Data:
    return {
        "kind": "ClusterTrait",
        "name": name,
        "instanceName": f"own-{name}",
        "parameters": parameters,
    }


def _database(project: str, name: str) -> list[Data]:
    name = f"{project}-{name}"
    template = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "${metadata.name}", "namespace": "${metadata.namespace}"},
        "data": {"size": "${environmentConfigs.size}"},
    }
    sizes = {"type": "object", "properties": {"size": {"type": "string", "default": "1Gi"}}}
    return [
        resource(
            "ResourceType",
            name,
            {
                "environmentConfigs": {"openAPIV3Schema": sizes},
                "outputs": [
                    {"name": "url", "value": "tcp://${metadata.name}:5432"},
                    {
                        "name": "password",
                        "secretKeyRef": {"name": "${metadata.name}-s", "key": "password"},
                    },
                    {
                        "name": "settings",
                        "configMapKeyRef": {"name": "${metadata.name}", "key": "size"},
                    },
                ],
                "resources": [{"id": "settings", "template": template}],
            },
        )
    ]


def _bind(
    random: Random,
    repository: Repository,
    components: list[_Component],
    databases: list[tuple[str, str]],
) -> None:
    """Add the owners of databases and every binding; pin what the mode or chance wants pinned."""
    documents = repository.documents
    names = {project: f"{project}-{name}" for project, name in databases}
    for project, name in databases:
        spec = {"owner": {"projectName": project}, "type": {"name": names[project]}}
        documents.append(resource("Resource", f"{project}-{name}", spec))
    for document in documents:
        for wanted in document["spec"].get("dependencies", {}).get("resources", ()):
            owner = document["spec"]["owner"]["projectName"]
            wanted["ref"] = names[owner]
    releases = _releases(documents)
    pins: dict[tuple[str, str], str] = {}
    for release in releases:
        owner = release["spec"]["owner"]
        member = owner.get("componentName") or owner.get("resourceName") or owner["projectName"]
        if repository.mode == "pinned" or random.random() < 0.5:
            documents.append(release)
            pins[release["kind"], member] = release["metadata"]["name"]
    for environment in repository.environments:
        for component in components:
            if not component.auto:
                documents.append(_component_binding(random, component, environment, pins))
        for project in dict.fromkeys(component.project for component in components):
            if repository.mode == "pinned" or random.random() < 0.7:
                pin = pins.get(("ProjectRelease", project))
                owner = {"projectName": project}
                cell: Data = {"owner": owner, "environment": environment}
                if pin:
                    cell["projectRelease"] = pin
                documents.append(
                    resource("ProjectReleaseBinding", f"{project}-{environment}", cell)
                )
        for project, name in names.items():
            bound: Data = {
                "owner": {"projectName": project, "resourceName": name},
                "environment": environment,
                "resourceTypeEnvironmentConfigs": {"size": random.choice(("2Gi", "9Gi"))},
            }
            pin = pins.get(("ResourceRelease", name))
            if pin:
                bound["resourceRelease"] = pin
            documents.append(resource("ResourceReleaseBinding", f"{name}-{environment}", bound))


def _component_binding(
    random: Random, component: _Component, environment: str, pins: dict[tuple[str, str], str]
) -> Data:
    spec: Data = {
        "owner": {"projectName": component.project, "componentName": component.name},
        "environment": environment,
    }
    pin = pins.get(("ComponentRelease", component.name))
    if pin:
        spec["releaseName"] = pin
    if random.random() < 0.5:
        override = {"key": "MODE", "value": environment}
        spec["workloadOverrides"] = {"container": {"env": [override]}}
    return resource("ReleaseBinding", f"{component.name}-{environment}", spec)


def _releases(documents: list[Data]) -> list[Data]:
    findings = Collector()
    read = parse(text(documents), file="sources.yaml", mode="kubernetes", findings=findings)
    cut = cut_releases(build(read, findings, BuiltinPlatform()), Settings(), findings)
    return [copy.deepcopy(release.object) for release in cut]
