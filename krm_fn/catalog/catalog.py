"""`Catalog`: what Git holds, by name and by owner."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from krm_fn.findings import Origin, PathPart, ResourceReference
from krm_fn.identity import labels
from krm_fn.yamlio import Document

Key = tuple[str, str, str]


@dataclass(slots=True, eq=False)
class CatalogResource:
    """One admitted resource. `namespace` is empty for cluster-scoped kinds.

    `data` is the object with CRD defaults applied and unknown fields pruned; `document` is where
    it was written. `builtin` says that it is lent by the built-in platform.
    """

    kind: str
    namespace: str
    name: str
    data: Mapping[str, object]
    document: Document
    builtin: bool = False

    @property
    def spec(self) -> Mapping[str, object]:
        """The `spec` mapping; empty if there is none."""
        return mapping(self.data.get("spec"))

    @property
    def metadata(self) -> Mapping[str, object]:
        """The `metadata` mapping; empty if there is none."""
        return mapping(self.data.get("metadata"))

    @property
    def annotations(self) -> dict[str, str]:
        """The annotations whose values are strings."""
        return strings(self.metadata.get("annotations"))

    @property
    def reference(self) -> ResourceReference:
        """Name this resource in a finding."""
        return ResourceReference(labels.API_VERSION, self.kind, self.namespace, self.name)

    def origin(self, *path: PathPart) -> Origin:
        """Point at a place in the file that holds this resource."""
        return Origin(self.document, path)


def mapping(value: object) -> Mapping[str, object]:
    """Return the value if it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def sequence(value: object) -> list[object]:
    """Return the value if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """Return the value if it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


def strings(value: object) -> dict[str, str]:
    """Return the string entries of a mapping."""
    return {key: item for key, item in mapping(value).items() if isinstance(item, str)}


@dataclass(slots=True)
class Reads:
    """The resources that one job looked up, found or not, in the order of the first look."""

    found: dict[Key, CatalogResource] = field(default_factory=dict)
    missing: dict[Key, None] = field(default_factory=dict)

    def __iter__(self) -> Iterator[CatalogResource]:
        return iter(self.found.values())


class Fallback(Protocol):
    """Lends resources to a catalog that does not hold them."""

    def find(
        self, catalog: Catalog, kind: str, namespace: str, name: str
    ) -> CatalogResource | None:
        """Find what stands in for a resource; None for nothing."""

    def names(self, kind: str) -> tuple[str, ...]:
        """List what there is of a kind."""


class Catalog:
    """All resources of a run. Iteration is always sorted by namespace and name.

    `fallback` lends what `get` does not find. `borrowed` are the resources that were lent to those
    who remember their reads.
    """

    def __init__(
        self,
        resources: Iterable[CatalogResource],
        foreign: Iterable[Document],
        fallback: Fallback | None = None,
    ) -> None:
        self.foreign: tuple[Document, ...] = tuple(foreign)
        self.borrowed: dict[Key, CatalogResource] = {}
        self._fallback = fallback
        self._by_key: dict[Key, CatalogResource] = {}
        self._by_kind: dict[str, list[CatalogResource]] = {}
        self._by_owner: dict[tuple[str, ...], list[CatalogResource]] = {}
        ordered = sorted(resources, key=lambda item: (item.kind, item.namespace, item.name))
        for resource in ordered:
            self._by_key[resource.kind, resource.namespace, resource.name] = resource
            self._by_kind.setdefault(resource.kind, []).append(resource)
            owner = owner_of(resource)
            if owner is not None:
                self._by_owner.setdefault(owner, []).append(resource)

    def __len__(self) -> int:
        return len(self._by_key)

    def get(
        self, kind: str, namespace: str, name: str, reads: Reads | None = None
    ) -> CatalogResource | None:
        """Find one resource (`namespace` empty for cluster-scoped kinds), remembering the look."""
        key = (kind, namespace, name)
        resource = self._by_key.get(key)
        if resource is None and self._fallback is not None:
            resource = self._fallback.find(self, kind, namespace, name)
            if resource is not None and reads is not None:
                self.borrowed[key] = resource
        if reads is not None:
            if resource is None:
                reads.missing.setdefault(key)
            else:
                reads.found.setdefault(key, resource)
        return resource

    def of_kind(self, kind: str) -> list[CatalogResource]:
        """List the resources of a kind, sorted by namespace and name."""
        return self._by_kind.get(kind, [])

    def names(self, kind: str, namespace: str) -> list[str]:
        """List the names of a kind in a namespace (for “did you mean”)."""
        own = [item.name for item in self.of_kind(kind) if item.namespace == namespace]
        return own if self._fallback is None else [*own, *self._fallback.names(kind)]

    def owned(
        self, kind: str, namespace: str, owner: tuple[str, ...], reads: Reads | None = None
    ) -> list[CatalogResource]:
        """List what an owner has: `("shop", "cart")` for a component, `("shop",)` for a project."""
        found = self._by_owner.get((kind, namespace, *owner), [])
        if reads is not None:
            for resource in found:
                reads.found.setdefault((kind, namespace, resource.name), resource)
        return found


def owner_of(resource: CatalogResource) -> tuple[str, ...] | None:
    """Return kind, namespace and `spec.owner` of a resource, as `Catalog.owned` indexes it."""
    owner = mapping(resource.spec.get("owner"))
    project = text(owner.get("projectName"))
    if not project:
        return None
    member = text(owner.get("componentName")) or text(owner.get("resourceName"))
    names = (project, member) if member else (project,)
    return (resource.kind, resource.namespace, *names)
