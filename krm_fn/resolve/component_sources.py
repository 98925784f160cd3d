"""The sources of a component, checked as its controller checks them (spec: binding §6.1, §8.4)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from krm_fn.catalog import Catalog, CatalogResource, Reads, mapping, sequence, text
from krm_fn.findings import Collector, Origin, did_you_mean

_TYPE_KINDS = {"ComponentType": "ComponentType", "ClusterComponentType": "ClusterComponentType"}


@dataclass(frozen=True, slots=True, eq=False)
class ComponentSources:
    """What a release of a component is cut from, and the root environment of its pipeline."""

    component: CatalogResource
    component_type: CatalogResource
    workload: CatalogResource
    traits: tuple[CatalogResource, ...]
    root_environment: str


def find_sources(
    catalog: Catalog, component: CatalogResource, reads: Reads, findings: Collector
) -> ComponentSources | None:
    """Look up everything a release needs; None after an error finding.

    The order of the checks is the controller's, and like it this stops at the first kind of
    problem, because the later ones would be guesses.
    """
    reads.found.setdefault((component.kind, component.namespace, component.name), component)
    component_type = _component_type(catalog, component, reads, findings)
    if component_type is None:
        return None
    if not _workflow_allowed(catalog, component, component_type, reads, findings):
        return None
    workload = _workload(catalog, component, reads, findings)
    if workload is None:
        return None
    if not _traits_allowed(component, component_type, findings):
        return None
    traits = _traits(catalog, component, component_type, reads, findings)
    if traits is None:
        return None
    root = _root_environment(catalog, component, reads, findings)
    if root is None:
        return None
    return ComponentSources(component, component_type, workload, tuple(traits), root)


def _component_type(
    catalog: Catalog, component: CatalogResource, reads: Reads, findings: Collector
) -> CatalogResource | None:
    reference = mapping(component.spec.get("componentType"))
    origin = component.origin("spec", "componentType", "name")
    full_name = text(reference.get("name"))
    workload_type, slash, name = full_name.partition("/")
    if not (slash and workload_type and name):
        findings.add(
            "component-type-reference-invalid",
            f'componentType.name "{full_name}" is not of the form <workloadType>/<name>',
            origin=origin,
            context=component.reference,
        )
        return None
    kind = text(reference.get("kind")) or "ComponentType"
    namespace = "" if kind == "ClusterComponentType" else component.namespace
    found = catalog.get(kind, namespace, name, reads) if kind in _TYPE_KINDS else None
    if found is None and kind == "ComponentType":
        found = _builtin_type(catalog, name, reads)
    if found is None:
        findings.add(
            "component-type-not-found",
            f'{kind} "{name}" is not in the repository',
            origin=origin,
            hint=_type_hint(catalog, component.namespace, kind, name),
            context=component.reference,
        )
        return None
    if found.spec.get("workloadType") != workload_type:
        findings.add(
            "component-type-reference-invalid",
            f'componentType.name says "{workload_type}", but {kind} "{name}" is for workload type'
            f' "{text(found.spec.get("workloadType"))}"',
            origin=origin,
            related=[("declared here", found.origin("spec", "workloadType"))],
            context=component.reference,
        )
        return None
    return found


def _builtin_type(catalog: Catalog, name: str, reads: Reads) -> CatalogResource | None:
    """The built-in type of a name that neither a type of the namespace nor of the cluster has."""
    offered = catalog.get("ClusterComponentType", "", name)
    if offered is None or not offered.builtin:
        return None
    return catalog.get("ClusterComponentType", "", name, reads)


def _type_hint(catalog: Catalog, namespace: str, kind: str, name: str) -> str:
    other = "ComponentType" if kind == "ClusterComponentType" else "ClusterComponentType"
    other_namespace = "" if other == "ClusterComponentType" else namespace
    if catalog.get(other, other_namespace, name) is not None:
        return f"there is a {other} of that name: set spec.componentType.kind to {other}"
    own_namespace = "" if kind == "ClusterComponentType" else namespace
    return did_you_mean(
        name, [*catalog.names(kind, own_namespace), *catalog.names(other, other_namespace)]
    )


def _workflow_allowed(
    catalog: Catalog,
    component: CatalogResource,
    component_type: CatalogResource,
    reads: Reads,
    findings: Collector,
) -> bool:
    workflow = component.spec.get("workflow")
    if not isinstance(workflow, Mapping) or component_type.builtin:
        return True
    kind = text(workflow.get("kind")) or "ClusterWorkflow"
    name = text(workflow.get("name"))
    origin = component.origin("spec", "workflow", "name")
    allowed = [
        (text(mapping(item).get("kind")) or "ClusterWorkflow", text(mapping(item).get("name")))
        for item in sequence(component_type.spec.get("allowedWorkflows"))
    ]
    if (kind, name) not in allowed:
        findings.add(
            "workflow-not-allowed",
            f'{component_type.kind} "{component_type.name}" does not allow {kind} "{name}"',
            origin=origin,
            hint=did_you_mean(name, [known for _, known in allowed]),
            related=[("allowed workflows", component_type.origin("spec", "allowedWorkflows"))],
            context=component.reference,
        )
        return False
    namespace = "" if kind == "ClusterWorkflow" else component.namespace
    if catalog.get(kind, namespace, name, reads) is None:
        findings.add(
            "workflow-not-found",
            f'{kind} "{name}" is not in the repository',
            origin=origin,
            hint=did_you_mean(name, catalog.names(kind, namespace)),
            context=component.reference,
        )
        return False
    return True


def _workload(
    catalog: Catalog, component: CatalogResource, reads: Reads, findings: Collector
) -> CatalogResource | None:
    project = text(mapping(component.spec.get("owner")).get("projectName"))
    found = catalog.owned("Workload", component.namespace, (project, component.name), reads)
    if len(found) == 1:
        return found[0]
    if not found:
        findings.add(
            "workload-not-found",
            f'no Workload is owned by component "{component.name}" of project "{project}"',
            origin=component.origin("metadata", "name"),
            context=component.reference,
        )
        return None
    findings.add(
        "workload-ambiguous",
        f'{len(found)} Workloads are owned by component "{component.name}"; exactly one may be',
        origin=found[-1].origin("spec", "owner"),
        related=[("also owned", item.origin("spec", "owner")) for item in found[:-1]],
        context=component.reference,
    )
    return None


def _trait_key(entry: object) -> tuple[str, str]:
    item = mapping(entry)
    kind = "ClusterTrait" if item.get("kind") == "ClusterTrait" else "Trait"
    return kind, text(item.get("name"))


def _traits_allowed(
    component: CatalogResource, component_type: CatalogResource, findings: Collector
) -> bool:
    entries = sequence(component.spec.get("traits"))
    allowed = [_trait_key(item) for item in sequence(component_type.spec.get("allowedTraits"))]
    fine = True
    for index, entry in enumerate(entries):
        kind, name = _trait_key(entry)
        if (kind, name) in allowed:
            continue
        fine = False
        findings.add(
            "trait-not-allowed",
            f'{component_type.kind} "{component_type.name}" does not allow {kind} "{name}"',
            origin=component.origin("spec", "traits", index, "name"),
            hint=_trait_hint(name, allowed)
            or f"add it to spec.allowedTraits of {component_type.kind} {component_type.name}",
            related=[("allowed traits", component_type.origin("spec", "allowedTraits"))],
            context=component.reference,
        )
    return _instance_names_unique(component, component_type, entries, findings) and fine


def _trait_hint(name: str, allowed: list[tuple[str, str]]) -> str:
    for kind, known in allowed:
        if known == name:
            return f"the {kind} of that name is allowed: write kind: {kind}"
    return did_you_mean(name, [known for _, known in allowed])


def _instance_names_unique(
    component: CatalogResource,
    component_type: CatalogResource,
    entries: Iterable[object],
    findings: Collector,
) -> bool:
    seen: dict[str, Origin] = {}
    for index, entry in enumerate(sequence(component_type.spec.get("traits"))):
        instance = text(mapping(entry).get("instanceName"))
        seen.setdefault(instance, component_type.origin("spec", "traits", index, "instanceName"))
    fine = True
    for index, entry in enumerate(entries):
        instance = text(mapping(entry).get("instanceName"))
        origin = component.origin("spec", "traits", index, "instanceName")
        first = seen.setdefault(instance, origin)
        if first is not origin:
            fine = False
            findings.add(
                "trait-instance-duplicate",
                f'the trait instance name "{instance}" is used twice',
                origin=origin,
                related=[("first used here", first)],
                context=component.reference,
            )
    return fine


def _traits(
    catalog: Catalog,
    component: CatalogResource,
    component_type: CatalogResource,
    reads: Reads,
    findings: Collector,
) -> list[CatalogResource] | None:
    wanted: dict[tuple[str, str], Origin] = {}
    for owner in (component_type, component):
        for index, entry in enumerate(sequence(owner.spec.get("traits"))):
            wanted.setdefault(_trait_key(entry), owner.origin("spec", "traits", index, "name"))
    found: list[CatalogResource] = []
    complete = True
    for kind, name in sorted(wanted):
        namespace = "" if kind == "ClusterTrait" else component.namespace
        trait = catalog.get(kind, namespace, name, reads)
        if trait is not None:
            found.append(trait)
            continue
        complete = False
        findings.add(
            "trait-not-found",
            f'{kind} "{name}" is not in the repository',
            origin=wanted[kind, name],
            hint=did_you_mean(
                name,
                [*catalog.names("Trait", component.namespace), *catalog.names("ClusterTrait", "")],
            ),
            context=component.reference,
        )
    return found if complete else None


def _root_environment(
    catalog: Catalog, component: CatalogResource, reads: Reads, findings: Collector
) -> str | None:
    """The first promotion source that is never a target (spec: binding §6.2)."""
    name = text(mapping(component.spec.get("owner")).get("projectName"))
    project = catalog.get("Project", component.namespace, name, reads)
    if project is None:
        findings.add(
            "project-not-found",
            f'Project "{name}" is not in namespace {component.namespace}',
            origin=component.origin("spec", "owner", "projectName"),
            hint=did_you_mean(name, catalog.names("Project", component.namespace)),
            context=component.reference,
        )
        return None
    return root_environment_of(catalog, project, reads, findings, component)


def pipeline_name(project: CatalogResource) -> str:
    """The name of a project's DeploymentPipeline; a bare string is the old form of the field."""
    reference = project.spec.get("deploymentPipelineRef")
    return reference if isinstance(reference, str) else text(mapping(reference).get("name"))


