"""The spine: documents in, finished resources and findings out. No detail lives here.

bytes → documents → catalog → jobs → scope → drafts → patched drafts → finished resources → bytes
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from krm_fn import catalog, checks
from krm_fn.assemble import (
    RenderedResource,
    add_hints,
    annotate_origins,
    apply_user_patches,
    report_duplicates,
    run_order,
)
from krm_fn.builtin import BuiltinPlatform, report_borrowed
from krm_fn.findings import Collector, Finding
from krm_fn.pipelines import Pipelines
from krm_fn.provenance import SILENT, Recorder, Trace
from krm_fn.resolve import ComponentJob, OwnerJob, Resolver
from krm_fn.settings import Settings
from krm_fn.yamlio import Document

__all__ = ["RenderResult", "RenderedResource", "render"]


@dataclass(frozen=True, slots=True, eq=False)
class RenderResult:
    """What a run made: resources in output order, findings in stable order.

    `jobs` are what was rendered, with what each of them read.
    """

    resources: tuple[RenderedResource, ...]
    findings: tuple[Finding, ...]
    catalog: catalog.Catalog
    jobs: tuple[ComponentJob | OwnerJob, ...] = ()

    @property
    def files_read(self) -> frozenset[str]:
        """The files that the rendered jobs looked at, providers of dependencies included."""
        return frozenset(
            resource.document.file
            for job in self.jobs
            for resource in job.reads
            if resource.document.file and not resource.builtin
        )


def render(
    documents: Sequence[Document],
    settings: Settings,
    *,
    findings: Sequence[Finding] = (),
    trace: Trace = SILENT,
) -> RenderResult:
    """Render every selected binding of the documents.

    `findings` are those of reading the documents; they are returned with the others. One failing
    binding never hides another: its findings say what is wrong, the rest is rendered.
    """
    collector = Collector()
    collector.extend(findings)
    platform = BuiltinPlatform() if settings.platform == "builtin" else None
    found = catalog.build(documents, collector, platform)
    wants_origin = "origin" in settings.output.annotations
    if wants_origin and not trace.enabled:
        trace = Recorder()
    resolver = Resolver(found, settings, collector)
    pipelines = Pipelines(resolver, collector, trace)
    resources: list[RenderedResource] = []
    components = resolver.component_jobs(collector)
    projects = resolver.project_jobs(components, collector)
    owned = resolver.resource_jobs(collector)
    checks.check_jobs(resolver, components, [*projects, *owned], collector)
    for project in projects:
        resources += pipelines.project(project)
    for resource in owned:
        resources += pipelines.resource(resource)
    for component in components:
        resources += pipelines.component(component)
    ordered = run_order(resources)
    if settings.patches:
        ordered = apply_user_patches(ordered, settings.patches, collector)
    report_duplicates(ordered, collector)
    checks.check_rendered(ordered, collector)
    if settings.mode == "validate":
        checks.check_repository(resolver, components, collector)
    report_borrowed(found, collector)
    if wants_origin:
        annotate_origins(ordered)
    add_hints(ordered, settings.output)
    return RenderResult(tuple(ordered), collector.sorted(), found, tuple(pipelines.jobs))
