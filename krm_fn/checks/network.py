"""Traffic that the network policies of a cell would not let through (spec: binding §2.8, §2.10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from krm_fn.catalog import mapping, sequence, text
from krm_fn.connections import ConnectionTarget, endpoint_targets
from krm_fn.findings import Collector, Origin, ResourceReference
from krm_fn.resolve import ComponentJob, Resolver

_Workload = tuple[Mapping[str, object], Origin]


def check_network(
    resolver: Resolver, components: Iterable[ComponentJob], findings: Collector
) -> None:
    """Report closed ports, and dependencies that ask for more than the provider offers."""
    jobs = {job.key: job for job in components}
    for job in jobs.values():
        endpoints = mapping(job.snapshot.workload.get("endpoints"))
        _check_ports(endpoints, job.snapshot.workload_origin.child("endpoints"), findings)
        if not mapping(job.snapshot.workload.get("dependencies")):
            continue
        for target in endpoint_targets(job):
            key = (job.namespace, target.project, target.component, job.environment.name)
            provider = _workload_of(resolver, key, jobs)
            if provider is not None:
                _check_visibility(target, job.project, provider, job.binding, findings)


def _check_ports(endpoints: Mapping[str, object], origin: Origin, findings: Collector) -> None:
    open_ports = {
        (_protocol(endpoint), str(endpoint.get("port")))
        for endpoint in map(mapping, endpoints.values())
    }
    for name, value in endpoints.items():
        endpoint = mapping(value)
        target = endpoint.get("targetPort")
        if target is None or (_protocol(endpoint), str(target)) in open_ports:
            continue
        findings.add(
            "endpoint-port-closed",
            f'endpoint "{name}" listens on {target}, but the network policy of the component opens'
            f" {endpoint.get('port')}",
            origin=origin.child(name, "targetPort"),
        )


def _protocol(endpoint: Mapping[str, object]) -> str:
    return "UDP" if endpoint.get("type") == "UDP" else "TCP"


def _workload_of(
    resolver: Resolver,
    key: tuple[str, str, str, str],
    jobs: Mapping[tuple[str, str, str, str], ComponentJob],
) -> _Workload | None:
    """Return the provider's workload and its place: as released, else as it is in the sources."""
    job = jobs.get(key)
    if job is not None:
        return job.snapshot.workload, job.snapshot.workload_origin
    namespace, project, component, _ = key
    for workload in resolver.catalog.owned("Workload", namespace, (project, component)):
        return workload.spec, workload.origin("spec")
    return None


def _check_visibility(
    target: ConnectionTarget,
    project: str,
    provider: _Workload,
    context: ResourceReference,
    findings: Collector,
) -> None:
    workload, origin = provider
    endpoints = mapping(workload.get("endpoints"))
    if target.endpoint not in endpoints:
        return
    endpoint = mapping(endpoints[target.endpoint])
    declared = [text(item) for item in sequence(endpoint.get("visibility"))]
    place = origin.child("endpoints", target.endpoint)
    message = ""
    if target.visibility == "project" and target.project != project:
        message = (
            f'endpoint "{target.endpoint}" belongs to project "{target.project}", but is used with'
            " visibility project"
        )
        hint = "use visibility: namespace"
    elif target.visibility == "namespace" and "namespace" not in declared:
        offered = ", ".join(dict.fromkeys(["project", *declared]))
        message = (
            f'endpoint "{target.endpoint}" of component "{target.component}" is used with'
            f" visibility namespace, but offers {offered}"
        )
        hint = "add namespace to the visibility of the endpoint"
    if message:
        findings.add(
            "dependency-visibility",
            message,
            origin=target.origin.child("visibility"),
            hint=hint,
            related=[("the endpoint", place)],
            context=context,
        )
