"""ReleaseBinding."""

from __future__ import annotations

from typing import Literal

from krm_fn.models.part import Kind, Part, RawObject, Text
from krm_fn.models.references import ComponentOwner
from krm_fn.models.workload import ConfigurationFile, EnvironmentVariable


class ContainerOverrides(Part):
    """What differs in the container."""

    env: list[EnvironmentVariable] | None = None
    """Environment variables to add or replace."""
    files: list[ConfigurationFile] | None = None
    """Files to add or replace."""


class WorkloadOverrides(Part):
    """What differs in the workload."""

    container: ContainerOverrides | None = None
    """What differs in the container."""


class ReleaseBindingSpec(Part):
    """Which release of a component an environment has."""

    owner: ComponentOwner
    """Component of the binding."""
    environment: Text
    """Name of the environment."""
    release_name: str | None = None
    """Name of the ComponentRelease."""
    component_type_environment_configs: RawObject | None = None
    """Values for the type's environmentConfigs schema."""
    trait_environment_configs: dict[str, RawObject] | None = None
    """Values for the traits' environmentConfigs schemas, by instance name."""
    workload_overrides: WorkloadOverrides | None = None
    """What differs in the workload."""
    state: Literal["Active", "Undeploy"] = "Active"
    """Whether the component runs."""


class ReleaseBinding(Kind):
    """A component release in an environment."""

    kind: Literal["ReleaseBinding"]
    """Kind of the resource."""
    spec: ReleaseBindingSpec
    """Which release the environment has."""
