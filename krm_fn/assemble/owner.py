"""Finish the drafts of a project or resource: ids from the type, nothing added (spec: §4)."""

from __future__ import annotations

from krm_fn.assemble.component import DATA_PLANE
from krm_fn.assemble.numbers import plain_numbers
from krm_fn.assemble.rendered import RenderedResource
from krm_fn.catalog import mapping, sequence, text
from krm_fn.resolve import OwnerJob
from krm_fn.template import Draft


def finish_owner(
    job: OwnerJob, drafts: list[Draft], namespace: str, release: str
) -> list[RenderedResource]:
    """Pack drafts in the order of the type. The drafts are this render's own."""
    ready_when = {
        text(mapping(entry).get("id")): text(mapping(entry).get("readyWhen"))
        for entry in sequence(job.snapshot.type_spec.get("resources"))
    }
    binding = f"{job.binding.kind}/{job.binding.namespace}/{job.binding.name}"
    return [
        RenderedResource(
            object=plain_numbers(draft.object),
            environment=job.environment.name,
            namespace=namespace,
            project=job.project,
            component="",
            plane=DATA_PLANE,
            binding=binding,
            release_name=release,
            id=draft.id if draft.index is None else f"{draft.id}-{draft.index}",
            sources=(draft.origin, job.origin) if draft.origin is not None else (job.origin,),
            record=draft.record,
            data_plane=job.environment.data_plane.name,
            retained=job.retain_policy == "Retain",
            ready_when=ready_when.get(draft.id, ""),
        )
        for draft in drafts
    ]
