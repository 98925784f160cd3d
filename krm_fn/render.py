"""The spine: documents in, finished resources and findings out. No detail lives here.

bytes → documents → catalog → jobs → scope → drafts → patched drafts → finished resources → bytes
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from krm_fn import catalog
from krm_fn.assemble import RenderedResource, annotate_origins, report_duplicates, run_order
from krm_fn.findings import Collector, Finding
from krm_fn.pipelines import Pipelines
from krm_fn.provenance import SILENT, Recorder, Trace
from krm_fn.resolve import Resolver
from krm_fn.settings import Settings
from krm_fn.yamlio import Document

__all__ = ["RenderResult", "RenderedResource", "render"]


@dataclass(frozen=True, slots=True, eq=False)
class RenderResult:
    """What a run made: resources in output order, findings in stable order."""

    resources: tuple[RenderedResource, ...]
    findings: tuple[Finding, ...]
    catalog: catalog.Catalog


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
    found = catalog.build(documents, collector)
    wants_origin = "origin" in settings.output.annotations
    if wants_origin and not trace.enabled:
        trace = Recorder()
    resolver = Resolver(found, settings, collector)
    pipelines = Pipelines(resolver, collector, trace)
    resources: list[RenderedResource] = []
    components = resolver.component_jobs(collector)
    for project in resolver.project_jobs(components, collector):
        resources += pipelines.project(project)
    for resource in resolver.resource_jobs(collector):
        resources += pipelines.resource(resource)
    for component in components:
        resources += pipelines.component(component)
    ordered = run_order(resources)
    report_duplicates(ordered, collector)
    if wants_origin:
        annotate_origins(ordered)
    return RenderResult(tuple(ordered), collector.sorted(), found)
