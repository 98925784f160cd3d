"""The built-in platform as the fallback of a catalog: what to lend where Git has nothing."""

from __future__ import annotations

from typing import Final

from krm_fn.builtin.library import NAMES, document
from krm_fn.catalog import Catalog, CatalogResource
from krm_fn.findings import Collector
from krm_fn.models import admit

_TYPES: Final = frozenset({"ClusterComponentType", "ClusterProjectType", "ClusterTrait"})
_ALTERNATIVES: Final = {
    "ClusterDataPlane": ("ClusterDataPlane", "DataPlane"),
    "DeploymentPipeline": ("DeploymentPipeline",),
    "Environment": ("Environment",),
    "Project": ("Project",),
}
"""Kinds of infrastructure, and the kinds that show that a repository describes its own."""


class BuiltinPlatform:
    """Lends built-in resources to a catalog, each made when it is first wanted.

    A type or trait is lent wherever there is none of its name. Planes, pipelines, environments and
    projects are lent only where Git has none of the kind (in the namespace): a repository that has
    some and names another one has made a mistake.
    """

    def __init__(self) -> None:
        self._lent: dict[tuple[str, str, str], CatalogResource] = {}

    def names(self, kind: str) -> tuple[str, ...]:
        """List what there is of a kind."""
        return NAMES.get(kind, ()) if kind in _TYPES else ()

    def find(
        self, catalog: Catalog, kind: str, namespace: str, name: str
    ) -> CatalogResource | None:
        """Find what stands in for a resource that `catalog` does not hold; None for nothing."""
        names = NAMES.get(kind)
        if names is None or not name or (name not in names and kind != "Project"):
            return None
        if kind not in _TYPES and any(
            not namespace or not own.namespace or own.namespace == namespace
            for alternative in _ALTERNATIVES[kind]
            for own in catalog.of_kind(alternative)
        ):
            return None
        key = (kind, namespace, name)
        lent = self._lent.get(key)
        if lent is None:
            lent = self._lent[key] = _instance(kind, namespace, name)
        return lent


def _instance(kind: str, namespace: str, name: str) -> CatalogResource:
    source = document(kind, "default" if kind == "Project" else name)
    data, violations = admit(source.data, kind)
    assert not violations, violations
    metadata: dict[str, object] = {"name": name}
    if namespace:
        metadata["namespace"] = namespace
    return CatalogResource(
        kind, namespace, name, {**data, "metadata": metadata}, source, builtin=True
    )


def report_borrowed(catalog: Catalog, findings: Collector) -> None:
    """Say for each lent resource that it was used; projects are told apart by name."""
    for kind, namespace, name in sorted(catalog.borrowed):
        resource = catalog.borrowed[kind, namespace, name]
        where = f"namespace {namespace}" if namespace else "the repository"
        findings.add(
            "builtin-used",
            f'{kind} "{name}" is not in {where}: the built-in one is used',
            resource=resource.reference,
            hint=(
                f"declare a {kind} of that name to have your own"
                if kind == "Project"
                else f"krm-fn platform show {kind} {name} prints it, to start your own from"
            ),
        )
