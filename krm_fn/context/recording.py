"""Where the variables of a component's scope come from, for a recording trace."""

from __future__ import annotations

from collections.abc import Mapping

from krm_fn.catalog import mapping, sequence
from krm_fn.findings import Origin
from krm_fn.provenance import Record, Step
from krm_fn.resolve import ComponentJob

Scope = Mapping[str, object]


def record_scope(job: ComponentJob, scope: Scope, record: Record) -> None:
    """Write a step for every variable; the nearest parent answers for what lies below.

    `parameters` and `environmentConfigs` have been recorded, leaf by leaf, with their defaults.
    """
    record.values = scope
    _metadata(job, scope, record)
    _planes(job, scope, record)
    _workload(job, scope, record)
    _configurations(job, scope, record)
    origin = job.snapshot.workload_origin.child("dependencies")
    record.write(("dependencies",), Step("parameter", origin, scope["dependencies"]))
    for field, entries in (("items", "endpoints"), ("resources", "resources")):
        for index, item in enumerate(sequence(mapping(scope["dependencies"]).get(field))):
            step = Step("parameter", origin.child(entries, index), item)
            record.write(("dependencies", field, index), step)
    note = "computed from workload, configurations and dependencies"
    step = Step("platform", job.snapshot.workload_origin, scope["derived"], note=note)
    record.write(("derived",), step)


def _metadata(job: ComponentJob, scope: Scope, record: Record) -> None:
    metadata = mapping(scope["metadata"])
    note = "computed from the names of the binding"
    record.write(("metadata",), Step("platform", job.origin, metadata, note=note))
    environment = job.environment
    for field, origin in (
        ("environmentName", job.origin.child("environment")),
        ("environmentUID", environment.resource.origin("metadata", "name")),
        ("dataPlaneName", environment.data_plane.resource.origin("metadata", "name")),
        ("dataPlaneUID", environment.data_plane.resource.origin("metadata", "name")),
        ("projectName", job.origin.child("owner", "projectName")),
        ("componentName", job.origin.child("owner", "componentName")),
    ):
        record.write(("metadata", field), Step("platform", origin, metadata[field]))


def _planes(job: ComponentJob, scope: Scope, record: Record) -> None:
    environment = job.environment
    plane = environment.data_plane.resource
    record.write(("dataplane",), Step("platform", plane.origin("spec"), scope["dataplane"]))
    record.write(
        ("environment",),
        Step("platform", environment.resource.origin("spec"), scope["environment"]),
    )
    for root in (("gateway",), ("environment", "gateway")):
        for direction, network in (environment.merged_gateway or {}).items():
            for side in mapping(network):
                own = mapping(mapping(environment.gateway).get(direction)).get(side)
                source = environment.resource if own else plane
                step = Step(
                    "override" if own else "platform",
                    source.origin("spec", "gateway", direction, side),
                    mapping(network)[side],
                )
                record.write((*root, direction, side), step)


def _workload(job: ComponentJob, scope: Scope, record: Record) -> None:
    workload = mapping(scope["workload"])
    origin = job.snapshot.workload_origin
    record.write(("workload",), Step("parameter", origin, workload))
    for part in ("container", "endpoints"):
        for name, value in mapping(workload.get(part)).items():
            step = Step("parameter", origin.child(part, name), value)
            record.write(("workload", part, name), step)


def _configurations(job: ComponentJob, scope: Scope, record: Record) -> None:
    configurations = mapping(scope["configurations"])
    origin = job.snapshot.workload_origin
    record.write(("configurations",), Step("parameter", origin.child("container"), configurations))
    for source, groups in configurations.items():
        for group, field in (("envs", "env"), ("files", "files")):
            places = _entry_origins(job, field)
            for index, entry in enumerate(sequence(mapping(groups).get(group))):
                name = mapping(entry).get("name")
                kind, place = places.get(str(name), ("parameter", origin))
                step = Step("override" if kind == "override" else "parameter", place, entry)
                record.write(("configurations", source, group, index), step)


def _entry_origins(job: ComponentJob, field: str) -> dict[str, tuple[str, Origin]]:
    """Where each env or file entry was written; the binding's overrides win."""
    found: dict[str, tuple[str, Origin]] = {}
    container = mapping(job.snapshot.workload.get("container"))
    overrides = mapping(mapping(job.spec.get("workloadOverrides")).get("container"))
    for kind, entries, origin in (
        ("parameter", container, job.snapshot.workload_origin.child("container", field)),
        ("override", overrides, job.origin.child("workloadOverrides", "container", field)),
    ):
        for index, entry in enumerate(sequence(entries.get(field))):
            found[str(mapping(entry).get("key"))] = (kind, origin.child(index))
    return found
