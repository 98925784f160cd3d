"""Which model describes which kind."""

from __future__ import annotations

from typing import Final

MODELS: Final[dict[str, str]] = {
    "ClusterComponentType": "cluster_component_type",
    "ClusterDataPlane": "cluster_data_plane",
    "ClusterObservabilityPlane": "cluster_observability_plane",
    "ClusterProjectType": "project_type",
    "ClusterResourceType": "resource_type",
    "ClusterTrait": "cluster_trait",
    "ClusterWorkflow": "workflow",
    "ClusterWorkflowPlane": "workflow_plane",
    "Component": "component",
    "ComponentRelease": "component_release",
    "ComponentType": "component_type",
    "DataPlane": "data_plane",
    "DeploymentPipeline": "deployment_pipeline",
    "Environment": "environment",
    "ObservabilityAlertsNotificationChannel": "notification_channel",
    "ObservabilityPlane": "observability_plane",
    "Project": "project",
    "ProjectRelease": "project_release",
    "ProjectReleaseBinding": "project_release",
    "ProjectType": "project_type",
    "ReleaseBinding": "release_binding",
    "RenderedRelease": "rendered_release",
    "Resource": "resource",
    "ResourceRelease": "resource_release",
    "ResourceReleaseBinding": "resource_release",
    "ResourceType": "resource_type",
    "SecretReference": "secret_reference",
    "Trait": "trait",
    "Workflow": "workflow",
    "WorkflowPlane": "workflow_plane",
    "WorkflowRun": "workflow_run",
    "Workload": "workload",
}
"""Kind → module of this package that holds its model (a class of the same name)."""
