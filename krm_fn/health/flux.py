"""The rules of `states` as `healthCheckExprs` of a Flux Kustomization (CEL).

Flux asks `failed` first, then `current`; an object that is neither is in progress. It has no
suspended state: what a binding counts as ready (spec: binding §3.5) is current.
"""

from __future__ import annotations

from typing import Any, Final


def _count(field: str) -> str:
    return f"(has(status.{field}) ? status.{field} : 0)"


def _any(condition: str) -> str:
    return f"(has(status.conditions) && status.conditions.exists(c, {condition}))"


_OBSERVED: Final = _count("observedGeneration")
_FRESH: Final = (
    f"{_OBSERVED} > 0 && {_OBSERVED} >= (has(metadata.generation) ? metadata.generation : 0)"
)
_DESIRED: Final = "(has(spec.replicas) ? spec.replicas : 1)"
_UPDATED, _READY, _AVAILABLE, _UNAVAILABLE = (
    _count(f"{name}Replicas") for name in ("updated", "ready", "available", "unavailable")
)
_SUSPENDED: Final = f"(has(spec.paused) && spec.paused) || {_DESIRED} == 0"
_STUCK: Final = (
    _any("c.type == 'Progressing' && has(c.reason) && c.reason == 'ProgressDeadlineExceeded'")
    + " || "
    + _any("c.type == 'ReplicaFailure' && c.status == 'True'")
)
_NONE: Final = f"({_UPDATED} == {_DESIRED} && {_AVAILABLE} == 0)"
_MOVING: Final = _any(
    "c.type == 'Progressing' && c.status == 'True'"
    " && !(has(c.reason) && c.reason == 'NewReplicaSetAvailable')"
)
_FEW: Final = (
    "("
    + _any("c.type == 'Available' && c.status != 'True'")
    + f" && {_UNAVAILABLE} > 0 && ({_READY} > 0 || {_AVAILABLE} > 0))"
)
_COMPLETE: Final = (
    f"{_UPDATED} == {_DESIRED} && {_READY} == {_DESIRED} && {_AVAILABLE} == {_DESIRED}"
)
_STATUSES: Final = "(has(status.containerStatuses) ? status.containerStatuses : [])"
_WAITS: Final = (
    "(has(c.state) && has(c.state.waiting) && has(c.state.waiting.reason) && "
    "c.state.waiting.reason in ['CrashLoopBackOff', 'ImagePullBackOff', 'ErrImagePull'])"
)
_NOT_READY: Final = "!(has(c.ready) && c.ready)"
_PHASE: Final = "(has(status.phase) ? status.phase : '')"


def flux_expressions() -> list[dict[str, Any]]:
    """Return the `healthCheckExprs`: one item per kind with a rule of its own.

    A Pod of several containers fails as soon as one waits in vain; the reference looks at them in
    order and calls it Progressing if an earlier one is merely not ready.
    """
    return [
        {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "failed": f"!({_SUSPENDED}) && {_FRESH} && "
            f"({_STUCK} || ({_NONE} ? !{_MOVING} : {_FEW}))",
            "current": f"({_SUSPENDED}) || ({_FRESH} && !({_STUCK}) && !{_FEW} && "
            f"{_COMPLETE} && {_UNAVAILABLE} == 0)",
        },
        {
            "apiVersion": "apps/v1",
            "kind": "StatefulSet",
            "current": f"{_FRESH} && "
            "(has(status.currentRevision) ? status.currentRevision : '') == "
            f"(has(status.updateRevision) ? status.updateRevision : '') && {_COMPLETE}",
        },
        {
            "apiVersion": "v1",
            "kind": "Pod",
            "failed": f"{_PHASE} == 'Failed' || "
            f"({_PHASE} == 'Running' && {_STATUSES}.exists(c, {_WAITS}))",
            "current": f"{_PHASE} == 'Succeeded' || "
            f"({_PHASE} == 'Running' && !{_STATUSES}.exists(c, {_NOT_READY} || {_WAITS}))",
        },
        {"apiVersion": "batch/v1", "kind": "CronJob", "current": "true"},
    ]
