"""Finish the drafts of a component (spec: rendering §3.11, §3.12; binding §2.11)."""

from __future__ import annotations

from collections.abc import Mapping

from krm_fn.assemble.content_dump import content_hash
from krm_fn.assemble.numbers import plain_numbers
from krm_fn.assemble.order import reference_key
from krm_fn.assemble.policies import network_policy
from krm_fn.assemble.rendered import RenderedResource, resource_id
from krm_fn.catalog import mapping, text
from krm_fn.findings import Collector
from krm_fn.identity import labels
from krm_fn.provenance import Step
from krm_fn.resolve import ComponentJob
from krm_fn.template import Draft

_MAIN_KINDS = {"deployment": "Deployment", "statefulset": "StatefulSet"}

DATA_PLANE = "dataplane"
OBSERVABILITY_PLANE = "observabilityplane"


def finish_component(
    job: ComponentJob,
    drafts: list[Draft],
    metadata: Mapping[str, object],
    findings: Collector,
) -> list[RenderedResource] | None:
    """Label, hash, check, sort and pack drafts; None after an error finding.

    `metadata` is the variable of that name. The drafts are this render's own and change in place.
    """
    if not _add_labels(job, drafts, mapping(metadata["labels"]), findings):
        return None
    if not _add_hash(job, drafts, findings) or not _complete(job, drafts, findings):
        return None
    ordered = sorted(drafts, key=lambda draft: reference_key(draft.object))
    return _pack(job, ordered, metadata, findings)


def _add_labels(
    job: ComponentJob, drafts: list[Draft], common: Mapping[str, object], findings: Collector
) -> bool:
    for draft in drafts:
        metadata = draft.object.get("metadata")
        if not isinstance(metadata, dict):
            findings.add(
                "resource-incomplete",
                f"{_name(draft)} has no metadata",
                origin=draft.origin,
                context=job.binding,
            )
            return False
        own = metadata.get("labels")
        metadata["labels"] = {**own, **common} if isinstance(own, dict) else dict(common)
        if draft.record is not None:
            for key, value in common.items():
                draft.record.write(
                    ("metadata", "labels", key),
                    Step("label", job.origin, value, inputs=(f"metadata.labels.{key}",)),
                )
    return True


def _add_hash(job: ComponentJob, drafts: list[Draft], findings: Collector) -> bool:
    """Annotate the pod template with a hash of everything else, so that pods roll with it."""
    kind = _MAIN_KINDS.get(job.snapshot.workload_type)
    if kind is None:
        return True
    others = [
        draft.object
        for draft in drafts
        if draft.plane == DATA_PLANE and draft.object.get("kind") != kind
    ]
    if not others:
        return True
    main = next((draft for draft in drafts if draft.object.get("kind") == kind), None)
    if main is None:
        return True
    others.sort(key=reference_key)
    hashed = content_hash(
        [{key: item for key, item in other.items() if key != "metadata"} for other in others]
    )
    spec = main.object.get("spec")
    if not isinstance(spec, dict):
        findings.add(
            "resource-incomplete",
            f"{_name(main)} has no spec, where the {labels.DATA_PLANE_RESOURCE_HASH} belongs",
            origin=main.origin,
            context=job.binding,
        )
        return False
    parent = spec
    for field in ("template", "metadata", "annotations"):
        child = parent.get(field)
        if not isinstance(child, dict):
            child = parent[field] = {}
        parent = child
    parent[labels.DATA_PLANE_RESOURCE_HASH] = hashed
    if main.record is not None:
        path = ("spec", "template", "metadata", "annotations", labels.DATA_PLANE_RESOURCE_HASH)
        main.record.write(path, Step("hash", main.origin, hashed))
    return True


def _complete(job: ComponentJob, drafts: list[Draft], findings: Collector) -> bool:
    for draft in drafts:
        resource = draft.object
        metadata = mapping(resource.get("metadata"))
        for field, value in (
            ("apiVersion", resource.get("apiVersion")),
            ("kind", resource.get("kind")),
            ("metadata.name", metadata.get("name")),
        ):
            if not text(value):
                findings.add(
                    "resource-incomplete",
                    f"{_name(draft)} has no {field}",
                    origin=draft.origin,
                    context=job.binding,
                )
                return False
    return True


def _name(draft: Draft) -> str:
    kind = text(draft.object.get("kind")) or "a resource"
    name = text(mapping(draft.object.get("metadata")).get("name"))
    return f"{kind} {name}" if name else kind


def _pack(
    job: ComponentJob, drafts: list[Draft], metadata: Mapping[str, object], findings: Collector
) -> list[RenderedResource]:
    release = f"{job.component}-{job.environment.name}"
    binding = f"{job.binding.kind}/{job.binding.namespace}/{job.binding.name}"
    namespace = text(metadata["namespace"])
    if job.restarted_at:
        _mark_restart(job, drafts)
    packed: list[RenderedResource] = []
    policy = Draft(
        object=network_policy(job, namespace, mapping(metadata["podSelectors"])),
        plane=DATA_PLANE,
        origin=job.snapshot.workload_origin,
        id="",
        record=None,
    )
    observability = _observability(job, drafts, findings)
    for plane, name, members in (
        (DATA_PLANE, release, [d for d in drafts if d.plane == DATA_PLANE] + [policy]),
        (OBSERVABILITY_PLANE, f"{release}-observability", observability),
    ):
        for index, draft in enumerate(members):
            packed.append(
                RenderedResource(
                    object=plain_numbers(draft.object),
                    environment=job.environment.name,
                    namespace=namespace,
                    project=job.project,
                    component=job.component,
                    plane=plane,
                    binding=binding,
                    release_name=name,
                    id=resource_id(draft.object, index),
                    sources=tuple(origin for origin in (draft.origin, job.origin) if origin),
                    record=draft.record,
                    data_plane=job.environment.data_plane.name,
                )
            )
    return packed


def _mark_restart(job: ComponentJob, drafts: list[Draft]) -> None:
    """Copy the binding's restartedAt to pod templates of Deployments, as applying would."""
    for draft in drafts:
        resource = draft.object
        if resource.get("kind") != "Deployment" or not text(resource.get("apiVersion")).startswith(
            "apps/"
        ):
            continue
        parent: dict[str, object] = resource
        for field in ("spec", "template", "metadata", "annotations"):
            child = parent.get(field)
            if not isinstance(child, dict):
                child = parent[field] = {}
            parent = child
        parent[labels.RESTARTED_AT] = job.restarted_at
        if draft.record is not None:
            path = ("spec", "template", "metadata", "annotations", labels.RESTARTED_AT)
            draft.record.write(path, Step("annotation", job.origin, job.restarted_at))


def _observability(job: ComponentJob, drafts: list[Draft], findings: Collector) -> list[Draft]:
    members = [draft for draft in drafts if draft.plane == OBSERVABILITY_PLANE]
    if members and not job.environment.data_plane.has_observability_plane:
        plane = job.environment.data_plane.resource
        findings.add(
            "observability-plane-missing",
            f"{len(members)} resources are for the observability plane, but {plane.kind}"
            f' "{plane.name}" leads to none: they are left out',
            origin=plane.origin("spec", "observabilityPlaneRef"),
            context=job.binding,
        )
        return []
    return members
