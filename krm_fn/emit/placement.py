"""Which file a generated resource belongs in (decision D5)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from krm_fn.assemble import RenderedResource
    from krm_fn.settings import OutputSettings

_UNSAFE: Final = re.compile(r"[^a-z0-9.-]+")


def file_paths(
    resources: Sequence[RenderedResource], output: OutputSettings, *, suffix: str = ".yaml"
) -> list[str]:
    """Name a file for each resource, relative to the output directory, slash-separated.

    Form: `<environment>/<cell namespace>/<kind>_<name>.yaml`, lower-case; in the planes layout
    below `<data plane>/<plane>`, in the flat layout one name with underscores. With hints for Flux
    the environment has a folder for each step of a rollout. Where two resources would share a file,
    the later ones carry group and namespace too, and a number in the end.
    """
    taken: set[str] = set()
    paths: list[str] = []
    for resource in resources:
        path = next(path for path in _candidates(resource, output) if path not in taken)
        taken.add(path)
        paths.append(f"{path}{suffix}")
    return paths


def _candidates(resource: RenderedResource, output: OutputSettings) -> Sequence[str]:
    made = resource.object
    metadata = made.get("metadata")
    names = metadata if isinstance(metadata, dict) else {}
    kind, name = _safe(str(made.get("kind", ""))), _safe(str(names.get("name", "")))
    group = _safe(str(made.get("apiVersion", "")).rpartition("/")[0])
    namespace = _safe(str(names.get("namespace", "")))
    parts = [resource.environment, resource.namespace]
    if output.hints == "flux":
        from krm_fn.assemble import delivery_group

        parts.insert(1, delivery_group(resource))
    if output.layout == "planes":
        parts[:0] = [resource.data_plane, resource.plane]
    folders = [_safe(part) for part in parts if part]
    joint = "_" if output.layout == "flat" else "/"
    full = "_".join(
        part for part in (f"{kind}.{group}" if group else kind, namespace, name) if part
    )
    files = [f"{kind}_{name}", full, *(f"{full}_{number}" for number in range(2, 1000))]
    return [joint.join([*folders, candidate]) for candidate in files]


def _safe(text: str) -> str:
    return _UNSAFE.sub("-", text.lower()).strip(".") or ("-" if text else "")
