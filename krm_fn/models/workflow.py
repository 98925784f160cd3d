"""Workflow and ClusterWorkflow."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from krm_fn.models.part import Expression, Kind, Part, RawObject, Text
from krm_fn.models.references import ClusterWorkflowPlaneReference, WorkflowPlaneReference
from krm_fn.models.templates import SchemaSection

TimeToLive = Annotated[str, Field(pattern=r"^(\d+d)?(\d+h)?(\d+m)?(\d+s)?$")]


class WorkflowResource(Part):
    """A resource that a workflow needs beside its run."""

    id: Text
    """Name of the template inside the workflow."""
    include_when: Expression | None = None
    """Boolean expression; the resource is left out when it is false."""
    template: RawObject
    """The resource, with `${…}` expressions in keys and values."""


class ExternalReference(Part):
    """A resource whose content the templates of a workflow may read."""

    id: Annotated[str, Field(min_length=2, max_length=63, pattern=r"^[a-z][a-z0-9-]*[a-z0-9]$")]
    """Name under which templates see it."""
    api_version: Text
    """API version of the resource."""
    kind: Literal["SecretReference"]
    """Kind of the resource."""
    name: Text
    """Name of the resource, possibly an expression."""


class WorkflowBody(Part):
    """What the namespaced and the cluster-scoped workflow share."""

    parameters: SchemaSection | None = None
    """Schema of the values of a run."""
    run_template: RawObject
    """The workflow run, with `${…}` expressions in keys and values."""
    resources: list[WorkflowResource] | None = None
    """Resources that the run needs."""
    external_refs: list[ExternalReference] | None = None
    """Resources that templates may read."""
    ttl_after_completion: TimeToLive | None = None
    """How long finished runs are kept."""


class WorkflowSpec(WorkflowBody):
    """How something is built."""

    workflow_plane_ref: WorkflowPlaneReference = WorkflowPlaneReference(
        kind="ClusterWorkflowPlane", name="default"
    )
    """Plane that runs the workflow."""


class Workflow(Kind):
    """A recipe for building something."""

    kind: Literal["Workflow"]
    """Kind of the resource."""
    spec: WorkflowSpec
    """How it is built."""


class ClusterWorkflowSpec(WorkflowBody):
    """How something is built."""

    workflow_plane_ref: ClusterWorkflowPlaneReference = ClusterWorkflowPlaneReference(
        kind="ClusterWorkflowPlane", name="default"
    )
    """Plane that runs the workflow."""


class ClusterWorkflow(Kind):
    """A workflow for all namespaces."""

    kind: Literal["ClusterWorkflow"]
    """Kind of the resource."""
    spec: ClusterWorkflowSpec
    """How it is built."""
