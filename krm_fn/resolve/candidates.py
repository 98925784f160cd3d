"""Which bindings there are: those in Git, those a controller would create (decision D3)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from krm_fn.catalog import Catalog, CatalogResource, Reads, mapping, sequence, text
from krm_fn.findings import Collector, Finding, Origin, ResourceReference, Severity
from krm_fn.identity import labels
from krm_fn.resolve.component_sources import (
    ComponentSources,
    find_sources,
    pipeline_name,
)
from krm_fn.resolve.jobs import Data
from krm_fn.settings import Selection, Settings


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A ReleaseBinding of Git, or one that exists only in this run.

    `latest` holds the sources when the release is cut from them instead of being read from Git.
    """

    reference: ResourceReference
    spec: Data
    origin: Origin
    synthesized: bool
    restarted_at: str = ""
    latest: ComponentSources | None = None
    reads: Reads = field(default_factory=Reads)

    @property
    def namespace(self) -> str:
        """The control-plane namespace."""
        return self.reference.namespace

    @property
    def project(self) -> str:
        """The owning project."""
        return text(mapping(self.spec.get("owner")).get("projectName"))

    @property
    def component(self) -> str:
        """The owning component."""
        return text(mapping(self.spec.get("owner")).get("componentName"))

    @property
    def environment(self) -> str:
        """The environment that the binding is for."""
        return text(self.spec.get("environment"))

    @property
    def undeployed(self) -> bool:
        """Whether the binding asks for nothing to be deployed."""
        return self.spec.get("state") == "Undeploy"


Target = tuple[str, str, str, str]


class Candidates:
    """All bindings of a run, by target (namespace, project, component, environment).

    Components that are not selected are looked at when somebody depends on them, and nothing is
    said of them: their findings belong to the run that selects them.
    """

    def __init__(self, catalog: Catalog, settings: Settings, findings: Collector) -> None:
        self._catalog = catalog
        self._settings = settings
        self._by_target: dict[Target, list[Candidate]] = {}
        self._sources: dict[tuple[str, str, str], ComponentSources | None] = {}
        for binding in catalog.of_kind("ReleaseBinding"):
            self._add(_of_binding(binding))
        self._unpinned = self._with_unpinned_bindings()
        self._unselected: dict[tuple[str, str, str], CatalogResource] = {}
        for component in catalog.of_kind("Component"):
            project = text(mapping(component.spec.get("owner")).get("projectName"))
            target = (component.namespace, project, component.name)
            if selects(settings.select, *target, environment=None):
                self._add_component(component, findings)
            else:
                self._unselected[target] = component

    def all(self) -> list[Candidate]:
        """Every candidate, sorted by namespace, project, component, environment and name."""
        return [item for target in sorted(self._by_target) for item in self._by_target[target]]

    def at(self, target: Target) -> list[Candidate]:
        """The bindings of one component in one environment: none, one, or (wrongly) several."""
        self._look_at(target[:3])
        return self._by_target.get(target, [])

    def sources_of(self, namespace: str, project: str, component: str) -> ComponentSources | None:
        """The checked sources of a component, None if they are not complete."""
        target = (namespace, project, component)
        self._look_at(target)
        return self._sources.get(target)

    def sources_of_component(self, component: CatalogResource) -> ComponentSources | None:
        """The checked sources of a selected component, None if they are not complete."""
        project = text(mapping(component.spec.get("owner")).get("projectName"))
        return self._sources.get((component.namespace, project, component.name))

    def _look_at(self, target: tuple[str, str, str]) -> None:
        component = self._unselected.pop(target, None)
        if component is not None:
            self._add_component(component, Collector())

    def _add(self, candidate: Candidate) -> None:
        target = (
            candidate.namespace,
            candidate.project,
            candidate.component,
            candidate.environment,
        )
        self._by_target.setdefault(target, []).append(candidate)

    def _add_component(self, component: CatalogResource, findings: Collector) -> None:
        project = text(mapping(component.spec.get("owner")).get("projectName"))
        needed = self._settings.releases == "latest" or self._deploys_itself(component, project)
        collected = Collector()
        reads = Reads()
        sources = find_sources(self._catalog, component, reads, collected)
        rendered = needed or (component.namespace, project, component.name) in self._unpinned
        findings.extend(collected if rendered else as_warnings(collected))
        self._sources[component.namespace, project, component.name] = sources
        if sources is None or not needed:
            return
        root = sources.root_environment
        if self._settings.releases == "latest":
            bound = [
                environment
                for namespace, owner, name, environment in self._by_target
                if (namespace, owner, name) == (component.namespace, project, component.name)
            ]
            listed = pipeline_environments(self._catalog, component)
            for environment in dict.fromkeys([*listed, *bound]):
                self._bind_latest(component, project, environment, sources, reads, findings)
        elif self._settings.releases == "pinned":
            self._demand_binding(component, project, root, findings)
        else:
            self._bind_latest(component, project, root, sources, reads, findings)

    def _demand_binding(
        self, component: CatalogResource, project: str, environment: str, findings: Collector
    ) -> None:
        """Report that a component would be deployed without a pin."""
        target = (component.namespace, project, component.name, environment)
        if target in self._by_target or not selects(
            self._settings.select, component.namespace, project, component.name, environment
        ):
            return
        findings.add(
            "component-release-not-found",
            f'component "{component.name}" deploys itself to environment "{environment}", and'
            " releases: pinned demands a ReleaseBinding that names a release",
            origin=component.origin("spec"),
            hint=f"krm-fn release --component {component.name} cuts the release",
            context=component.reference,
        )

    def _with_unpinned_bindings(self) -> set[tuple[str, str, str]]:
        """Name the components that a selected binding renders from their current sources."""
        if self._settings.releases == "pinned":
            return set()
        return {
            target[:3]
            for target, items in self._by_target.items()
            if selects(self._settings.select, *target)
            and any(not text(item.spec.get("releaseName")) for item in items)
        }

    def _deploys_itself(self, component: CatalogResource, project: str) -> bool:
        """Whether the component asks for `autoDeploy`, or nobody has described how to deploy it."""
        asked = component.spec.get("autoDeploy")
        if isinstance(asked, bool):
            return asked
        found = self._catalog.get("Project", component.namespace, project)
        return found is not None and found.builtin

    def _bind_latest(
        self,
        component: CatalogResource,
        project: str,
        environment: str,
        sources: ComponentSources,
        reads: Reads,
        findings: Collector,
    ) -> None:
        target = (component.namespace, project, component.name, environment)
        present = self._by_target.get(target, [])
        if present:
            self._by_target[target] = [
                replace(item, latest=sources)
                if self._settings.releases == "latest" or not text(item.spec.get("releaseName"))
                else item
                for item in present
            ]
            return
        name = f"{component.name}-{environment}"
        taken = self._catalog.get("ReleaseBinding", component.namespace, name)
        if taken is not None:
            findings.add(
                "binding-name-conflict",
                f'autoDeploy needs the name "{name}" for a ReleaseBinding of environment'
                f' "{environment}", but that name is taken by one for another target',
                origin=taken.origin("metadata", "name"),
                context=component.reference,
            )
            return
        self._add(
            Candidate(
                reference=ResourceReference(
                    labels.API_VERSION, "ReleaseBinding", component.namespace, name
                ),
                spec={
                    "owner": {"projectName": project, "componentName": component.name},
                    "environment": environment,
                },
                origin=component.origin("spec"),
                synthesized=True,
                latest=sources,
                reads=reads,
            )
        )


