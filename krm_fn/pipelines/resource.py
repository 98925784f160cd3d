"""One resource in one environment, and its outputs (spec: rendering §4.1, binding §5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from krm_fn.assemble import RenderedResource, finish_owner
from krm_fn.catalog import mapping, sequence, text
from krm_fn.connections import DeclaredOutputs, ResourceOutput
from krm_fn.context import ContextMemo, Scope, owner_release_name, owner_scope
from krm_fn.findings import Collector, Origin
from krm_fn.provenance import Trace
from krm_fn.resolve import OwnerJob
from krm_fn.template import (
    Rendering,
    TemplateError,
    compile_template,
    environment_for,
    render_resources,
    to_finding,
    type_words,
)


@dataclass(frozen=True, slots=True, eq=False)
class ResourceRender:
    """What a resource binding gave: objects, and outputs for its consumers.

    `complete` is False when some output could not be resolved; consumers wait for all of them.
    """

    resources: list[RenderedResource]
    outputs: Mapping[str, ResourceOutput]
    complete: bool


def render_resource(
    job: OwnerJob,
    declared: DeclaredOutputs,
    memo: ContextMemo,
    findings: Collector,
    trace: Trace,
) -> ResourceRender | None:
    """Render a resource's manifests in the order of its type; None after error findings.

    `declared` holds what Git says of live values (`applied.*`) and of outputs.
    """
    snapshot = job.snapshot
    record = trace.record(str(job.binding)) if trace.enabled else None
    scope = owner_scope(job, memo, findings, record)
    if scope is None:
        return None
    entries = [mapping(entry) for entry in sequence(snapshot.type_spec.get("resources"))]
    drafts = render_resources(
        entries,
        scope,
        snapshot.type_origin.child("resources"),
        findings,
        trace=trace,
        rendering=Rendering(
            component_macros=False, required=(), scope_record=record, context=job.binding
        ),
    )
    if drafts is None:
        return None
    namespace = text(mapping(scope["metadata"])["namespace"])
    outputs, complete = resolve_outputs(job, declared, scope, findings)
    resources = finish_owner(job, drafts, namespace, owner_release_name(job))
    return ResourceRender(resources, outputs, complete)


def resolve_outputs(
    job: OwnerJob, declared: DeclaredOutputs, scope: Scope, findings: Collector
) -> tuple[dict[str, ResourceOutput], bool]:
    """Resolve the outputs of a type: what resolves, and whether everything did.

    An output declared in Git wins; the others are expressions over the scope and `applied`.
    """
    full: Scope = {**scope, "applied": declared.applied}
    outputs: dict[str, ResourceOutput] = {}
    complete = True
    origin = job.snapshot.type_origin.child("outputs")
    for index, entry in enumerate(sequence(job.snapshot.type_spec.get("outputs"))):
        output = mapping(entry)
        name = text(output.get("name"))
        if name in declared.outputs:
            outputs[name] = declared.outputs[name]
            continue
        resolved = _resolve(output, name, full, origin.child(index), job, findings)
        if resolved is None:
            complete = False
        else:
            outputs[name] = resolved
    return outputs, complete


def _resolve(
    output: Mapping[str, object],
    name: str,
    scope: Scope,
    origin: Origin,
    job: OwnerJob,
    findings: Collector,
) -> ResourceOutput | None:
    if output.get("value"):
        value = _text_of(output["value"], name, scope, origin.child("value"), job, findings)
        return None if value is None else ResourceOutput("value", value=value)
    for kind in ("secretKeyRef", "configMapKeyRef"):
        reference = output.get(kind)
        if not isinstance(reference, Mapping):
            continue
        parts = [
            _text_of(reference.get(field), name, scope, origin.child(kind, field), job, findings)
            for field in ("name", "key")
        ]
        if parts[0] is None or parts[1] is None:
            return None
        return ResourceOutput(
            "secretKeyRef" if kind == "secretKeyRef" else "configMapKeyRef",
            name=parts[0],
            key=parts[1],
        )
    findings.add(
        "resource-output-unresolved",
        f'output "{name}" has none of value, secretKeyRef, configMapKeyRef',
        origin=origin,
        context=job.binding,
    )
    return None


def _text_of(
    tree: object, name: str, scope: Scope, origin: Origin, job: OwnerJob, findings: Collector
) -> str | None:
    template = compile_template(tree, environment_for(scope, component_macros=False))
    try:
        value = template.render(scope)
    except TemplateError as error:
        found = to_finding(error, origin, Collector(), what=f'output "{name}"')
        problem = found.message
    else:
        if isinstance(value, str):
            return value
        problem = f'output "{name}" must give text, but is {type_words(value)}'
    findings.add(
        "resource-output-unresolved",
        problem,
        origin=origin,
        hint=_declaration(job, name) if "applied" in str(tree) else "",
        context=job.binding,
    )
    return None


def _declaration(job: OwnerJob, name: str) -> str:
    """What to write into Git when an output needs what only a cluster knows."""
    return (
        "declare it: apiVersion: fn.openchoreo.dev/v1alpha1, kind: ResourceOutputs,"
        f" metadata: {{name: {job.binding.name}, namespace: {job.namespace}}},"
        f" spec: {{outputs: [{{name: {name}, value: …}}]}}"
    )
