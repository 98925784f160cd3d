"""The marker that makes a skipped function fail the build (spec: krm §2.9).

kustomize without `--enable-exec` skips functions in silence. A kustomization that copies a field
of this object with `replacements` cannot be built when the function did not run. The object is
`local-config`, so a finished build drops it.
"""

from __future__ import annotations

from typing import Any

from krm_fn.identity import labels


def marker(name: str) -> dict[str, Any]:
    """Make the marker ConfigMap."""
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": name, "annotations": {labels.LOCAL_CONFIG: "true"}},
        "data": {"ran": "yes", "seen": "no"},
    }


def is_marker(item: Any, name: str) -> bool:
    """Say whether an object is the marker of an earlier function of the same build."""
    if not isinstance(item, dict) or item.get("kind") != "ConfigMap":
        return False
    metadata = item.get("metadata")
    return isinstance(metadata, dict) and metadata.get("name") == name
