"""The order of resources: inside a component the reference's, over a run ours (decision D5)."""

from __future__ import annotations

from krm_fn.assemble.rendered import RenderedResource

_FIRST_KINDS = ("Namespace", "CustomResourceDefinition")


def reference_key(resource: dict[str, object]) -> tuple[str, str, str, str]:
    """Sort key inside a component: kind, apiVersion, namespace, name, bytewise."""
    metadata = resource.get("metadata")
    names = metadata if isinstance(metadata, dict) else {}
    return (
        _text(resource.get("kind")),
        _text(resource.get("apiVersion")),
        _text(names.get("namespace")),
        _text(names.get("name")),
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def run_order(resources: list[RenderedResource]) -> list[RenderedResource]:
    """Put namespaces and definitions first; the rest stays in the order of the jobs (stable)."""
    return sorted(resources, key=_rank)


def _rank(resource: RenderedResource) -> int:
    kind = resource.object.get("kind")
    return _FIRST_KINDS.index(kind) if kind in _FIRST_KINDS else len(_FIRST_KINDS)
