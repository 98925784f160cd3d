"""Runs the pipelines of one run and remembers what providers publish."""

from __future__ import annotations

from collections.abc import Mapping

from krm_fn.assemble import RenderedResource
from krm_fn.catalog import mapping, sequence, text
from krm_fn.connections import (
    NOTHING_DECLARED,
    ConnectionTarget,
    Endpoint,
    EndpointUrl,
    choose_url,
    declared_outputs,
    dependencies_variable,
    endpoint_item,
    endpoint_targets,
    published_endpoints,
    resource_item,
)
from krm_fn.context import NO_DEPENDENCIES, ContextMemo
from krm_fn.findings import Collector, Origin, Severity, did_you_mean
from krm_fn.pipelines.component import render_component
from krm_fn.pipelines.project import render_project
from krm_fn.pipelines.resource import ResourceRender, render_resource
from krm_fn.provenance import SILENT, Trace
from krm_fn.resolve import ComponentJob, OwnerJob, Resolver

_DATA_PLANE = "dataplane"

Target = tuple[str, str, str, str]


class Pipelines:
    """The pipelines of one run. Providers are rendered on demand and once."""

    def __init__(self, resolver: Resolver, findings: Collector, trace: Trace = SILENT) -> None:
        self._resolver = resolver
        self._findings = findings
        self._trace = trace
        self._memo = ContextMemo()
        self.jobs: list[ComponentJob | OwnerJob] = []
        self._endpoints: dict[Target, dict[str, Endpoint]] = {}
        self._failed: set[Target] = set()
        self._resources: dict[Target, ResourceRender | None] = {}
        self._declared = declared_outputs(resolver.catalog.foreign)

    def project(self, job: OwnerJob) -> list[RenderedResource]:
        """Render a project's cell; empty after error findings."""
        self.jobs.append(job)
        return render_project(job, self._memo, self._findings, self._trace) or []

    def resource(self, job: OwnerJob) -> list[RenderedResource]:
        """Render a resource binding; empty after error findings."""
        rendered = self._render_resource(job, self._findings, self._trace)
        self._resources[job.key] = rendered
        return rendered.resources if rendered is not None else []

    def _render_resource(
        self, job: OwnerJob, findings: Collector, trace: Trace
    ) -> ResourceRender | None:
        self.jobs.append(job)
        key = (job.binding.namespace, job.binding.name)
        declared = self._declared.get(key, NOTHING_DECLARED)
        return render_resource(job, declared, self._memo, findings, trace)

    def component(self, job: ComponentJob) -> list[RenderedResource]:
        """Render a component with its dependencies; empty after error findings."""
        self.jobs.append(job)
        dependencies = NO_DEPENDENCIES
        if mapping(job.snapshot.workload.get("dependencies")):
            dependencies = self._dependencies(job)
        rendered = render_component(
            job, self._memo, self._findings, dependencies=dependencies, trace=self._trace
        )
        return rendered or []

    def _dependencies(self, job: ComponentJob) -> dict[str, object]:
        items = [
            endpoint_item(job, target, self._url(job, target)) for target in endpoint_targets(job)
        ]
        entries = sequence(mapping(job.snapshot.workload.get("dependencies")).get("resources"))
        origin = job.snapshot.workload_origin.child("dependencies", "resources")
        resources = []
        for index, entry in enumerate(entries):
            item = self._resource_item(job, mapping(entry), origin.child(index))
            if item is not None:
                resources.append(item)
        return dependencies_variable(items, resources)

    def _url(self, job: ComponentJob, target: ConnectionTarget) -> EndpointUrl | None:
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
            endpoints = self._published(key)
            endpoint = endpoints.get(target.endpoint)
            if endpoint is None and key in self._failed:
                problem = f"{where} does not render in environment {job.environment.name}"
                hint = "correct that component first: its own findings say how"
            elif endpoint is None:
                problem = f'{where} publishes no endpoint "{target.endpoint}"'
                hint = did_you_mean(target.endpoint, endpoints)
            else:
                url = choose_url(endpoint, target.visibility)
                if url is not None:
                    return url
                problem = (
                    f'endpoint "{target.endpoint}" of {where} has no URL for visibility'
                    f' "{target.visibility}"'
                )
        self._pending("connection-pending", problem, hint, job, target.origin, target.text)
        return None

    def _component_hint(self, job: ComponentJob, target: ConnectionTarget) -> str:
        known = self._resolver.catalog.names("Component", job.namespace)
        return did_you_mean(target.component, known) if target.component not in known else ""

    def _published(self, key: Target) -> dict[str, Endpoint]:
        """Render a provider with its connections left out and read its endpoints; once."""
        known = self._endpoints.get(key)
        if known is None:
            self._endpoints[key] = {}
            known = self._endpoints[key] = self._publish(key)
        return known

    def _publish(self, key: Target) -> dict[str, Endpoint]:
        unseen = Collector()
        job = self._resolver.component_job(self._resolver.candidates.at(key)[0], unseen)
        if job is None:
            self._failed.add(key)
            return {}
        self.jobs.append(job)
        rendered = render_component(job, self._memo, unseen) or []
        if unseen.has_errors():
            self._failed.add(key)
        return published_endpoints(
            job,
            [item.object for item in rendered if item.plane == _DATA_PLANE],
            self._resolver.settings.cluster_domain,
        )

    def _resource_item(
        self, job: ComponentJob, entry: Mapping[str, object], origin: Origin
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
            self._pending("resource-dependency-pending", problem, hint, job, origin, name)
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
        self, code: str, problem: str, hint: str, job: ComponentJob, origin: Origin, target: str
    ) -> None:
        warn = self._resolver.settings.unresolved == "warn"
        self._findings.add(
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


def _output_hint(entry: Mapping[str, object], outputs: Mapping[str, object]) -> str:
    """Guess which output a dependency means whose binding names one that does not exist."""
    for field in ("envBindings", "fileBindings"):
        for name in mapping(entry.get(field)):
            if name not in outputs:
                known = ", ".join(sorted(outputs))
                return did_you_mean(name, outputs) or f"it has {known}" if known else ""
    return ""
