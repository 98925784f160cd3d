"""`RenderedResource`: one finished object and everything that is known about it."""

from __future__ import annotations

from dataclasses import dataclass

from krm_fn.findings import Origin
from krm_fn.identity import LABEL_LIMIT, kubernetes_name
from krm_fn.provenance import Record


@dataclass(frozen=True, slots=True, eq=False)
class RenderedResource:
    """A Kubernetes object, ready for the cluster of its plane.

    `namespace` is the cell namespace of the job, `binding` its binding as
    `Kind/namespace/name`, `release_name` the RenderedRelease in which a control plane would pack
    it, `id` its id there. `sources` are the places in Git that decided about it. `data_plane` is
    the name of the plane that its environment lives on. `retained` says that a retain policy
    protects it, `ready_when` is the readyWhen of its ResourceType, not evaluated.
    """

    object: dict[str, object]
    environment: str
    namespace: str
    project: str
    component: str
    plane: str
    binding: str
    release_name: str
    id: str
    sources: tuple[Origin, ...] = ()
    record: Record | None = None
    data_plane: str = ""
    retained: bool = False
    ready_when: str = ""


def resource_id(resource: dict[str, object], index: int) -> str:
    """The id of a component's resource: `<kind>-<name>`, shortened by a hash over 63 characters."""
    metadata = resource.get("metadata")
    kind = resource.get("kind")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    if not (isinstance(kind, str) and kind and isinstance(name, str) and name):
        return f"resource-{index}"
    text = f"{kind.lower()}-{name}"
    if len(text.encode()) > LABEL_LIMIT:
        return kubernetes_name(LABEL_LIMIT, (kind.lower(), name))
    return text
