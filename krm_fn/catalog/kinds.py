"""The kinds of `openchoreo.dev/v1alpha1` (spec: rendering §1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from krm_fn.identity import labels

CLUSTER_SCOPED_KINDS: Final = frozenset(
    {
        "ClusterAuthzRole",
        "ClusterAuthzRoleBinding",
        "ClusterComponentType",
        "ClusterDataPlane",
        "ClusterObservabilityPlane",
        "ClusterProjectType",
        "ClusterResourceType",
        "ClusterTrait",
        "ClusterWorkflow",
        "ClusterWorkflowPlane",
    }
)

KINDS: Final = CLUSTER_SCOPED_KINDS | {
    "AuthzRole",
    "AuthzRoleBinding",
    "Component",
    "ComponentRelease",
    "ComponentType",
    "DataPlane",
    "DeploymentPipeline",
    "Environment",
    "ObservabilityAlertRule",
    "ObservabilityAlertsNotificationChannel",
    "ObservabilityPlane",
    "Project",
    "ProjectRelease",
    "ProjectReleaseBinding",
    "ProjectType",
    "ReleaseBinding",
    "RenderedRelease",
    "Resource",
    "ResourceRelease",
    "ResourceReleaseBinding",
    "ResourceType",
    "SecretReference",
    "Trait",
    "Workflow",
    "WorkflowPlane",
    "WorkflowRun",
    "Workload",
}


# `ObservabilityAlertRule` is written by traits for the observability plane: it is output, and as
# input nothing that rendering reads.
OUTPUT_KINDS: Final = frozenset({"ObservabilityAlertRule", "RenderedRelease"})


def is_open_choreo(data: Mapping[str, object]) -> bool:
    """Say whether an object is OpenChoreo input, which hosts consume instead of applying it."""
    api_version, kind = data.get("apiVersion"), data.get("kind")
    if not isinstance(api_version, str) or (isinstance(kind, str) and kind in OUTPUT_KINDS):
        return False
    return api_version.partition("/")[0] == labels.GROUP
