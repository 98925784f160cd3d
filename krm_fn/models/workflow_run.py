"""WorkflowRun."""

from __future__ import annotations

from typing import Literal

from krm_fn.models.part import Kind, Part, RawObject
from krm_fn.models.references import WorkflowReference
from krm_fn.models.workflow import TimeToLive


class WorkflowRunConfiguration(WorkflowReference):
    """The workflow to run and its values."""

    parameters: RawObject | None = None
    """Values for the workflow's parameters schema."""


class WorkflowRunSpec(Part):
    """What to run."""

    workflow: WorkflowRunConfiguration
    """The workflow to run and its values."""
    ttl_after_completion: TimeToLive | None = None
    """How long the finished run is kept."""


class WorkflowRun(Kind):
    """One run of a workflow."""

    kind: Literal["WorkflowRun"]
    """Kind of the resource."""
    spec: WorkflowRunSpec
    """What to run."""
