"""Releases of projects and resources: read from Git, or cut from sources (binding §4 to §6)."""

from __future__ import annotations

from dataclasses import dataclass

from krm_fn.catalog import Catalog, CatalogResource, Reads, mapping, text
from krm_fn.findings import Collector, Origin, did_you_mean
from krm_fn.resolve.jobs import Data


@dataclass(frozen=True, slots=True)
class OwnerKind:
    """What differs between projects and resources."""

    owner: str
    type_field: str
    snapshot_field: str
    type_kinds: tuple[str, str]
    release: str
    binding: str
    pin_field: str
    type_code: str
    release_code: str


PROJECT = OwnerKind(
    owner="Project",
    type_field="type",
    snapshot_field="projectType",
    type_kinds=("ProjectType", "ClusterProjectType"),
    release="ProjectRelease",
    binding="ProjectReleaseBinding",
    pin_field="projectRelease",
    type_code="project-type-not-found",
    release_code="project-release",
)
RESOURCE = OwnerKind(
    owner="Resource",
    type_field="type",
    snapshot_field="resourceType",
    type_kinds=("ResourceType", "ClusterResourceType"),
    release="ResourceRelease",
    binding="ResourceReleaseBinding",
    pin_field="resourceRelease",
    type_code="resource-type-not-found",
    release_code="resource-release",
)


@dataclass(frozen=True, slots=True, eq=False)
class OwnerSnapshot:
    """The type and parameters of a project or resource as a release froze them."""

    release_name: str
    type_kind: str
    type_name: str
    type_spec: Data
    type_origin: Origin
    parameters: object
    parameters_origin: Origin


def find_type(
    catalog: Catalog,
    kind: OwnerKind,
    owner: CatalogResource,
    reads: Reads | None = None,
    findings: Collector | None = None,
) -> CatalogResource | None:
    """Find the type of a project or resource; None after an error finding, if they are wanted."""
    reference = mapping(owner.spec.get(kind.type_field))
    namespaced, cluster = kind.type_kinds
    type_kind = text(reference.get("kind")) or namespaced
    name = text(reference.get("name"))
    found = catalog.get(type_kind, "" if type_kind == cluster else owner.namespace, name, reads)
    if found is None and findings is not None:
        findings.add(
            kind.type_code,
            f'{type_kind} "{name}" is not in the repository',
            origin=owner.origin("spec", kind.type_field, "name"),
            hint=did_you_mean(
                name, [*catalog.names(namespaced, owner.namespace), *catalog.names(cluster, "")]
            ),
            context=owner.reference,
        )
    return found


def release_spec(
    kind: OwnerKind, owner: CatalogResource, type_resource: CatalogResource
) -> dict[str, object]:
    """Build the `spec` of a ProjectRelease or ResourceRelease."""
    spec: dict[str, object] = {
        "owner": (
            {"projectName": owner.name}
            if kind is PROJECT
            else {
                "projectName": text(mapping(owner.spec.get("owner")).get("projectName")),
                "resourceName": owner.name,
            }
        ),
        kind.snapshot_field: {
            "kind": type_resource.kind,
            "name": type_resource.name,
            "spec": dict(type_resource.spec),
        },
    }
    if owner.spec.get("parameters") is not None:
        spec["parameters"] = owner.spec["parameters"]
    return spec


def snapshot_of_owner(
    owner: CatalogResource, type_resource: CatalogResource, name: str
) -> OwnerSnapshot:
    """Freeze a project or resource as a release of that name would."""
    return OwnerSnapshot(
        release_name=name,
        type_kind=type_resource.kind,
        type_name=type_resource.name,
        type_spec=type_resource.spec,
        type_origin=type_resource.origin("spec"),
        parameters=owner.spec.get("parameters"),
        parameters_origin=owner.origin("spec", "parameters"),
    )


def snapshot_of_owner_release(kind: OwnerKind, release: CatalogResource) -> OwnerSnapshot:
    """Read a ProjectRelease or ResourceRelease."""
    frozen = mapping(release.spec.get(kind.snapshot_field))
    return OwnerSnapshot(
        release_name=release.name,
        type_kind=text(frozen.get("kind")) or kind.type_kinds[0],
        type_name=text(frozen.get("name")),
        type_spec=mapping(frozen.get("spec")),
        type_origin=release.origin("spec", kind.snapshot_field, "spec"),
        parameters=release.spec.get("parameters"),
        parameters_origin=release.origin("spec", "parameters"),
    )


def pinned_release(
    catalog: Catalog,
    kind: OwnerKind,
    binding: CatalogResource,
    name: str,
    reads: Reads,
    findings: Collector,
) -> OwnerSnapshot | None:
    """Read the release that a binding pins; None after an error finding."""
    release = catalog.get(kind.release, binding.namespace, name, reads)
    origin = binding.origin("spec", kind.pin_field)
    if release is None:
        findings.add(
            f"{kind.release_code}-not-found",
            f'{kind.release} "{name}" is not in namespace {binding.namespace}',
            origin=origin,
            hint=did_you_mean(name, catalog.names(kind.release, binding.namespace)),
            context=binding.reference,
        )
        return None
    if not _same_owner(binding.spec.get("owner"), release.spec.get("owner")):
        findings.add(
            f"{kind.release_code}-invalid",
            f'{kind.release} "{name}" belongs to another {kind.owner.lower()} than the binding',
            origin=origin,
            related=[("the release", release.origin("spec", "owner"))],
            context=binding.reference,
        )
        return None
    return snapshot_of_owner_release(kind, release)


def _same_owner(left: object, right: object) -> bool:
    one, other = mapping(left), mapping(right)
    return all(one.get(field) == other.get(field) for field in ("projectName", "resourceName"))
