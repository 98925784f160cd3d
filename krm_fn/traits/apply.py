"""One trait instance, applied (spec: rendering §3.9)."""

from __future__ import annotations

from collections.abc import Mapping

from krm_fn.findings import Collector, Origin, ResourceReference
from krm_fn.provenance import SILENT, Record, Trace
from krm_fn.template import Draft, Rendering, render_resources
from krm_fn.traits.patches import PatchWork
from krm_fn.traits.plan import plan_of


def apply_trait(
    spec: Mapping[str, object],
    drafts: list[Draft],
    scope: Mapping[str, object],
    *,
    trait_name: str,
    instance: str,
    trait_origin: Origin | None,
    findings: Collector,
    context: ResourceReference | None = None,
    trace: Trace = SILENT,
    record: Record | None = None,
) -> list[Draft] | None:
    """Apply a trait and return the drafts that there are then; None after error findings.

    `drafts` are those of the render so far: the list stays as it is, the objects of patched drafts
    are changed in place. `scope` is that of the instance, `record` its provenance. `trait_origin`
    points at `spec`; `context` is the object for which is rendered. A spec must not change between
    two calls: what was read of it is kept.
    """
    plan = plan_of(spec)
    label = f"{trait_name}/{instance}"
    current = drafts
    if plan.creates:
        created = render_resources(
            plan.creates,
            scope,
            trait_origin.child("creates") if trait_origin is not None else None,
            findings,
            trace,
            rendering=Rendering(
                required=(),
                what=f"trait {label} create",
                kind="create",
                scope_record=record,
                context=context,
            ),
        )
        if created is None:
            return None
        current = drafts + created
    if not plan.patches and not plan.removes:
        return current
    work = PatchWork(current, scope, label, trait_origin, findings, context)
    for index, patch in enumerate(plan.patches):
        if not work.patch(patch, index):
            return None
    doomed: set[int] = set()
    for index, remove in enumerate(plan.removes):
        chosen = work.chosen(remove, index)
        if chosen is None:
            return None
        doomed.update(map(id, chosen))
    return [draft for draft in current if id(draft) not in doomed] if doomed else current
