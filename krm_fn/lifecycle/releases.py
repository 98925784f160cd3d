"""Cut releases from sources (spec: binding §9; decision D12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from krm_fn.catalog import Catalog, CatalogResource
from krm_fn.findings import Collector
from krm_fn.identity import labels
from krm_fn.resolve import (
    PROJECT,
    RESOURCE,
    OwnerKind,
    Resolver,
    component_release_spec,
    content_hash,
    find_type,
    owner_release_spec,
)
from krm_fn.settings import Settings


@dataclass(frozen=True, slots=True, eq=False)
class Release:
    """A release to write: its object, and whose it is.

    `known` says that the catalog already holds a release of this owner with the same content; its
    name is then the known one's.
    """

    object: dict[str, object]
    owner: CatalogResource
    known: bool

    @property
    def name(self) -> str:
        """The name of the release object."""
        metadata = self.object["metadata"]
        assert isinstance(metadata, dict)
        return str(metadata["name"])


def release_hash(release: Mapping[str, object]) -> str:
    """The content hash (64 hex digits) of a release object: of its spec alone."""
    return content_hash(release.get("spec"))


def cut_releases(catalog: Catalog, settings: Settings, findings: Collector) -> tuple[Release, ...]:
    """Cut a release of every selected component, project and resource with complete sources.

    Sorted by kind, namespace and name. Owners whose sources are not complete are in `findings`.
    """
    resolver = Resolver(catalog, settings, findings)
    releases: list[Release] = []
    for component in catalog.of_kind("Component"):
        sources = resolver.candidates.sources_of_component(component)
        if sources is not None:
            spec = component_release_spec(sources)
            releases.append(_release(catalog, "ComponentRelease", component, spec))
    for kind in (PROJECT, RESOURCE):
        releases += _owner_releases(catalog, resolver, kind, findings)
    return tuple(releases)


def _owner_releases(
    catalog: Catalog, resolver: Resolver, kind: OwnerKind, findings: Collector
) -> list[Release]:
    releases: list[Release] = []
    for owner in catalog.of_kind(kind.owner):
        if not resolver.selects_owner(kind, owner) or not owner.spec.get(kind.type_field):
            continue
        found = find_type(catalog, kind, owner, findings=findings)
        if found is not None:
            spec = owner_release_spec(kind, owner, found)
            releases.append(_release(catalog, kind.release, owner, spec))
    return releases


def _release(
    catalog: Catalog, kind: str, owner: CatalogResource, spec: dict[str, object]
) -> Release:
    digest = content_hash(spec)
    same_owner = spec["owner"]
    for known in catalog.of_kind(kind):
        if (
            known.namespace == owner.namespace
            and known.spec.get("owner") == same_owner
            and content_hash(known.spec) == digest
        ):
            return Release(dict(known.data), owner, known=True)
    metadata: dict[str, object] = {
        "name": f"{owner.name}-{digest[:8]}",
        "namespace": owner.namespace,
        "annotations": {labels.CONTENT_HASH: digest},
    }
    release: dict[str, object] = {
        "apiVersion": labels.API_VERSION,
        "kind": kind,
        "metadata": metadata,
        "spec": spec,
    }
    return Release(release, owner, known=False)
