"""What a delivery tool is told about an object: when to apply it, and to keep it.

Order hints replace the moments at which controllers act: namespaces first, then what pods read,
then workloads, then routes that lead to them. Volume claims go with the workloads, because many
of them are bound only when a pod wants them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from krm_fn.assemble.rendered import RenderedResource
from krm_fn.identity import labels
from krm_fn.settings import OutputSettings

_SYNC_WAVE: Final = "argocd.argoproj.io/sync-wave"
_SYNC_OPTIONS: Final = "argocd.argoproj.io/sync-options"
_KEEP_OPTIONS: Final = ("Prune=false", "Delete=false")
_FLUX_PRUNE: Final = "kustomize.toolkit.fluxcd.io/prune"

GROUPS: Final = ("namespaces", "configuration", "workloads", "routes")
_WAVES: Final = dict(zip(GROUPS, ("-2", "-1", "0", "1"), strict=True))

_GROUP_OF_KIND: Final = {
    **dict.fromkeys(("CustomResourceDefinition", "Namespace"), "namespaces"),
    **dict.fromkeys(
        (
            "CiliumNetworkPolicy",
            "ClusterRole",
            "ClusterRoleBinding",
            "ConfigMap",
            "ExternalSecret",
            "LimitRange",
            "NetworkPolicy",
            "ResourceQuota",
            "Role",
            "RoleBinding",
            "Secret",
            "ServiceAccount",
        ),
        "configuration",
    ),
    **dict.fromkeys(
        ("GRPCRoute", "HTTPRoute", "Ingress", "TCPRoute", "TLSRoute", "UDPRoute"), "routes"
    ),
}


def delivery_group(resource: RenderedResource) -> str:
    """Return the step of a rollout in which an object is applied, one of `GROUPS`.

    What a Resource provides comes before the components that depend on it.
    """
    kind = str(resource.object.get("kind"))
    group = _GROUP_OF_KIND.get(kind, "workloads")
    provided = resource.binding.startswith("ResourceReleaseBinding/")
    if group == "workloads" and provided and kind != "PersistentVolumeClaim":
        return "configuration"
    return group


def add_hints(resources: Iterable[RenderedResource], output: OutputSettings) -> None:
    """Write the annotations that the settings ask for; those that an object has already stay.

    The objects are this run's own and change in place.
    """
    wants_ready_when = "readyWhen" in output.annotations
    if output.hints == "none" and not wants_ready_when:
        return
    made = list(resources)
    cells = {_namespace(resource) for resource in made if resource.retained}
    for resource in made:
        hints: dict[str, str] = {}
        kept = resource.retained or (
            resource.object.get("kind") == "Namespace" and _name(resource) in cells
        )
        if output.hints == "argocd":
            wave = _WAVES[delivery_group(resource)]
            if wave != "0":
                hints[_SYNC_WAVE] = wave
            if kept:
                hints[_SYNC_OPTIONS] = ",".join(_KEEP_OPTIONS)
        elif output.hints == "flux" and kept:
            hints[_FLUX_PRUNE] = "disabled"
        if wants_ready_when and resource.ready_when:
            hints[labels.READY_WHEN] = resource.ready_when
        if hints:
            _annotate(resource, hints)


def _annotate(resource: RenderedResource, hints: Mapping[str, str]) -> None:
    metadata = resource.object.get("metadata")
    if not isinstance(metadata, dict):
        return
    found = metadata.get("annotations")
    own = found if isinstance(found, dict) else {}
    merged = {**hints, **own}
    if _SYNC_OPTIONS in hints and _SYNC_OPTIONS in own:
        merged[_SYNC_OPTIONS] = _with_options(str(own[_SYNC_OPTIONS]))
    metadata["annotations"] = merged


def _with_options(options: str) -> str:
    """Add ours to a comma-separated list, whose own entries win."""
    listed = [option.strip() for option in options.split(",") if option.strip()]
    names = {option.partition("=")[0] for option in listed}
    return ",".join([*listed, *(own for own in _KEEP_OPTIONS if own.split("=")[0] not in names)])


def _metadata(resource: RenderedResource) -> Mapping[str, object]:
    metadata = resource.object.get("metadata")
    return metadata if isinstance(metadata, dict) else {}


def _name(resource: RenderedResource) -> str:
    return str(_metadata(resource).get("name", ""))


def _namespace(resource: RenderedResource) -> str:
    return str(_metadata(resource).get("namespace") or resource.namespace)
