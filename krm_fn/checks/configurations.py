"""Configurations that reach nothing, or that do not fit (spec: rendering §3.5, §4, binding §8)."""

from __future__ import annotations

from krm_fn.catalog import mapping, sequence, text
from krm_fn.findings import Collector, Origin, Severity, did_you_mean
from krm_fn.resolve import ComponentJob, OwnerJob
from krm_fn.schema import Schema, SchemaError, compile_schema


def check_trait_configurations(job: ComponentJob, findings: Collector) -> None:
    """Report entries of `traitEnvironmentConfigs` that no trait instance reads."""
    configured = mapping(job.spec.get("traitEnvironmentConfigs"))
    if not configured:
        return
    known = {instance.instance_name for instance in job.snapshot.instances}
    embedded = {
        text(mapping(trait).get("instanceName"))
        for trait in sequence(job.snapshot.type_spec.get("traits"))
    }
    for name in configured:
        if name in known:
            continue
        message = f'component "{job.component}" has no trait instance "{name}"'
        hint = did_you_mean(name, known)
        if name in embedded:
            message = (
                f'trait instance "{name}" is embedded in type "{job.snapshot.type_name}", which'
                " sets its configuration; this entry is ignored"
            )
            hint = "move the values to componentTypeEnvironmentConfigs, if the type reads them"
        findings.add(
            "trait-configuration-unknown",
            message,
            origin=job.origin.child("traitEnvironmentConfigs", name),
            key=True,
            hint=hint,
            context=job.binding,
        )


def check_configurations(job: OwnerJob, findings: Collector) -> None:
    """Validate parameters and configs of a project or resource, which rendering does not do.

    A control plane refuses the ResourceRelease that parameters of a resource do not fit.
    """
    snapshot = job.snapshot
    _validate(
        job,
        "parameters",
        snapshot.parameters,
        snapshot.parameters_origin,
        Severity.ERROR if job.name else Severity.WARNING,
        findings,
    )
    _validate(
        job, "environmentConfigs", job.configs, job.configs_origin, Severity.WARNING, findings
    )


def _validate(
    job: OwnerJob,
    section: str,
    value: object,
    origin: Origin,
    severity: Severity,
    findings: Collector,
) -> None:
    schema = _schema(job, section)
    if schema is None:
        return
    given = {} if value is None else value
    for violation in schema.validate(schema.apply_defaults(given)):
        findings.add(
            "configuration-invalid",
            f"{section} of type {job.snapshot.type_name}: {violation.text}",
            origin=origin.child(*violation.path),
            hint=violation.hint,
            severity=severity,
            context=job.binding,
        )


def _schema(job: OwnerJob, section: str) -> Schema | None:
    raw = mapping(job.snapshot.type_spec.get(section)).get("openAPIV3Schema")
    if raw is None:
        return None
    try:
        return compile_schema(raw, floats=True)
    except SchemaError:
        return None
