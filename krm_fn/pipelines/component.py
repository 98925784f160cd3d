"""One component in one environment (spec: rendering §3.2)."""

from __future__ import annotations

from collections.abc import Mapping

from krm_fn import rules, traits
from krm_fn.assemble import RenderedResource, finish_component
from krm_fn.catalog import mapping, sequence, text
from krm_fn.context import NO_DEPENDENCIES, ContextMemo, Scope, component_scope, trait_scope
from krm_fn.findings import Collector, did_you_mean
from krm_fn.provenance import SILENT, Record, Trace
from krm_fn.resolve import ComponentJob, TraitInstance
from krm_fn.template import (
    Draft,
    Rendering,
    TemplateError,
    compile_template,
    environment_for,
    render_resources,
    to_finding,
)


def render_component(
    job: ComponentJob,
    memo: ContextMemo,
    findings: Collector,
    *,
    dependencies: Mapping[str, object] = NO_DEPENDENCIES,
    trace: Trace = SILENT,
) -> list[RenderedResource] | None:
    """Render one job: its resources in the reference's order, or None after error findings.

    `dependencies` is the variable of that name, as `connections` builds it.
    """
    snapshot = job.snapshot
    record = _scope_record(trace, str(job.binding))
    scope = component_scope(job, dependencies, memo, findings, record)
    if scope is None:
        return None
    if not rules.check_before_render(
        snapshot.type_spec, scope, snapshot.type_name, snapshot.type_origin, findings, job.binding
    ):
        return None
    drafts = render_resources(
        [mapping(entry) for entry in sequence(snapshot.type_spec.get("resources"))],
        scope,
        snapshot.type_origin.child("resources"),
        findings,
        trace,
        rendering=Rendering(context=job.binding, scope_record=record),
    )
    if drafts is None:
        return None
    owners: list[rules.Owner] = [
        (
            snapshot.type_spec,
            scope,
            f"ComponentType {snapshot.type_name}",
            snapshot.type_origin,
        )
    ]
    for instance, embedded in _instances(job):
        applied = _apply_trait(
            job, instance, drafts, scope, memo, findings, trace, embedded=embedded
        )
        if applied is None:
            return None
        drafts, owner = applied
        owners.append(owner)
    if not rules.check_after_render(owners, drafts, findings, job.binding):
        return None
    return finish_component(job, drafts, mapping(scope["metadata"]), findings)


def _scope_record(trace: Trace, name: str) -> Record | None:
    return trace.record(name) if trace.enabled else None


def _instances(job: ComponentJob) -> list[tuple[TraitInstance, bool]]:
    """The embedded traits of the type, then the traits of the component."""
    origin = job.snapshot.type_origin.child("traits")
    entries = [mapping(entry) for entry in sequence(job.snapshot.type_spec.get("traits"))]
    embedded = [
        TraitInstance(
            kind=text(entry.get("kind")) or "Trait",
            name=text(entry.get("name")),
            instance_name=text(entry.get("instanceName")),
            parameters=None,
            origin=origin.child(index),
        )
        for index, entry in enumerate(entries)
    ]
    return [
        *((instance, True) for instance in embedded),
        *((instance, False) for instance in job.snapshot.instances),
    ]


def _apply_trait(
    job: ComponentJob,
    instance: TraitInstance,
    drafts: list[Draft],
    scope: Scope,
    memo: ContextMemo,
    findings: Collector,
    trace: Trace,
    *,
    embedded: bool,
) -> tuple[list[Draft], rules.Owner] | None:
    trait = job.snapshot.traits.get(instance.key)
    if trait is None:
        findings.add(
            "trait-not-in-release",
            f'{instance.kind} "{instance.name}" is not part of the release',
            origin=instance.origin.child("name"),
            hint=did_you_mean(
                instance.name, [known.name for known in job.snapshot.traits.values()]
            ),
            context=job.binding,
        )
        return None
    bound: Mapping[str, object] | None = None
    if embedded:
        bound = _bindings(job, instance, scope, findings)
        if bound is None:
            return None
    record = _scope_record(trace, f"{job.binding} trait {instance.name}/{instance.instance_name}")
    own_scope = trait_scope(job, instance, scope, memo, findings, bound=bound, record=record)
    if own_scope is None:
        return None
    label = f"{trait.kind} {instance.name}/{instance.instance_name}"
    if not rules.check_before_render(
        trait.spec, own_scope, label, trait.origin, findings, job.binding
    ):
        return None
    result = traits.apply_trait(
        trait.spec,
        drafts,
        own_scope,
        trait_name=instance.name,
        instance=instance.instance_name,
        trait_origin=trait.origin,
        findings=findings,
        context=job.binding,
        trace=trace,
        record=record,
    )
    if result is None:
        return None
    return result, (trait.spec, own_scope, label, trait.origin)


def _bindings(
    job: ComponentJob, instance: TraitInstance, scope: Scope, findings: Collector
) -> Mapping[str, object] | None:
    """Render the values that a type binds for an embedded trait (spec: rendering §3.7)."""
    entries = sequence(job.snapshot.type_spec.get("traits"))
    index = instance.origin.path[-1]
    assert isinstance(index, int)
    entry = mapping(entries[index])
    environment = environment_for(scope)
    bound: dict[str, object] = {}
    for field in ("parameters", "environmentConfigs"):
        tree = entry.get(field)
        if tree is None:
            continue
        template = compile_template(tree, environment)
        try:
            bound[field] = template.render(scope)
        except TemplateError:
            errors: list[TemplateError] = template.errors(scope)
            for error in errors:
                to_finding(
                    error,
                    instance.origin.child(field),
                    findings,
                    what=f"{field} of embedded trait {instance.name}/{instance.instance_name}",
                    context=job.binding,
                )
            return None
    return bound
