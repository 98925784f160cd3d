"""One project in one environment: its cell (spec: rendering §4.2, binding §4)."""

from __future__ import annotations

from krm_fn import rules
from krm_fn.assemble import RenderedResource, finish_owner
from krm_fn.catalog import mapping, sequence, text
from krm_fn.context import ContextMemo, owner_release_name, owner_scope
from krm_fn.findings import Collector
from krm_fn.provenance import Trace
from krm_fn.resolve import OwnerJob
from krm_fn.template import PROJECT_FIELDS, Rendering, render_resources


def render_project(
    job: OwnerJob, memo: ContextMemo, findings: Collector, trace: Trace
) -> list[RenderedResource] | None:
    """Render a project's resources in the order of its type; None after error findings."""
    snapshot = job.snapshot
    record = trace.record(str(job.binding)) if trace.enabled else None
    scope = owner_scope(job, memo, findings, record)
    if scope is None:
        return None
    if not rules.check_before_render(
        snapshot.type_spec,
        scope,
        snapshot.type_name,
        snapshot.type_origin,
        findings,
        job.binding,
        component_macros=False,
    ):
        return None
    drafts = render_resources(
        [mapping(entry) for entry in sequence(snapshot.type_spec.get("resources"))],
        scope,
        snapshot.type_origin.child("resources"),
        findings,
        trace=trace,
        rendering=Rendering(
            component_macros=False,
            required=PROJECT_FIELDS,
            scope_record=record,
            context=job.binding,
        ),
    )
    if drafts is None:
        return None
    namespace = text(mapping(scope["metadata"])["namespace"])
    if not any(_is_namespace(draft.object, namespace) for draft in drafts):
        findings.add(
            "project-namespace-missing",
            f'{snapshot.type_kind} "{snapshot.type_name}" does not render the Namespace'
            f' "{namespace}"',
            origin=snapshot.type_origin.child("resources"),
            context=job.binding,
        )
        return None
    return finish_owner(job, drafts, namespace, owner_release_name(job))


def _is_namespace(resource: dict[str, object], name: str) -> bool:
    return (
        resource.get("apiVersion") == "v1"
        and resource.get("kind") == "Namespace"
        and mapping(resource.get("metadata")).get("name") == name
    )
