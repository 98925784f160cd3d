"""The scopes of projects and resources (spec: rendering §4.1, §4.2)."""

from __future__ import annotations

from collections.abc import Mapping

from krm_fn.context.component import ContextMemo, Scope
from krm_fn.context.metadata import cell_namespace
from krm_fn.context.planes import data_plane_variable, gateway_variable
from krm_fn.context.sections import Section, resolve_section
from krm_fn.findings import Collector
from krm_fn.identity import NAME_LIMIT, kubernetes_name, labels
from krm_fn.provenance import Record
from krm_fn.resolve import OwnerJob


def owner_release_name(job: OwnerJob) -> str:
    """The RenderedRelease of a project or resource: `p-shop-development-…`, `r-db-…`."""
    prefixed = f"r_{job.name}" if job.name else f"p_{job.project}"
    return kubernetes_name(NAME_LIMIT, (prefixed, job.environment.name))


def owner_metadata(job: OwnerJob) -> dict[str, object]:
    """Build the `metadata` variable of a project or resource."""
    environment = job.environment
    common: dict[str, str] = {labels.NAMESPACE: job.namespace, labels.PROJECT: job.project}
    metadata: dict[str, object] = {
        "namespace": cell_namespace(job.namespace, job.project, environment.name),
        "projectName": job.project,
        "projectUID": job.project_uid,
        "environmentName": environment.name,
        "environmentUID": environment.uid,
        "dataPlaneName": environment.data_plane.name,
        "dataPlaneUID": environment.data_plane.uid,
        "annotations": dict(job.annotations),
    }
    common[labels.PROJECT_UID] = job.project_uid
    if job.name:
        metadata["name"] = owner_release_name(job)
        metadata["resourceNamespace"] = job.namespace
        metadata["resourceName"] = job.name
        metadata["resourceUID"] = job.resource_uid
        common[labels.RESOURCE] = job.name
        common[labels.RESOURCE_UID] = job.resource_uid
    else:
        metadata["projectNamespace"] = job.namespace
    common[labels.ENVIRONMENT] = environment.name
    common[labels.ENVIRONMENT_UID] = environment.uid
    metadata["labels"] = common
    return metadata


def owner_scope(
    job: OwnerJob, memo: ContextMemo, findings: Collector, record: Record | None = None
) -> Scope | None:
    """Build the scope of a project or resource; None after error findings.

    Defaults are applied, nothing is validated. Without any gateway, a project has no `gateway`
    variable, a resource an empty one.
    """
    snapshot = job.snapshot
    scope: Scope = {"metadata": owner_metadata(job)}
    for name, value, origin in (
        ("parameters", snapshot.parameters, snapshot.parameters_origin),
        ("environmentConfigs", job.configs, job.configs_origin),
    ):
        resolved = resolve_section(
            Section(
                name,
                snapshot.type_name,
                snapshot.type_spec.get(name),
                snapshot.type_origin.child(name),
                value,
                origin,
                "parameter" if name == "parameters" else "override",
                lenient=True,
            ),
            memo.schemas,
            findings,
            job.binding,
            record,
        )
        if resolved is None:
            return None
        scope[name] = resolved
    scope.update(_planes(job))
    return scope


def _planes(job: OwnerJob) -> dict[str, object]:
    environment = job.environment
    is_resource = bool(job.name)
    plane = data_plane_variable(environment.data_plane, annotations=False)
    variable: dict[str, object] = {}
    variables: dict[str, object] = {"dataplane": plane, "environment": variable}
    merged = environment.merged_gateway
    gateway = gateway_variable(merged) if merged is not None else None
    if is_resource and isinstance(plane.get("gateway"), Mapping):
        own = plane["gateway"]
        assert isinstance(own, Mapping)
        kept = {direction: network for direction, network in own.items() if network}
        if kept:
            plane["gateway"] = kept
        else:
            del plane["gateway"]
    if gateway is not None:
        variable["gateway"] = gateway
        variables["gateway"] = gateway
    elif is_resource:
        variables["gateway"] = {}
    return variables
