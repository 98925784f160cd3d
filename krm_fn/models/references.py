"""References from one resource to another."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from krm_fn.models.part import DnsLabel, Name, Part, Text


class ProjectOwner(Part):
    """The project that something belongs to."""

    project_name: Text
    """Name of the Project."""


class ComponentOwner(ProjectOwner):
    """The component that something belongs to."""

    component_name: Text
    """Name of the Component."""


class ResourceOwner(ProjectOwner):
    """The resource that something belongs to."""

    resource_name: Text
    """Name of the Resource."""


class ComponentTypeReference(Part):
    """The type of a component."""

    kind: Literal["ComponentType", "ClusterComponentType"] = "ComponentType"
    """Kind of the type."""
    name: Annotated[
        str,
        Field(
            pattern=r"^(deployment|statefulset|cronjob|job|proxy)/[a-z0-9]([-a-z0-9]*[a-z0-9])?$"
        ),
    ]
    """Workload type and name of the type, as in `deployment/service`."""


class ProjectTypeReference(Part):
    """The type of a project."""

    kind: Literal["ProjectType", "ClusterProjectType"] = "ProjectType"
    """Kind of the type."""
    name: DnsLabel
    """Name of the type."""


class ResourceTypeReference(Part):
    """The type of a resource."""

    kind: Literal["ResourceType", "ClusterResourceType"] = "ResourceType"
    """Kind of the type."""
    name: DnsLabel
    """Name of the type."""


class TraitReference(Part):
    """A trait that components may use."""

    kind: Literal["Trait", "ClusterTrait"] = "Trait"
    """Kind of the trait."""
    name: Text
    """Name of the trait."""


class ClusterTraitReference(Part):
    """A cluster-scoped trait that components may use."""

    kind: Literal["ClusterTrait"] = "ClusterTrait"
    """Kind of the trait."""
    name: Text
    """Name of the trait."""


class WorkflowReference(Part):
    """A workflow."""

    kind: Literal["Workflow", "ClusterWorkflow"] = "ClusterWorkflow"
    """Kind of the workflow."""
    name: Text
    """Name of the workflow."""


class ClusterWorkflowReference(Part):
    """A cluster-scoped workflow."""

    kind: Literal["ClusterWorkflow"] = "ClusterWorkflow"
    """Kind of the workflow."""
    name: Text
    """Name of the workflow."""


class DataPlaneReference(Part):
    """A data plane."""

    kind: Literal["DataPlane", "ClusterDataPlane"]
    """Kind of the data plane."""
    name: Name
    """Name of the data plane."""


class WorkflowPlaneReference(Part):
    """A workflow plane."""

    kind: Literal["WorkflowPlane", "ClusterWorkflowPlane"]
    """Kind of the workflow plane."""
    name: Name
    """Name of the workflow plane."""


class ClusterWorkflowPlaneReference(Part):
    """A cluster-scoped workflow plane."""

    kind: Literal["ClusterWorkflowPlane"]
    """Kind of the workflow plane."""
    name: Name
    """Name of the workflow plane."""


class ObservabilityPlaneReference(Part):
    """An observability plane."""

    kind: Literal["ObservabilityPlane", "ClusterObservabilityPlane"]
    """Kind of the observability plane."""
    name: DnsLabel
    """Name of the observability plane."""


class ClusterObservabilityPlaneReference(Part):
    """A cluster-scoped observability plane."""

    kind: Literal["ClusterObservabilityPlane"]
    """Kind of the observability plane."""
    name: DnsLabel
    """Name of the observability plane."""


class DeploymentPipelineReference(Part):
    """A deployment pipeline."""

    kind: Literal["DeploymentPipeline"] = "DeploymentPipeline"
    """Kind of the pipeline."""
    name: Name
    """Name of the pipeline."""


class EnvironmentReference(Part):
    """An environment."""

    kind: Literal["Environment"] = "Environment"
    """Kind of the environment."""
    name: Name
    """Name of the environment."""


class KeyReference(Part):
    """One key of a Secret, a ConfigMap or a SecretReference."""

    name: Text
    """Name of the object."""
    key: Text
    """Key inside the object."""
