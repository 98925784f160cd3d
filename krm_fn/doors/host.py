"""Which host is calling, told by what it sends (spec: krm §2.3, §2.4, §3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from krm_fn.doors.host_annotations import FUNCTION, KUSTOMIZE_ID, LEGACY_PATH, PATH, annotations_of

Host = Literal["generator", "transformer", "package", "stream"]


def detect(items: Sequence[Any], function_config: Any) -> Host:
    """Name the host.

    `transformer`: kustomize, the items carry its id (validators look the same). `generator`:
    kustomize, the only item is a copy of the configuration. `package`: kpt, or `fn source | sink`;
    the items carry paths, and what is left out of the answer is deleted from disk. `stream`: a
    bare ResourceList.
    """
    carried = [annotations_of(item) for item in items]
    if any(KUSTOMIZE_ID in annotations for annotations in carried):
        return "transformer"
    if any(PATH in annotations or LEGACY_PATH in annotations for annotations in carried):
        return "package"
    if len(items) == 1 and _same_object(items[0], function_config):
        return "generator"
    if not items and FUNCTION in annotations_of(function_config):
        return "transformer"
    return "stream"


def _same_object(item: Any, function_config: Any) -> bool:
    if not isinstance(item, Mapping) or not isinstance(function_config, Mapping):
        return False
    return _identity(item) == _identity(function_config)


def _identity(item: Mapping[str, Any]) -> tuple[Any, ...]:
    metadata = item.get("metadata")
    names: Mapping[str, Any] = metadata if isinstance(metadata, Mapping) else {}
    return item.get("apiVersion"), item.get("kind"), names.get("namespace"), names.get("name")
