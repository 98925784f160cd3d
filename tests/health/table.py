"""Live objects and their states: one row for each rule of spec binding §3.4."""

from __future__ import annotations

from typing import Any, Final


def deployment(replicas: int | None = 2, **status: Any) -> dict[str, Any]:
    """Make a Deployment with this status, observed unless the status says otherwise."""
    spec = {} if replicas is None else {"replicas": replicas}
    return {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "generation": 2},
        "spec": spec,
        "status": {"observedGeneration": 2, **status},
    }


def stateful_set(replicas: int = 1, **status: Any) -> dict[str, Any]:
    """Make a StatefulSet with this status."""
    return {**deployment(replicas, **status), "kind": "StatefulSet"}


def pod(phase: str, *containers: dict[str, Any]) -> dict[str, Any]:
    """Make a Pod in this phase."""
    status = {"phase": phase, "containerStatuses": list(containers)}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web"}, "status": status}


def cron_job(suspend: bool, **status: Any) -> dict[str, Any]:
    """Make a CronJob with this status."""
    return {
        "apiVersion": "batch/v1",
        "kind": "CronJob",
        "metadata": {"name": "nightly"},
        "spec": {"suspend": suspend},
        "status": status,
    }


def counts(updated: int, ready: int, available: int, unavailable: int = 0) -> dict[str, int]:
    """Make the counts of a status."""
    names = ("updatedReplicas", "readyReplicas", "availableReplicas", "unavailableReplicas")
    return dict(zip(names, (updated, ready, available, unavailable), strict=True))


def condition(name: str, status: str, reason: str = "") -> dict[str, Any]:
    """Make the conditions of a status: just this one."""
    return {"conditions": [{"type": name, "status": status, "reason": reason}]}


def waiting(reason: str) -> dict[str, Any]:
    """Make a container that waits."""
    return {"name": "main", "ready": False, "state": {"waiting": {"reason": reason}}}


READY: Final = {"name": "main", "ready": True, "state": {"running": {}}}
_PAUSED: Final = {**deployment(), "spec": {"paused": True, "replicas": 2}}
_DEADLINE: Final = condition("Progressing", "False", "ProgressDeadlineExceeded")
_NEW: Final = condition("Progressing", "True", "NewReplicaSetAvailable")
_MOVING: Final = condition("Progressing", "True", "ReplicaSetUpdated")
_SHORT: Final = condition("Available", "False")

TABLE: Final[dict[str, tuple[dict[str, Any], str]]] = {
    "deployment 1 paused": (_PAUSED, "Suspended"),
    "deployment 1 before 3": ({**_PAUSED, "status": {}}, "Suspended"),
    "deployment 2 zero": (deployment(0), "Suspended"),
    "deployment 2 before 3": (deployment(0, observedGeneration=0), "Suspended"),
    "deployment 3 never observed": ({**deployment(), "status": {}}, "Progressing"),
    "deployment 3 stale": (deployment(observedGeneration=1, **_DEADLINE), "Progressing"),
    "deployment 4 deadline": (deployment(**counts(2, 2, 2), **_DEADLINE), "Degraded"),
    "deployment 5 failure": (
        deployment(**counts(2, 2, 2), **condition("ReplicaFailure", "True")),
        "Degraded",
    ),
    "deployment 5 no failure": (
        deployment(**counts(2, 2, 2), **condition("ReplicaFailure", "False")),
        "Healthy",
    ),
    "deployment 6 was available": (deployment(**counts(2, 0, 0, 2), **_NEW), "Degraded"),
    "deployment 6 moving": (deployment(**counts(2, 0, 0, 2), **_MOVING), "Progressing"),
    "deployment 6 not moving": (
        deployment(**counts(2, 0, 0, 2), **condition("Progressing", "False", "X")),
        "Degraded",
    ),
    "deployment 6 no condition": (deployment(**counts(2, 0, 0, 2)), "Degraded"),
    "deployment 6 before 7": (
        deployment(
            **counts(2, 1, 0, 2),
            conditions=[*_MOVING["conditions"], *_SHORT["conditions"]],
        ),
        "Progressing",
    ),
    "deployment 7 too few": (deployment(**counts(2, 1, 1, 1), **_SHORT), "Degraded"),
    "deployment 7 only ready": (deployment(**counts(1, 1, 0, 1), **_SHORT), "Degraded"),
    "deployment 7 none unavailable": (deployment(**counts(1, 1, 1), **_SHORT), "Progressing"),
    "deployment 7 none ready": (deployment(**counts(1, 0, 0, 2), **_SHORT), "Progressing"),
    "deployment 8": (deployment(**counts(2, 2, 2)), "Healthy"),
    "deployment 8 one by default": (deployment(None, **counts(1, 1, 1)), "Healthy"),
    "deployment 9 unavailable": (deployment(**counts(2, 2, 2, 1)), "Progressing"),
    "deployment 9 too many": (deployment(**counts(2, 3, 3)), "Progressing"),
    "stateful set never observed": ({**stateful_set(), "status": {}}, "Progressing"),
    "stateful set stale": (stateful_set(observedGeneration=1, **counts(1, 1, 1)), "Progressing"),
    "stateful set rolling": (
        stateful_set(**counts(1, 1, 1), currentRevision="a", updateRevision="b"),
        "Progressing",
    ),
    "stateful set ready": (
        stateful_set(**counts(1, 1, 1), currentRevision="b", updateRevision="b"),
        "Healthy",
    ),
    "stateful set of none": (stateful_set(0), "Healthy"),
    "stateful set short": (stateful_set(3, **counts(3, 2, 2)), "Progressing"),
    "pod pending": (pod("Pending", waiting("ImagePullBackOff")), "Progressing"),
    "pod crashes": (pod("Running", waiting("CrashLoopBackOff")), "Degraded"),
    "pod without image": (pod("Running", waiting("ImagePullBackOff")), "Degraded"),
    "pod image error": (pod("Running", READY, waiting("ErrImagePull")), "Degraded"),
    "pod not ready": (pod("Running", READY, waiting("ContainerCreating")), "Progressing"),
    "pod in order": (pod("Running", waiting("X"), waiting("CrashLoopBackOff")), "Progressing"),
    "pod ready": (pod("Running", READY), "Healthy"),
    "pod succeeded": (pod("Succeeded"), "Healthy"),
    "pod failed": (pod("Failed"), "Degraded"),
    "pod unknown": (pod("Unknown"), "Unknown"),
    "cron job suspended": (cron_job(True, active=[{}]), "Suspended"),
    "cron job active": (cron_job(False, active=[{}], lastScheduleTime="t"), "Progressing"),
    "cron job fired": (cron_job(False, lastScheduleTime="t"), "Healthy"),
    "cron job new": (cron_job(False), "Progressing"),
}
