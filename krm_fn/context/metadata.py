"""Names, namespaces and labels of what is rendered (spec: binding §2.3, rendering §3.13)."""

from __future__ import annotations

from krm_fn.identity import LABEL_LIMIT, NAME_LIMIT, kubernetes_name, labels
from krm_fn.resolve import ComponentJob


def cell_namespace(namespace: str, project: str, environment: str) -> str:
    """The data-plane namespace of a project in an environment: `dp-default-shop-dev-…`."""
    return kubernetes_name(LABEL_LIMIT, ("dp", namespace, project, environment))


def base_name(component: str, environment: str) -> str:
    """The name that templates see as `metadata.name`: `cart-development-c71e0317`."""
    return kubernetes_name(NAME_LIMIT, (component, environment))


def component_metadata(job: ComponentJob) -> dict[str, object]:
    """Build the `metadata` variable of a component."""
    environment = job.environment
    selectors = {
        labels.NAMESPACE: job.namespace,
        labels.PROJECT: job.project,
        labels.COMPONENT: job.component,
        labels.ENVIRONMENT: environment.name,
        labels.COMPONENT_UID: job.component_uid,
        labels.ENVIRONMENT_UID: environment.uid,
        labels.PROJECT_UID: job.project_uid,
    }
    return {
        "name": base_name(job.component, environment.name),
        "namespace": cell_namespace(job.namespace, job.project, environment.name),
        "componentName": job.component,
        "componentUID": job.component_uid,
        "componentNamespace": job.namespace,
        "projectName": job.project,
        "projectUID": job.project_uid,
        "environmentName": environment.name,
        "environmentUID": environment.uid,
        "dataPlaneName": environment.data_plane.name,
        "dataPlaneUID": environment.data_plane.uid,
        "labels": selectors,
        "annotations": {},
        "podSelectors": dict(selectors),
    }
