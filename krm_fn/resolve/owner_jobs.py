"""Bindings of projects and resources → jobs (spec: binding §4, §5; decision D3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from krm_fn import builtin
from krm_fn.catalog import Catalog, CatalogResource, Reads, mapping, text
from krm_fn.findings import Collector, Origin, ResourceReference, did_you_mean
from krm_fn.identity import labels
from krm_fn.resolve.candidates import as_warnings, selects
from krm_fn.resolve.content_hash import release_name
from krm_fn.resolve.identities import Identities
from krm_fn.resolve.jobs import ComponentJob, EnvironmentView
from krm_fn.resolve.owner_releases import (
    PROJECT,
    RESOURCE,
    OwnerKind,
    OwnerSnapshot,
    find_type,
    pinned_release,
    release_spec,
    snapshot_of_owner,
)
from krm_fn.resolve.planes import Planes
from krm_fn.settings import Settings

Cell = tuple[str, str, str]
"""Namespace, project, environment."""


@dataclass(frozen=True, slots=True, eq=False)
class OwnerJob:
    """One project or resource in one environment, ready to render.

    `name` is the resource's (empty for a project); `annotations` are the binding's; `configs` are
    its environment configs.
    """

    binding: ResourceReference
    origin: Origin
    namespace: str
    project: str
    name: str
    environment: EnvironmentView
    snapshot: OwnerSnapshot
    project_uid: str
    resource_uid: str
    annotations: Mapping[str, str]
    configs: object
    configs_origin: Origin
    retain_policy: str = ""
    synthesized: bool = False
    reads: Reads = field(default_factory=Reads)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Namespace, project, resource (empty for a project), environment."""
        return (self.namespace, self.project, self.name, self.environment.name)


