"""Bindings that compete, or that lead outside the project's pipeline (spec: binding §2.11, §8)."""

from __future__ import annotations

from collections.abc import Iterable

from krm_fn.checks.promotion import Promotions
from krm_fn.findings import Collector, Origin, did_you_mean
from krm_fn.resolve import ComponentJob, OwnerJob

Key = tuple[str, ...]


def check_bindings(
    promotions: Promotions,
    components: Iterable[ComponentJob],
    owners: Iterable[OwnerJob],
    findings: Collector,
) -> None:
    """Report bindings of one target, of one RenderedRelease, and of a foreign environment."""
    targets: dict[Key, Origin] = {}
    releases: dict[Key, ComponentJob] = {}
    for job in components:
        if not _is_repeated(targets, job.key, job, "component", findings):
            _check_release_name(releases, job, findings)
        _check_environment(promotions, job, findings)
    for owner in owners:
        key = ("resource" if owner.name else "project", *owner.key)
        _is_repeated(targets, key, owner, key[0], findings)
        _check_environment(promotions, owner, findings)


def _is_repeated(
    targets: dict[Key, Origin],
    key: Key,
    job: ComponentJob | OwnerJob,
    what: str,
    findings: Collector,
) -> bool:
    origin = job.origin.child("environment")
    first = targets.setdefault(key, origin)
    if first is origin:
        return False
    findings.add(
        "binding-duplicate",
        f'a second {job.binding.kind} of this {what} for environment "{job.environment.name}"',
        origin=origin,
        related=[("the first one", first)],
        context=job.binding,
    )
    return True


def _check_release_name(
    releases: dict[Key, ComponentJob], job: ComponentJob, findings: Collector
) -> None:
    name = f"{job.component}-{job.environment.name}"
    first = releases.setdefault((job.namespace, name), job)
    if first is not job:
        findings.add(
            "release-name-conflict",
            f'component "{job.component}" in "{job.environment.name}" and component'
            f' "{first.component}" in "{first.environment.name}" both need a RenderedRelease named'
            f' "{name}"',
            origin=job.origin.child("environment"),
            related=[("the other binding", first.origin.child("environment"))],
            context=job.binding,
        )


def _check_environment(
    promotions: Promotions, job: ComponentJob | OwnerJob, findings: Collector
) -> None:
    graph = promotions.graph(job.namespace, job.project)
    name = job.environment.name
    if job.synthesized or graph is None or name in graph.environments:
        return
    known = sorted(graph.environments)
    findings.add(
        "environment-outside-pipeline",
        f'environment "{name}" is not in DeploymentPipeline "{graph.pipeline.name}" of project'
        f' "{job.project}", which has {", ".join(known) or "none"}',
        origin=job.origin.child("environment"),
        hint=did_you_mean(name, known),
        related=[("the pipeline", graph.pipeline.origin("spec", "promotionPaths"))],
        context=job.binding,
    )
