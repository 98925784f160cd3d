"""The annotations that hosts put on what they send (spec: krm §1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

PATH: Final = "internal.config.kubernetes.io/path"
INDEX: Final = "internal.config.kubernetes.io/index"
LEGACY_PATH: Final = "config.kubernetes.io/path"
LEGACY_INDEX: Final = "config.kubernetes.io/index"
KUSTOMIZE_ID: Final = "kustomize.config.k8s.io/id"
FUNCTION: Final = "config.kubernetes.io/function"
ORIGIN: Final = "config.kubernetes.io/origin"
PREFIXES: Final = "internal.config.kubernetes.io/prefixes"
SUFFIXES: Final = "internal.config.kubernetes.io/suffixes"
PREVIOUS_NAMESPACES: Final = "internal.config.kubernetes.io/previousNamespaces"

_HOST_PREFIXES: Final = (
    "internal.config.kubernetes.io/",
    "config.kubernetes.io/",
    "alpha.config.kubernetes.io/",
    "config.k8s.io/",
    "kustomize.config.k8s.io/",
)


def annotations_of(item: Any) -> Mapping[str, Any]:
    """Return the annotations of an object; empty where there are none."""
    metadata = item.get("metadata") if isinstance(item, Mapping) else None
    found = metadata.get("annotations") if isinstance(metadata, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def annotated(resource: Mapping[str, Any], added: Mapping[str, str]) -> dict[str, Any]:
    """Return a copy of an object with annotations laid over its own."""
    metadata = resource.get("metadata")
    names: Mapping[str, Any] = metadata if isinstance(metadata, Mapping) else {}
    return {
        **resource,
        "metadata": {**names, "annotations": {**annotations_of(resource), **added}},
    }


def without_host_annotations(item: dict[str, Any]) -> dict[str, Any]:
    """Return an object as the user wrote it: without what hosts add on the way."""
    annotations = annotations_of(item)
    kept = {key: value for key, value in annotations.items() if not _of_host(key)}
    if len(kept) == len(annotations):
        return item
    metadata = {key: value for key, value in item["metadata"].items() if key != "annotations"}
    if kept:
        metadata["annotations"] = kept
    return {**item, "metadata": metadata}


def _of_host(key: Any) -> bool:
    return isinstance(key, str) and key.startswith(_HOST_PREFIXES)