class OwnerJobs:
    """Finds the jobs of projects and resources."""

    def __init__(
        self, catalog: Catalog, settings: Settings, identities: Identities, planes: Planes
    ) -> None:
        self._catalog = catalog
        self._settings = settings
        self._identities = identities
        self._planes = planes

    def selects(self, kind: OwnerKind, owner: CatalogResource) -> bool:
        """Say whether the selection wants a project or resource."""
        project = owner.name if kind is PROJECT else _project_name(owner)
        return selects(self._settings.select, owner.namespace, project, "", None)

    def check_types(self, findings: Collector) -> None:
        """Report every selected project and resource whose type is missing.

        An error where an unpinned binding needs the type, a warning where only pins are in use.
        """
        for kind in (PROJECT, RESOURCE):
            unpinned = {
                (binding.namespace, _owner_name(kind, binding))
                for binding in self._catalog.of_kind(kind.binding)
                if not text(binding.spec.get(kind.pin_field))
            }
            for owner in self._catalog.of_kind(kind.owner):
                if not mapping(owner.spec.get(kind.type_field)) or not self.selects(kind, owner):
                    continue
                found = Collector()
                find_type(self._catalog, kind, owner, findings=found)
                needed = (owner.namespace, owner.name) in unpinned
                findings.extend(found if needed else as_warnings(found))

    def projects(self, components: Iterable[ComponentJob], findings: Collector) -> list[OwnerJob]:
        """The cells: one per selected ProjectReleaseBinding, and one for every rendered component.

        Sorted by namespace, project and environment.
        """
        jobs: list[OwnerJob] = []
        bound: set[Cell] = set()
        for binding in self._catalog.of_kind("ProjectReleaseBinding"):
            project = _project_name(binding)
            environment = text(binding.spec.get("environment"))
            bound.add((binding.namespace, project, environment))
            if selects(self._settings.select, binding.namespace, project, "", environment):
                job = self.job(PROJECT, binding, findings)
                if job is not None:
                    jobs.append(job)
        wanted = {
            (item.namespace, item.project, item.environment.name): item for item in components
        }
        for cell in sorted(wanted.keys() - bound):
            job = self._synthesize(wanted[cell], findings)
            if job is not None:
                jobs.append(job)
        return sorted(jobs, key=lambda job: job.key)

    def resources(self, findings: Collector) -> list[OwnerJob]:
        """The selected ResourceReleaseBindings, by namespace, project, resource, environment."""
        jobs: list[OwnerJob] = []
        select = self._settings.select
        for binding in self._catalog.of_kind("ResourceReleaseBinding"):
            project = _project_name(binding)
            environment = text(binding.spec.get("environment"))
            if select.components or not selects(
                select, binding.namespace, project, "", environment
            ):
                continue
            job = self.job(RESOURCE, binding, findings)
            if job is not None:
                jobs.append(job)
        return sorted(jobs, key=lambda job: job.key)

    def job(
        self, kind: OwnerKind, binding: CatalogResource, findings: Collector
    ) -> OwnerJob | None:
        """Look up everything that one binding needs; None after an error finding."""
        reads = Reads()
        reads.found[binding.kind, binding.namespace, binding.name] = binding
        project_name = _project_name(binding)
        owner_name = _owner_name(kind, binding)
        owner = self._catalog.get(kind.owner, binding.namespace, owner_name, reads)
        snapshot = self._snapshot(kind, binding, owner, reads, findings)
        if snapshot is None:
            return None
        environment = self._planes.environment(
            binding.namespace,
            text(binding.spec.get("environment")),
            reads,
            findings,
            wanted_by=binding.origin("spec", "environment"),
            context=binding.reference,
        )
        if environment is None:
            return None
        project = self._catalog.get("Project", binding.namespace, project_name, reads)
        for missing, what, name, path in (
            (owner, kind.owner, owner_name, "resourceName"),
            (project, "Project", project_name, "projectName"),
        ):
            if missing is None:
                findings.add(
                    f"{what.lower()}-not-found",
                    f'{what} "{name}" is not in namespace {binding.namespace}',
                    origin=binding.origin("spec", "owner", path),
                    hint=did_you_mean(name, self._catalog.names(what, binding.namespace)),
                    context=binding.reference,
                )
                return None
        assert owner is not None
        assert project is not None
        configs_field = (
            "resourceTypeEnvironmentConfigs" if kind is RESOURCE else "environmentConfigs"
        )
        return OwnerJob(
            binding=binding.reference,
            origin=binding.origin("spec"),
            namespace=binding.namespace,
            project=project_name,
            name=owner_name if kind is RESOURCE else "",
            environment=environment,
            snapshot=snapshot,
            project_uid=self._identities.uid(project),
            resource_uid=self._identities.uid(owner) if kind is RESOURCE else "",
            annotations=binding.annotations,
            configs=binding.spec.get(configs_field),
            configs_origin=binding.origin("spec", configs_field),
            retain_policy=text(binding.spec.get("retainPolicy"))
            or text(snapshot.type_spec.get("retainPolicy"))
            or "Delete",
            reads=reads,
        )

    def _snapshot(
        self,
        kind: OwnerKind,
        binding: CatalogResource,
        owner: CatalogResource | None,
        reads: Reads,
        findings: Collector,
    ) -> OwnerSnapshot | None:
        pin = text(binding.spec.get(kind.pin_field))
        if pin and self._settings.releases != "latest":
            return pinned_release(self._catalog, kind, binding, pin, reads, findings)
        if owner is None or self._settings.releases == "pinned":
            found = None
        else:
            found = find_type(self._catalog, kind, owner, reads)
        if owner is None or found is None:
            if pin:
                return pinned_release(self._catalog, kind, binding, pin, reads, findings)
            findings.add(
                f"{kind.release_code}-not-set",
                f"spec.{kind.pin_field} is not set, and {self._why_unpinned(kind, binding, owner)}",
                origin=binding.origin("spec"),
                hint=self._unpinned_hint(kind, binding, owner),
                context=binding.reference,
            )
            return None
        name = release_name(owner.name, release_spec(kind, owner, found))
        if not pin:
            findings.add(
                "binding-unpinned",
                f"spec.{kind.pin_field} is not set: rendered from the current sources of"
                f" {owner.name}; the cluster may hold an older pin",
                origin=binding.origin("spec"),
                hint=f"pin it: spec.{kind.pin_field}: {name}",
                context=binding.reference,
            )
        return snapshot_of_owner(owner, found, name)

    def _why_unpinned(
        self, kind: OwnerKind, binding: CatalogResource, owner: CatalogResource | None
    ) -> str:
        if owner is None:
            name = _owner_name(kind, binding)
            return f'{kind.owner} "{name}" is not in namespace {binding.namespace}'
        if self._settings.releases == "pinned":
            return "releases: pinned demands it"
        return f"the type of {owner.kind} {owner.name} is not in the repository"

    def _unpinned_hint(
        self, kind: OwnerKind, binding: CatalogResource, owner: CatalogResource | None
    ) -> str:
        if owner is None:
            known = self._catalog.names(kind.owner, binding.namespace)
            guess = did_you_mean(_owner_name(kind, binding), known)
            return guess or f"add the {kind.owner}, or delete the binding"
        if self._settings.releases == "pinned":
            return ""
        return f"correct spec.type of {owner.kind} {owner.name}, or pin one of its releases"

    def _synthesize(self, component: ComponentJob, findings: Collector) -> OwnerJob | None:
        """Make the cell that no ProjectReleaseBinding asks for, from the project's current type."""
        reads = Reads()
        namespace, environment = component.namespace, component.environment
        project = self._catalog.get("Project", namespace, component.project, reads)
        assert project is not None
        reference = mapping(project.spec.get("type"))
        found: CatalogResource | None = None
        if text(reference.get("name")):
            found = find_type(self._catalog, PROJECT, project, reads)
        used = "its type"
        if found is None:
            document = builtin.document("ClusterProjectType", "default")
            found = CatalogResource("ClusterProjectType", "", "default", document.data, document)
            used = "the built-in default project type"
        name = f"{project.name}-{environment.name}"
        binding = ResourceReference(labels.API_VERSION, "ProjectReleaseBinding", namespace, name)
        if not project.builtin:
            findings.add(
                "project-binding-missing",
                f'project "{project.name}" has no ProjectReleaseBinding for environment'
                f' "{environment.name}": its cell namespace is made from {used}',
                origin=project.origin("metadata", "name"),
                context=binding,
            )
        return OwnerJob(
            binding=binding,
            origin=project.origin("spec"),
            namespace=namespace,
            project=project.name,
            name="",
            environment=environment,
            snapshot=snapshot_of_owner(
                project, found, release_name(project.name, release_spec(PROJECT, project, found))
            ),
            project_uid=self._identities.uid(project),
            resource_uid="",
            annotations={},
            configs=None,
            configs_origin=project.origin("spec"),
            synthesized=True,
            reads=reads,
        )


def _project_name(resource: CatalogResource) -> str:
    return text(mapping(resource.spec.get("owner")).get("projectName"))


def _owner_name(kind: OwnerKind, binding: CatalogResource) -> str:
    """The project or resource that a binding belongs to."""
    owner = mapping(binding.spec.get("owner"))
    return text(owner.get("resourceName" if kind is RESOURCE else "projectName"))
