"""The static types of what expressions see besides their schemas (spec: rendering §3.4, §4.2).

Twins: the context structures of OpenChoreo's `internal/pipeline/component/context`, and
`internal/validation/{component,resource}`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from krm_fn.cel import DYN, INT, STRING, Type, list_type, map_type, object_type


def _object(name: str, strings: str = "", **others: Type) -> Type:
    return object_type(name, {**dict.fromkeys(strings.split(), STRING), **others})


def _texts() -> Type:
    return map_type(STRING, STRING)


def _gateway() -> Type:
    listener = _object("GatewayListener", "listenerName host", port=INT)
    endpoint = _object(
        "GatewayEndpoint", "name namespace", http=listener, https=listener, tls=listener
    )
    network = _object("GatewayNetwork", external=endpoint, internal=endpoint)
    return _object("Gateway", ingress=network, egress=network)


def _planes() -> dict[str, Type]:
    gateway = _gateway()
    plane = _object("ObservabilityPlaneRef", "kind name")
    return {
        "dataplane": _object(
            "DataPlane",
            "secretStore",
            gateway=gateway,
            observabilityPlaneRef=plane,
            annotations=_texts(),
        ),
        "environment": _object("Environment", "defaultNotificationChannel", gateway=gateway),
        "gateway": gateway,
    }


def _metadata(names: str, *maps: str) -> Type:
    return _object(
        "Metadata",
        f"{names} namespace projectName projectUID environmentName environmentUID"
        " dataPlaneName dataPlaneUID",
        **dict.fromkeys(("labels", "annotations", *maps), _texts()),
    )


def _workload() -> Type:
    texts = list_type(STRING)
    container = _object("Container", "image", command=texts, args=texts)
    endpoint = _object(
        "Endpoint",
        "displayName type basePath",
        port=INT,
        targetPort=INT,
        visibility=texts,
        schema=DYN,
    )
    return _object("Workload", container=container, endpoints=map_type(STRING, endpoint))


class _Shared:
    """Entries of lists that occur at several places."""

    def __init__(self) -> None:
        remote = _object("RemoteReference", "key property version")
        key = _object("KeyReference", "name key")
        source = _object("EnvVarSource", secretKeyRef=key, configMapKeyRef=key)
        name = _object("NameReference", "name")
        secret = _object("SecretVolume", "secretName")
        self.remote = remote
        self.env = _object("EnvConfiguration", "name value", remoteRef=remote)
        self.file = _object("FileConfiguration", "name mountPath value", remoteRef=remote)
        self.variables = list_type(_object("EnvVar", "name value", valueFrom=source))
        self.mounts = list_type(_object("VolumeMount", "name mountPath subPath"))
        self.volumes = list_type(_object("Volume", "name", configMap=name, secret=secret))
        self.env_from = list_type(_object("EnvFrom", configMapRef=name, secretRef=name))


def _configurations(shared: _Shared) -> Type:
    items = _object("ConfigurationItems", envs=list_type(shared.env), files=list_type(shared.file))
    return _object("Configurations", configs=items, secrets=items)


def _dependencies(shared: _Shared) -> Type:
    item = _object(
        "Dependency",
        "namespace project component endpoint visibility",
        envVars=shared.variables,
    )
    resource = _object(
        "ResourceDependency",
        "ref",
        envVars=shared.variables,
        volumeMounts=shared.mounts,
        volumes=shared.volumes,
    )
    return _object(
        "Dependencies",
        items=list_type(item),
        resources=list_type(resource),
        envVars=shared.variables,
        volumeMounts=shared.mounts,
        volumes=shared.volumes,
    )


def _derived(shared: _Shared) -> Type:
    file = _object("FileEntry", "name mountPath value resourceName", remoteRef=shared.remote)
    envs = _object("ContainerEnvs", "resourceName", envs=list_type(shared.env))
    port = _object("ServicePort", "name protocol", port=INT, targetPort=INT)
    route = _object("EndpointResource", "kind service method path")
    return _object(
        "Derived",
        configFileList=list_type(file),
        secretFileList=list_type(file),
        containerEnvFrom=shared.env_from,
        configVolumeMounts=shared.mounts,
        configVolumes=shared.volumes,
        configEnvs=list_type(envs),
        secretEnvs=list_type(envs),
        servicePorts=list_type(port),
        dependencyEnvVars=shared.variables,
        dependencyVolumeMounts=shared.mounts,
        dependencyVolumes=shared.volumes,
        endpointResources=map_type(STRING, list_type(route)),
    )


@cache
def component_variables() -> Mapping[str, Type]:
    """Return what the templates of a component type see."""
    shared = _Shared()
    return {
        "metadata": _metadata("name componentName componentUID componentNamespace", "podSelectors"),
        **_planes(),
        "workload": _workload(),
        "configurations": _configurations(shared),
        "dependencies": _dependencies(shared),
        "derived": _derived(shared),
    }


@cache
def trait_variables() -> Mapping[str, Type]:
    """Return what the templates of a trait see."""
    return {**component_variables(), "trait": _object("TraitInstance", "name instanceName")}


@cache
def resource_variables() -> Mapping[str, Type]:
    """Return what the templates of a resource type see."""
    return {"metadata": _metadata("name resourceNamespace resourceName resourceUID"), **_planes()}


@cache
def project_variables() -> Mapping[str, Type]:
    """Return what the templates of a project type see."""
    return {"metadata": _metadata("projectNamespace"), **_planes()}


@cache
def applied_type() -> Type:
    """Return the type of `applied`: resource id → live object, of which nothing is known."""
    return map_type(STRING, _object("Applied", status=DYN))
