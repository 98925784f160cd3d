"""Runs the pipelines of one run and remembers what providers publish."""

from __future__ import annotations

from collections.abc import Mapping

from krm_fn.assemble import RenderedResource
from krm_fn.catalog import mapping, sequence, text
from krm_fn.connections import (
    NOTHING_DECLARED,
    ConnectionTarget,
    EndpointUrl,
    choose_url,
    declared_outputs,
    dependencies_variable,
    endpoint_item,
    endpoint_targets,
    resource_item,
)
from krm_fn.context import NO_DEPENDENCIES, ContextMemo
from krm_fn.findings import Collector, Origin, Severity, did_you_mean
from krm_fn.pipelines.component import render_component
from krm_fn.pipelines.project import render_project
from krm_fn.pipelines.publications import Lookup, Publication, Publications, Target
from krm_fn.pipelines.resource import ResourceRender, render_resource
from krm_fn.provenance import SILENT, Trace
from krm_fn.resolve import ComponentJob, OwnerJob, Resolver


class Pipelines:
    """The pipelines of one run. Providers are rendered on demand and once."""

    def __init__(self, resolver: Resolver, findings: Collector, trace: Trace = SILENT) -> None:
        self._resolver = resolver
        self._findings = findings
        self._trace = trace
        self._memo = ContextMemo()
        self._jobs: list[ComponentJob | OwnerJob] = []
        self._publications = Publications(resolver, self._memo, self._quiet_dependencies)
        self._resources: dict[Target, ResourceRender | None] = {}
        self._declared = declared_outputs(resolver.catalog.foreign)

    @property
    def jobs(self) -> list[ComponentJob | OwnerJob]:
        """The jobs of the run, then those of providers that were rendered for others."""
        return [*self._jobs, *self._publications.jobs]

    def project(self, job: OwnerJob) -> list[RenderedResource]:
        """Render a project's cell; empty after error findings."""
        self._jobs.append(job)
        return render_project(job, self._memo, self._findings, self._trace) or []

    def resource(self, job: OwnerJob) -> list[RenderedResource]:
        """Render a resource binding; empty after error findings."""
        rendered = self._render_resource(job, self._findings, self._trace)
        self._resources[job.key] = rendered
        return rendered.resources if rendered is not None else []

    def _render_resource(
        self, job: OwnerJob, findings: Collector, trace: Trace
    ) -> ResourceRender | None:
        self._jobs.append(job)
        key = (job.binding.namespace, job.binding.name)
        declared = self._declared.get(key, NOTHING_DECLARED)
        return render_resource(job, declared, self._memo, findings, trace)

    def component(self, job: ComponentJob) -> list[RenderedResource]:
        """Render a component with its dependencies; empty after error findings."""
        self._jobs.append(job)
        dependencies = NO_DEPENDENCIES
        if mapping(job.snapshot.workload.get("dependencies")):
            dependencies = self._dependencies(job, self._publications.of, self._findings)
        rendered = render_component(
            job, self._memo, self._findings, dependencies=dependencies, trace=self._trace
        )
        return rendered or []

    def _quiet_dependencies(self, job: ComponentJob, published: Lookup) -> dict[str, object]:
        return self._dependencies(job, published, Collector())

    def _dependencies(
        self, job: ComponentJob, published: Lookup, findings: Collector
    ) -> dict[str, object]:
        items = [
            endpoint_item(job, target, self._url(job, target, published, findings))
            for target in endpoint_targets(job)
        ]
        entries = sequence(mapping(job.snapshot.workload.get("dependencies")).get("resources"))
        origin = job.snapshot.workload_origin.child("dependencies", "resources")
        resources = []
        for index, entry in enumerate(entries):
            item = self._resource_item(job, mapping(entry), origin.child(index), findings)
            if item is not None:
                resources.append(item)
        return dependencies_variable(items, resources)

    def _url(
        self, job: ComponentJob, target: ConnectionTarget, published: Lookup, findings: Collector
    ) -> EndpointUrl | None:
        """The URL of a dependency; None after a finding that says why it is pending."""
        key = (job.namespace, target.project, target.component, job.environment.name)
        problem, hint = "", ""
        bindings = self._resolver.candidates.at(key)
        where = f'component "{target.component}" of project "{target.project}"'
        if not bindings:
            problem = f"{where} has no ReleaseBinding for environment {job.environment.name}"
            hint = self._component_hint(job, target)
        elif len(bindings) > 1:
            problem = f"{where} has {len(bindings)} bindings for environment {key[3]}"
        elif bindings[0].undeployed:
            problem = f"{where} is undeployed in environment {job.environment.name}"
        else:
            publication = published(key)
            _report_passes(publication, where, job, target, findings)
            endpoint = publication.endpoints.get(target.endpoint)
            if endpoint is None and publication.failed:
                problem = f"{where} does not render in environment {job.environment.name}"
                hint = "correct that component first: its own findings say how"
            elif endpoint is None:
                problem = f'{where} publishes no endpoint "{target.endpoint}"'
                hint = did_you_mean(target.endpoint, publication.endpoints)
            else:
                url = choose_url(endpoint, target.visibility)
                if url is not None:
                    return url
                problem = (
                    f'endpoint "{target.endpoint}" of {where} has no URL for visibility'
                    f' "{target.visibility}"'
                )
        self._pending(
            "connection-pending", problem, hint, job, target.origin, target.text, findings
        )
        return None

    def _component_hint(self, job: ComponentJob, target: ConnectionTarget) -> str:
        known = self._resolver.catalog.names("Component", job.namespace)
        return did_you_mean(target.component, known) if target.component not in known else ""

    def _resource_item(
        self,
        job: ComponentJob,
        entry: Mapping[str, object],
        origin: Origin,
        findings: Collector,
    ) -> dict[str, object] | None:
        name = text(entry.get("ref"))
        key = (job.namespace, job.project, name, job.environment.name)
        provider = self._provider(key)
        hint = ""
        item: dict[str, object] | None = None
        if isinstance(provider, str):
            problem = provider
            known = self._resolver.catalog.names("Resource", job.namespace)
            hint = did_you_mean(name, known) if name not in known else ""
        else:
            item, problem = resource_item(entry, provider.outputs)
            hint = _output_hint(entry, provider.outputs) if problem else ""
        if problem:
            problem = f'resource "{name}": {problem}'
            self._pending("resource-dependency-pending", problem, hint, job, origin, name, findings)
        return item

    def _provider(self, key: Target) -> ResourceRender | str:
        """The rendered resource binding of a target, or why there is none."""
        bindings = self._resolver.resource_bindings(key)
        if not bindings:
            return f"there is no ResourceReleaseBinding for environment {key[3]}"
        if len(bindings) > 1:
            return f"there are {len(bindings)} ResourceReleaseBindings for environment {key[3]}"
        if key not in self._resources:
            unseen = Collector()
            job = self._resolver.resource_job(bindings[0], unseen)
            self._resources[key] = (
                None if job is None else self._render_resource(job, unseen, SILENT)
            )
        rendered = self._resources[key]
        if rendered is None:
            return "its own binding does not render: correct it first"
        if not rendered.complete:
            return "some of its outputs are not resolved"
        return rendered

    def _pending(
        self,
        code: str,
        problem: str,
        hint: str,
        job: ComponentJob,
        origin: Origin,
        target: str,
        findings: Collector,
    ) -> None:
        warn = self._resolver.settings.unresolved == "warn"
        findings.add(
            code,
            problem,
            origin=origin,
            hint=hint,
            severity=Severity.WARNING if warn else None,
            context=job.binding,
            details=[
                ("connection" if code == "connection-pending" else "resource dependency", target)
            ],
        )


def _report_passes(
    publication: Publication,
    where: str,
    job: ComponentJob,
    target: ConnectionTarget,
    findings: Collector,
) -> None:
    """Say that the endpoints of a provider depend on its own connections."""
    if not publication.settled:
        findings.add(
            "connection-unsettled",
            f"the endpoints of {where} still change after {publication.passes} renders with its"
            " own connections: the last ones are used",
            origin=target.origin,
            context=job.binding,
        )
    elif publication.passes:
        findings.add(
            "connection-repeated",
            f"the endpoints of {where} depend on its own connections: they took"
            f" {publication.passes + 1} renders",
            origin=target.origin,
            context=job.binding,
        )


def _output_hint(entry: Mapping[str, object], outputs: Mapping[str, object]) -> str:
    """Guess which output a dependency means whose binding names one that does not exist."""
    for field in ("envBindings", "fileBindings"):
        for name in mapping(entry.get(field)):
            if name not in outputs:
                known = ", ".join(sorted(outputs))
                return did_you_mean(name, outputs) or f"it has {known}" if known else ""
    return ""
