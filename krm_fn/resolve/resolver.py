"""Candidates → jobs (spec: binding §2.1)."""

from __future__ import annotations

from collections.abc import Iterable

from krm_fn.catalog import Catalog, CatalogResource, Reads, mapping, text
from krm_fn.findings import Collector, did_you_mean
from krm_fn.resolve.candidates import Candidate, Candidates, selects
from krm_fn.resolve.component_sources import ComponentSources
from krm_fn.resolve.content_hash import release_name
from krm_fn.resolve.identities import Identities
from krm_fn.resolve.jobs import ComponentJob, ComponentSnapshot, EnvironmentView
from krm_fn.resolve.owner_jobs import OwnerJob, OwnerJobs
from krm_fn.resolve.owner_releases import RESOURCE, OwnerKind
from krm_fn.resolve.planes import Planes
from krm_fn.resolve.release_spec import component_release_spec
from krm_fn.resolve.secrets import secret_references
from krm_fn.resolve.snapshots import snapshot_of_release, snapshot_of_sources
from krm_fn.settings import Settings


class Resolver:
    """Turns the bindings of a catalog into jobs, each when it is asked for."""

    def __init__(self, catalog: Catalog, settings: Settings, findings: Collector) -> None:
        self.catalog = catalog
        self.settings = settings
        self.identities = Identities(settings.identity)
        self.planes = Planes(catalog, self.identities)
        self.candidates = Candidates(catalog, settings, findings)
        self._owners = OwnerJobs(catalog, settings, self.identities, self.planes)
        self._resource_bindings: dict[tuple[str, ...], list[CatalogResource]] = {}
        for binding in catalog.of_kind("ResourceReleaseBinding"):
            owner = mapping(binding.spec.get("owner"))
            key = (
                binding.namespace,
                text(owner.get("projectName")),
                text(owner.get("resourceName")),
                text(binding.spec.get("environment")),
            )
            self._resource_bindings.setdefault(key, []).append(binding)

    def component_jobs(self, findings: Collector) -> list[ComponentJob]:
        """The jobs of the selected bindings, by namespace, project, component and environment."""
        jobs: list[ComponentJob] = []
        for candidate in self.candidates.all():
            if not selects(
                self.settings.select,
                candidate.namespace,
                candidate.project,
                candidate.component,
                candidate.environment,
            ):
                continue
            job = self.component_job(candidate, findings)
            if job is not None and self._plane_selected(job.environment):
                jobs.append(job)
        return jobs

    def selects_owner(self, kind: OwnerKind, owner: CatalogResource) -> bool:
        """Say whether the selection wants a project or resource."""
        return self._owners.selects(kind, owner)

    def project_jobs(
        self, components: Iterable[ComponentJob], findings: Collector
    ) -> list[OwnerJob]:
        """The cells of the selected bindings and of the given components."""
        self._owners.check_types(findings)
        jobs = self._owners.projects(components, findings)
        return [job for job in jobs if self._plane_selected(job.environment)]

    def resource_jobs(self, findings: Collector) -> list[OwnerJob]:
        """The jobs of the selected resource bindings."""
        jobs = self._owners.resources(findings)
        return [job for job in jobs if self._plane_selected(job.environment)]

    def resource_bindings(self, key: tuple[str, str, str, str]) -> list[CatalogResource]:
        """The bindings of a resource (namespace, project, resource, environment)."""
        return self._resource_bindings.get(key, [])

    def resource_job(self, binding: CatalogResource, findings: Collector) -> OwnerJob | None:
        """The job of one resource binding, for its consumers."""
        return self._owners.job(RESOURCE, binding, findings)

    def component_job(self, candidate: Candidate, findings: Collector) -> ComponentJob | None:
        """Look up everything that one binding needs.

        None after an error finding, and for a binding whose state is `Undeploy`.
        """
        reads = Reads(dict(candidate.reads.found), dict(candidate.reads.missing))
        context = candidate.reference
        snapshot = self._snapshot(candidate, reads, findings)
        if snapshot is None:
            return None
        environment = self.planes.environment(
            candidate.namespace,
            candidate.environment,
            reads,
            findings,
            wanted_by=candidate.origin.child("environment"),
            context=context,
        )
        if environment is None:
            return None
        component = self._live(candidate, "Component", candidate.component, reads, findings)
        if component is None:
            return None
        project = self._live(candidate, "Project", candidate.project, reads, findings)
        if project is None or candidate.undeployed:
            return None
        references = secret_references(
            self.catalog,
            candidate.namespace,
            snapshot,
            candidate.spec,
            candidate.origin,
            reads,
            findings,
            context,
        )
        if references is None:
            return None
        return ComponentJob(
            binding=context,
            spec=candidate.spec,
            origin=candidate.origin,
            synthesized=candidate.synthesized,
            namespace=candidate.namespace,
            project=candidate.project,
            component=candidate.component,
            environment=environment,
            snapshot=snapshot,
            component_uid=self.identities.uid(component),
            project_uid=self.identities.uid(project),
            secret_references=references,
            restarted_at=candidate.restarted_at,
            reads=reads,
        )

    def _plane_selected(self, environment: EnvironmentView) -> bool:
        wanted = self.settings.select.data_planes
        return not wanted or environment.data_plane.name in wanted

    def _live(
        self,
        candidate: Candidate,
        kind: str,
        name: str,
        reads: Reads,
        findings: Collector,
    ) -> CatalogResource | None:
        found = self.catalog.get(kind, candidate.namespace, name, reads)
        if found is None:
            field = "componentName" if kind == "Component" else "projectName"
            findings.add(
                f"{kind.lower()}-not-found",
                f'{kind} "{name}" is not in namespace {candidate.namespace}',
                origin=candidate.origin.child("owner", field),
                hint=did_you_mean(name, self.catalog.names(kind, candidate.namespace)),
                context=candidate.reference,
            )
        return found

    def _snapshot(
        self, candidate: Candidate, reads: Reads, findings: Collector
    ) -> ComponentSnapshot | None:
        if candidate.latest is not None:
            return self._latest(candidate, reads)
        wanted = text(candidate.spec.get("releaseName"))
        if not wanted:
            return self._unpinned(candidate, reads, findings)
        release = self.catalog.get("ComponentRelease", candidate.namespace, wanted, reads)
        if release is None:
            findings.add(
                "component-release-not-found",
                f'ComponentRelease "{wanted}" is not in namespace {candidate.namespace}',
                origin=candidate.origin.child("releaseName"),
                hint=did_you_mean(
                    wanted, self.catalog.names("ComponentRelease", candidate.namespace)
                ),
                context=candidate.reference,
            )
            return None
        snapshot = snapshot_of_release(release)
        if not self._release_fits(candidate, release, snapshot, findings):
            return None
        return snapshot

    def _latest(self, candidate: Candidate, reads: Reads) -> ComponentSnapshot:
        sources = candidate.latest
        assert sources is not None
        for resource in (
            sources.component,
            sources.component_type,
            sources.workload,
            *sources.traits,
        ):
            reads.found.setdefault((resource.kind, resource.namespace, resource.name), resource)
        name = release_name(sources.component.name, component_release_spec(sources))
        return snapshot_of_sources(sources, name)

    def _unpinned(
        self, candidate: Candidate, reads: Reads, findings: Collector
    ) -> ComponentSnapshot | None:
        sources = self.candidates.sources_of(
            candidate.namespace, candidate.project, candidate.component
        )
        if self.settings.releases == "pinned" or sources is None:
            findings.add(
                "component-release-not-found",
                f"spec.releaseName is not set, and {self._why_unpinned(candidate, sources)}",
                origin=candidate.origin,
                hint=self._unpinned_hint(candidate, sources),
                context=candidate.reference,
            )
            return None
        snapshot = snapshot_of_sources(
            sources, release_name(candidate.component, component_release_spec(sources))
        )
        for resource in (sources.component_type, sources.workload, *sources.traits):
            reads.found.setdefault((resource.kind, resource.namespace, resource.name), resource)
        findings.add(
            "binding-unpinned",
            f"spec.releaseName is not set: rendered from the current sources of"
            f" {candidate.component}, which a later commit may change",
            origin=candidate.origin,
            hint=f"pin it: spec.releaseName: {snapshot.release_name}",
            context=candidate.reference,
        )
        return snapshot

    def _why_unpinned(self, candidate: Candidate, sources: ComponentSources | None) -> str:
        if sources is not None:
            return "releases: pinned demands it"
        if candidate.component in self.catalog.names("Component", candidate.namespace):
            return f"the sources of component {candidate.component} are not complete"
        return f'Component "{candidate.component}" is not in namespace {candidate.namespace}'

    def _unpinned_hint(self, candidate: Candidate, sources: ComponentSources | None) -> str:
        name = candidate.component
        known = self.catalog.names("Component", candidate.namespace)
        if sources is not None:
            return f"cut a release of {name} and set spec.releaseName to its name"
        if name in known:
            return f"correct what is said about component {name}, or pin one of its releases"
        return did_you_mean(name, known) or "add the Component, or delete the binding"

    def _release_fits(
        self,
        candidate: Candidate,
        release: CatalogResource,
        snapshot: ComponentSnapshot,
        findings: Collector,
    ) -> bool:
        problems: list[tuple[str, str]] = []
        if snapshot.type_spec.get("resources") is None:
            problems.append(("componentType", "its component type has no resources"))
        if not snapshot.project or not snapshot.component:
            problems.append(("owner", "its owner is incomplete"))
        elif (snapshot.project, snapshot.component) != (candidate.project, candidate.component):
            problems.append(
                (
                    "owner",
                    (
                        f'it belongs to component "{snapshot.component}" of project'
                        f' "{snapshot.project}", the binding to "{candidate.component}" of'
                        f' "{candidate.project}"'
                    ),
                )
            )
        for field, problem in problems:
            findings.add(
                "component-release-invalid",
                f'ComponentRelease "{release.name}" cannot be used here: {problem}',
                origin=candidate.origin.child("releaseName"),
                related=[("the release", release.origin("spec", field))],
                context=candidate.reference,
            )
        return not problems
