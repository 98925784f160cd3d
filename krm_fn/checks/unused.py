"""Resources that nothing refers to."""

from __future__ import annotations

from collections.abc import Iterator

from krm_fn.catalog import Catalog, CatalogResource, mapping, sequence, text
from krm_fn.checks.dangling import secret_keys
from krm_fn.findings import Collector, Origin

Key = tuple[str, str, str]

_PINS = (
    ("ReleaseBinding", "releaseName", "ComponentRelease"),
    ("ProjectReleaseBinding", "projectRelease", "ProjectRelease"),
    ("ResourceReleaseBinding", "resourceRelease", "ResourceRelease"),
)
_TYPES = (
    ("Component", "componentType", "ComponentType"),
    ("Project", "type", "ProjectType"),
    ("Resource", "type", "ResourceType"),
)
_WORDS = {
    "ComponentRelease": "no ReleaseBinding pins it",
    "ProjectRelease": "no ProjectReleaseBinding pins it",
    "ResourceRelease": "no ResourceReleaseBinding pins it",
    "ComponentType": "no Component is of this type",
    "ClusterComponentType": "no Component is of this type",
    "ProjectType": "no Project is of this type",
    "ClusterProjectType": "no Project is of this type",
    "ResourceType": "no Resource is of this type",
    "ClusterResourceType": "no Resource is of this type",
    "Trait": "no Component uses it, no type embeds or allows it",
    "ClusterTrait": "no Component uses it, no type embeds or allows it",
    "SecretReference": "no workload reads it",
    "DeploymentPipeline": "no Project uses it",
    "Environment": "no DeploymentPipeline leads to it",
    "Workload": "its component is not in the repository",
    "Component": "no ReleaseBinding deploys it, and autoDeploy is not set",
    "Resource": "no ResourceReleaseBinding deploys it",
}


def check_unused(catalog: Catalog, findings: Collector) -> None:
    """Report every resource that nothing refers to, as an information."""
    used = set(_references(catalog))
    for kind, words in _WORDS.items():
        for resource in catalog.of_kind(kind):
            if (kind, resource.namespace, resource.name) in used:
                continue
            if kind == "Component" and resource.spec.get("autoDeploy") is True:
                continue
            findings.add(
                "resource-unreferenced",
                f'{kind} "{resource.name}" is not in use: {words}',
                origin=resource.origin("metadata", "name"),
            )


def _references(catalog: Catalog) -> Iterator[Key]:
    for kind, field, target in _PINS:
        for binding in catalog.of_kind(kind):
            yield target, binding.namespace, text(binding.spec.get(field))
    for kind, field, default in _TYPES:
        for owner in catalog.of_kind(kind):
            yield _scoped(owner, owner.spec.get(field), default)
    for kind in ("Component", "ComponentType", "ClusterComponentType"):
        for owner in catalog.of_kind(kind):
            for field in ("traits", "allowedTraits"):
                for trait in sequence(owner.spec.get(field)):
                    yield _scoped(owner, trait, "Trait")
    yield from _secrets(catalog)
    yield from _environments(catalog)
    yield from _owners(catalog)


def _owners(catalog: Catalog) -> Iterator[Key]:
    """What bindings deploy, and the workloads of components that are there."""
    for kind, field, target in (
        ("ReleaseBinding", "componentName", "Component"),
        ("ResourceReleaseBinding", "resourceName", "Resource"),
    ):
        for binding in catalog.of_kind(kind):
            owner = mapping(binding.spec.get("owner"))
            yield target, binding.namespace, text(owner.get(field))
    for workload in catalog.of_kind("Workload"):
        component = text(mapping(workload.spec.get("owner")).get("componentName"))
        if catalog.get("Component", workload.namespace, component) is not None:
            yield "Workload", workload.namespace, workload.name


def _environments(catalog: Catalog) -> Iterator[Key]:
    for project in catalog.of_kind("Project"):
        reference = project.spec.get("deploymentPipelineRef")
        yield "DeploymentPipeline", project.namespace, _name(reference)
    for pipeline in catalog.of_kind("DeploymentPipeline"):
        for path in map(mapping, sequence(pipeline.spec.get("promotionPaths"))):
            source = path.get("sourceEnvironmentRef")
            for environment in (source, *sequence(path.get("targetEnvironmentRefs"))):
                yield "Environment", pipeline.namespace, _name(environment)


def _secrets(catalog: Catalog) -> Iterator[Key]:
    for kind, path in (
        ("Workload", ("container",)),
        ("ComponentRelease", ("workload", "container")),
        ("ReleaseBinding", ("workloadOverrides", "container")),
    ):
        for resource in catalog.of_kind(kind):
            container: object = resource.spec
            for part in path:
                container = mapping(container).get(part)
            nowhere = Origin(resource.document)
            for name, _, _ in secret_keys(container, nowhere):
                yield "SecretReference", resource.namespace, name
    for kind in ("Workflow", "ClusterWorkflow", "WorkflowRun"):
        for workflow in catalog.of_kind(kind):
            for reference in sequence(workflow.spec.get("externalRefs")):
                yield "SecretReference", workflow.namespace, text(mapping(reference).get("name"))


def _scoped(owner: CatalogResource, reference: object, default: str) -> Key:
    """Return the key of a type or trait; component types are written `deployment/service`."""
    item = mapping(reference)
    kind = text(item.get("kind")) or default
    namespace = "" if kind.startswith("Cluster") else owner.namespace
    return kind, namespace, text(item.get("name")).rpartition("/")[2]


def _name(reference: object) -> str:
    return text(reference) or text(mapping(reference).get("name"))