def root_environment_of(
    catalog: Catalog,
    project: CatalogResource,
    reads: Reads,
    findings: Collector,
    component: CatalogResource,
) -> str | None:
    """Find the environment in which `autoDeploy` deploys; None after an error finding."""
    name = pipeline_name(project)
    origin = project.origin("spec", "deploymentPipelineRef")
    pipeline = catalog.get("DeploymentPipeline", project.namespace, name, reads) if name else None
    if pipeline is None:
        findings.add(
            "deployment-pipeline-not-found",
            f'DeploymentPipeline "{name}" of project "{project.name}" is not in the repository',
            origin=origin,
            hint=did_you_mean(name, catalog.names("DeploymentPipeline", project.namespace)),
            context=component.reference,
        )
        return None
    sources: list[str] = []
    targets: set[str] = set()
    for path in sequence(pipeline.spec.get("promotionPaths")):
        sources.append(_environment_name(mapping(path).get("sourceEnvironmentRef")))
        for target in sequence(mapping(path).get("targetEnvironmentRefs")):
            targets.add(_environment_name(target))
    for source in sources:
        if source and source not in targets:
            return source
    findings.add(
        "root-environment-missing",
        f'DeploymentPipeline "{pipeline.name}" has no root environment: every promotion path starts'
        " in an environment that is also a target"
        if sources
        else f'DeploymentPipeline "{pipeline.name}" has no promotion paths',
        origin=pipeline.origin("spec", "promotionPaths"),
        context=component.reference,
    )
    return None


def _environment_name(reference: object) -> str:
    return reference if isinstance(reference, str) else text(mapping(reference).get("name"))