def _of_binding(binding: CatalogResource) -> Candidate:
    reads = Reads()
    reads.found[binding.kind, binding.namespace, binding.name] = binding
    return Candidate(
        reference=binding.reference,
        spec=binding.spec,
        origin=binding.origin("spec"),
        synthesized=False,
        restarted_at=binding.annotations.get(labels.RESTARTED_AT, ""),
        reads=reads,
    )


def as_warnings(findings: Iterable[Finding]) -> list[Finding]:
    """What breaks a component's sources does not break its pinned releases: a warning."""
    return [
        replace(finding, severity=Severity.WARNING)
        if finding.severity is Severity.ERROR
        else finding
        for finding in findings
    ]


def pipeline_environments(catalog: Catalog, component: CatalogResource) -> list[str]:
    """The environments of the component's pipeline, in promotion order, each once."""
    project = catalog.get(
        "Project",
        component.namespace,
        text(mapping(component.spec.get("owner")).get("projectName")),
    )
    if project is None:
        return []
    pipeline = catalog.get("DeploymentPipeline", component.namespace, pipeline_name(project))
    found: dict[str, None] = {}
    for path in sequence(pipeline.spec.get("promotionPaths") if pipeline else None):
        item = mapping(path)
        references = [
            item.get("sourceEnvironmentRef"),
            *sequence(item.get("targetEnvironmentRefs")),
        ]
        for reference in references:
            name = reference if isinstance(reference, str) else text(mapping(reference).get("name"))
            found.setdefault(name)
    return list(found)


def selects(
    selection: Selection, namespace: str, project: str, component: str, environment: str | None
) -> bool:
    """Say whether a selection wants a target; `environment=None` leaves that question open."""
    return (
        (not selection.namespaces or namespace in selection.namespaces)
        and (not selection.projects or project in selection.projects)
        and (not selection.components or not component or component in selection.components)
        and (
            environment is None
            or not selection.environments
            or environment in selection.environments
        )
    )
