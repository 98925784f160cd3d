"""The objects by which Flux finds an artifact and applies it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from krm_fn.delivery.reference import Reference
from krm_fn.settings import OutputSettings

SOURCE_VERSION: Final = "source.toolkit.fluxcd.io/v1"
KUSTOMIZE_VERSION: Final = "kustomize.toolkit.fluxcd.io/v1"
_SOURCE_INTERVAL: Final = "5m"
_INTERVAL: Final = "10m"
_TIMEOUT: Final = "5m"


Chain = tuple[tuple[str, str], ...]
"""Folders in the order of a rollout: the end of the Kustomization's name, the path."""


@dataclass(frozen=True, slots=True)
class FluxTarget:
    """What is to be applied: an environment of an artifact, into Flux's own `namespace`.

    Each of the `chains` is a rollout of its own (that of a plane): the folders of the artifact that
    are applied one after the other. `depends_on` are Kustomizations that have to be ready first.
    """

    reference: Reference
    environment: str
    chains: tuple[Chain, ...]
    namespace: str = "flux-system"
    depends_on: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the source, and of the Kustomization: `<repository>-<environment>`."""
        last = self.reference.repository.rpartition("/")[2]
        return last if last.endswith(self.environment) else f"{last}-{self.environment}"


def flux_objects(target: FluxTarget, output: OutputSettings) -> dict[str, list[dict[str, Any]]]:
    """Write the OCIRepository and the Kustomizations of an environment, by file name.

    There is a Kustomization for each folder, which waits for the one before it.
    Where the output is escaped (`output.fluxSubstitution: escape`) substitution is switched on,
    since only that takes the escapes away again.
    """
    return {f"{target.name}.yaml": [_source(target), *_kustomizations(target, output)]}


def _source(target: FluxTarget) -> dict[str, Any]:
    spec: dict[str, Any] = {
        "interval": _SOURCE_INTERVAL,
        "url": target.reference.url,
        "ref": {"tag": target.reference.tag},
    }
    if target.reference.is_loopback:
        spec["insecure"] = True
    return {
        "apiVersion": SOURCE_VERSION,
        "kind": "OCIRepository",
        "metadata": {"name": target.name, "namespace": target.namespace},
        "spec": spec,
    }


def _kustomizations(target: FluxTarget, output: OutputSettings) -> Iterator[dict[str, Any]]:
    for chain in target.chains:
        earlier: Sequence[str] = target.depends_on
        for suffix, path in chain:
            name = f"{target.name}-{suffix}" if suffix else target.name
            spec: dict[str, Any] = {}
            if earlier:
                spec["dependsOn"] = [{"name": one} for one in earlier]
            spec |= {
                "interval": _INTERVAL,
                "timeout": _TIMEOUT,
                "prune": True,
                "wait": True,
                "sourceRef": {"kind": "OCIRepository", "name": target.name},
                "path": f"./{path}",
            }
            if output.flux_substitution == "escape":
                spec["postBuild"] = {"substituteStrategy": "Always"}
            yield {
                "apiVersion": KUSTOMIZE_VERSION,
                "kind": "Kustomization",
                "metadata": {"name": name, "namespace": target.namespace},
                "spec": spec,
            }
            earlier = (name,)
