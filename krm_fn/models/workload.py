"""Workload."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from krm_fn.models.part import Kind, Part, Port, Text
from krm_fn.models.references import ComponentOwner, KeyReference

_SET = {"x-kubernetes-list-type": "set"}


class ValueSource(Part):
    """Where a value comes from."""

    secret_key_ref: KeyReference | None = None
    """Key of a SecretReference."""


class EnvironmentVariable(Part):
    """An environment variable of the container."""

    key: str
    """Name of the variable."""
    value: str | None = None
    """Its value."""
    value_from: ValueSource | None = None
    """Where its value comes from, instead of `value`."""


class ConfigurationFile(Part):
    """A file mounted into the container."""

    key: str
    """Name of the file."""
    mount_path: str
    """Folder to mount it in."""
    value: str | None = None
    """Its content."""
    value_from: ValueSource | None = None
    """Where its content comes from, instead of `value`."""


class Container(Part):
    """The container of a component."""

    image: Text
    """Image, with tag or digest."""
    command: list[str] | None = None
    """Entry point instead of the image's."""
    args: list[str] | None = None
    """Arguments of the entry point."""
    env: list[EnvironmentVariable] | None = None
    """Environment variables."""
    files: list[ConfigurationFile] | None = None
    """Mounted files."""


class EndpointSchema(Part):
    """The interface of an endpoint."""

    type: str | None = None
    """Language of the description, such as `openapi`."""
    content: str | None = None
    """The description itself."""


class WorkloadEndpoint(Part):
    """A port that others may call."""

    type: Literal["HTTP", "gRPC", "GraphQL", "Websocket", "TCP", "UDP"]
    """Protocol."""
    port: Port
    """Port of the service."""
    target_port: Port | None = None
    """Port of the container. Default: `port`."""
    visibility: (
        Annotated[
            list[Literal["project", "namespace", "internal", "external"]],
            Field(json_schema_extra=_SET),
        ]
        | None
    ) = None
    """Who may call, beyond the project itself."""
    display_name: str | None = None
    """Name for people."""
    base_path: str | None = None
    """Path below which the interface lies."""
    schema_: EndpointSchema | None = Field(default=None, alias="schema")
    """Description of the interface."""


class EndpointBindings(Part):
    """Environment variables that receive the parts of an endpoint's address."""

    address: str | None = None
    """Variable for the whole address."""
    host: str | None = None
    """Variable for the host name."""
    port: str | None = None
    """Variable for the port."""
    base_path: str | None = None
    """Variable for the base path."""


class EndpointDependency(Part):
    """An endpoint of another component that the workload calls."""

    project: str | None = None
    """Project of the other component. Default: the own project."""
    component: Text
    """The other component."""
    name: Text
    """Name of its endpoint."""
    visibility: Literal["project", "namespace"]
    """Scope through which the endpoint is called."""
    env_bindings: EndpointBindings
    """Variables that receive the address."""


class ResourceDependency(Part):
    """A resource whose outputs the workload uses."""

    ref: Text
    """Name of the Resource."""
    env_bindings: Annotated[dict[str, str], Field(max_length=50)] | None = None
    """Output name → environment variable."""
    file_bindings: Annotated[dict[str, str], Field(max_length=50)] | None = None
    """Output name → folder to mount it in."""


class Dependencies(Part):
    """What the workload needs of others."""

    endpoints: Annotated[list[EndpointDependency], Field(max_length=50)] | None = None
    """Endpoints of other components."""
    resources: (
        Annotated[
            list[ResourceDependency],
            Field(
                max_length=50,
                json_schema_extra={
                    "x-kubernetes-list-type": "map",
                    "x-kubernetes-list-map-keys": ["ref"],
                },
            ),
        ]
        | None
    ) = None
    """Resources of the project."""


class WorkloadTemplate(Part):
    """What runs, independent of whose it is."""

    container: Container
    """The container."""
    endpoints: dict[str, WorkloadEndpoint] | None = None
    """Ports that others may call, by name."""
    dependencies: Dependencies | None = None
    """What the workload needs of others."""


class WorkloadSpec(WorkloadTemplate):
    """What a component runs."""

    owner: ComponentOwner
    """Component of the workload."""


class Workload(Kind):
    """What a component runs: image, configuration, endpoints, dependencies."""

    kind: Literal["Workload"]
    """Kind of the resource."""
    spec: WorkloadSpec
    """What the component runs."""
