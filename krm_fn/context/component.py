"""The scope of a component and of its traits (spec: rendering §3.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from krm_fn.context.configurations import configurations_variable, derived_configurations
from krm_fn.context.endpoint_resources import endpoint_resources, needs_endpoint_resources
from krm_fn.context.metadata import component_metadata
from krm_fn.context.planes import PlaneScope, plane_scope
from krm_fn.context.recording import record_scope
from krm_fn.context.sections import SchemaMemo, Section, resolve_section
from krm_fn.context.workload import merge_overrides, service_ports, workload_variable
from krm_fn.findings import Collector
from krm_fn.provenance import Record, StepKind
from krm_fn.resolve import ComponentJob, TraitInstance

Scope = dict[str, object]

NO_DEPENDENCIES: Mapping[str, object] = {
    "items": [],
    "resources": [],
    "envVars": [],
    "volumeMounts": [],
    "volumes": [],
}


@dataclass(slots=True)
class ContextMemo:
    """What the contexts of one run share: compiled schemas, plane variables, macro use by type."""

    schemas: SchemaMemo = field(default_factory=SchemaMemo)
    planes: dict[int, PlaneScope] = field(default_factory=dict)
    macro_use: dict[int, tuple[object, bool]] = field(default_factory=dict)


def component_scope(
    job: ComponentJob,
    dependencies: Mapping[str, object],
    memo: ContextMemo,
    findings: Collector,
    record: Record | None = None,
) -> Scope | None:
    """Build the scope of a component; None after error findings.

    `dependencies` is the variable of that name, as `connections` builds it.
    """
    snapshot = job.snapshot
    parameters = resolve_section(
        Section(
            "parameters",
            snapshot.type_name,
            snapshot.type_spec.get("parameters"),
            snapshot.type_origin.child("parameters"),
            snapshot.parameters,
            snapshot.parameters_origin,
        ),
        memo.schemas,
        findings,
        job.binding,
        record,
    )
    configs = resolve_section(
        Section(
            "environmentConfigs",
            snapshot.type_name,
            snapshot.type_spec.get("environmentConfigs"),
            snapshot.type_origin.child("environmentConfigs"),
            job.spec.get("componentTypeEnvironmentConfigs"),
            job.origin.child("componentTypeEnvironmentConfigs"),
            "override",
        ),
        memo.schemas,
        findings,
        job.binding,
        record,
    )
    if parameters is None or configs is None:
        return None
    workload = merge_overrides(snapshot.workload, job.spec)
    variable = workload_variable(workload)
    configurations = configurations_variable(workload.get("container"), job.secret_references)
    derived = derived_configurations(f"{job.component}-{job.environment.name}", configurations)
    endpoints = variable["endpoints"]
    assert isinstance(endpoints, dict)
    derived["servicePorts"] = service_ports(endpoints)
    derived["endpointResources"] = (
        endpoint_resources(workload) if needs_endpoint_resources(job, memo.macro_use) else {}
    )
    derived["dependencyEnvVars"] = dependencies["envVars"]
    derived["dependencyVolumeMounts"] = dependencies["volumeMounts"]
    derived["dependencyVolumes"] = dependencies["volumes"]
    scope: Scope = {
        "metadata": component_metadata(job),
        "parameters": parameters,
        "environmentConfigs": configs,
        "workload": variable,
        "configurations": configurations,
        "dependencies": dependencies,
        "derived": derived,
    }
    scope.update(plane_scope(job.environment, cache=memo.planes))
    if record is not None:
        record_scope(job, scope, record)
    return scope


def trait_scope(
    job: ComponentJob,
    instance: TraitInstance,
    scope: Scope,
    memo: ContextMemo,
    findings: Collector,
    *,
    bound: Mapping[str, object] | None = None,
    record: Record | None = None,
) -> Scope | None:
    """Build the scope of a trait: the component's, with the trait's own values; None on errors.

    `bound` holds the rendered `parameters` and `environmentConfigs` of an embedded trait, which
    replace those of the component and of the binding. The trait must be in the snapshot.
    """
    trait = job.snapshot.traits[instance.key]
    owner = f"trait {instance.name}/{instance.instance_name}"
    if bound is None:
        overrides = job.spec.get("traitEnvironmentConfigs")
        by_instance = overrides if isinstance(overrides, Mapping) else {}
        values = {
            "parameters": (instance.parameters, instance.origin.child("parameters")),
            "environmentConfigs": (
                by_instance.get(instance.instance_name),
                job.origin.child("traitEnvironmentConfigs", instance.instance_name),
            ),
        }
    else:
        values = {
            name: (bound.get(name), instance.origin.child(name))
            for name in ("parameters", "environmentConfigs")
        }
    result: Scope = {**scope, "trait": _trait_variable(instance)}
    for name, (value, origin) in values.items():
        resolved = resolve_section(
            Section(
                name,
                owner,
                trait.spec.get(name),
                trait.origin.child(name),
                value,
                origin,
                "embedded" if bound is not None else _STEPS[name],
            ),
            memo.schemas,
            findings,
            job.binding,
            record,
        )
        if resolved is None:
            return None
        result[name] = resolved
    if record is not None:
        record.values = result
    return result


_STEPS: Mapping[str, StepKind] = {"parameters": "parameter", "environmentConfigs": "override"}


def _trait_variable(instance: TraitInstance) -> dict[str, object]:
    return {"name": instance.name, "instanceName": instance.instance_name}
