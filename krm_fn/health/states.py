"""The health of one live object (spec: binding §3.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

Object = Mapping[str, object]


class HealthState(StrEnum):
    """The five states."""

    HEALTHY = "Healthy"
    PROGRESSING = "Progressing"
    DEGRADED = "Degraded"
    SUSPENDED = "Suspended"
    UNKNOWN = "Unknown"


@dataclass(frozen=True, slots=True)
class ResourceHealth:
    """The state of an object and the rule that decided, in words."""

    state: HealthState
    reason: str


def assess(resource: Object | None) -> ResourceHealth:
    """Assess a live object; None stands for one that is not there.

    Kinds without a rule of their own are healthy as soon as they exist, as in the reference: a
    failed Job and a rejected HTTPRoute included.
    """
    if resource is None:
        return ResourceHealth(HealthState.UNKNOWN, "the object is not there")
    group = str(resource.get("apiVersion") or "").rpartition("/")[0]
    rule = _RULES.get((group, str(resource.get("kind") or "")))
    if rule is None:
        return ResourceHealth(HealthState.HEALTHY, "the object exists")
    return rule(resource)


def _mapping(value: object) -> Object:
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _number(value: object, default: int = 0) -> int:
    return int(value) if isinstance(value, int | float) and not isinstance(value, bool) else default


def _condition(status: Object, name: str) -> Object | None:
    for condition in map(_mapping, _list(status.get("conditions"))):
        if condition.get("type") == name:
            return condition
    return None


def _is_stale(resource: Object) -> bool:
    observed = _number(_mapping(resource.get("status")).get("observedGeneration"))
    return observed == 0 or observed < _number(_mapping(resource.get("metadata")).get("generation"))


def _deployment(resource: Object) -> ResourceHealth:
    spec, status = _mapping(resource.get("spec")), _mapping(resource.get("status"))
    if spec.get("paused") is True:
        return ResourceHealth(HealthState.SUSPENDED, "the rollout is paused")
    desired = _number(spec.get("replicas"), 1)
    if desired == 0:
        return ResourceHealth(HealthState.SUSPENDED, "scaled to zero")
    if _is_stale(resource):
        return ResourceHealth(HealthState.PROGRESSING, "the latest change is not observed yet")
    progressing = _condition(status, "Progressing") or {}
    if progressing.get("reason") == "ProgressDeadlineExceeded":
        return ResourceHealth(HealthState.DEGRADED, "the progress deadline is exceeded")
    if (_condition(status, "ReplicaFailure") or {}).get("status") == "True":
        return ResourceHealth(HealthState.DEGRADED, "replicas cannot be created")
    updated, ready, available, unavailable = (
        _number(status.get(field))
        for field in (
            "updatedReplicas",
            "readyReplicas",
            "availableReplicas",
            "unavailableReplicas",
        )
    )
    if updated == desired and available == 0:
        moving = progressing.get("status") == "True"
        if moving and progressing.get("reason") != "NewReplicaSetAvailable":
            return ResourceHealth(HealthState.PROGRESSING, "no replica is available yet")
        return ResourceHealth(HealthState.DEGRADED, "no replica is available")
    availability = _condition(status, "Available")
    if (
        availability is not None
        and availability.get("status") != "True"
        and unavailable > 0
        and (ready > 0 or available > 0)
    ):
        return ResourceHealth(HealthState.DEGRADED, "too few replicas are available")
    if updated == ready == available == desired and unavailable == 0:
        return ResourceHealth(HealthState.HEALTHY, "all replicas are available")
    return ResourceHealth(HealthState.PROGRESSING, f"{available} of {desired} replicas available")


def _stateful_set(resource: Object) -> ResourceHealth:
    spec, status = _mapping(resource.get("spec")), _mapping(resource.get("status"))
    if _is_stale(resource):
        return ResourceHealth(HealthState.PROGRESSING, "the latest change is not observed yet")
    if (status.get("currentRevision") or "") != (status.get("updateRevision") or ""):
        return ResourceHealth(HealthState.PROGRESSING, "a rolling update is under way")
    desired = _number(spec.get("replicas"), 1)
    counts = [
        _number(status.get(field))
        for field in ("readyReplicas", "availableReplicas", "updatedReplicas")
    ]
    if all(count == desired for count in counts):
        return ResourceHealth(HealthState.HEALTHY, "all replicas are ready")
    return ResourceHealth(HealthState.PROGRESSING, f"{counts[0]} of {desired} replicas ready")


_BAD_WAITING = frozenset({"CrashLoopBackOff", "ImagePullBackOff", "ErrImagePull"})


def _pod(resource: Object) -> ResourceHealth:
    status = _mapping(resource.get("status"))
    phase = status.get("phase")
    if phase == "Pending":
        return ResourceHealth(HealthState.PROGRESSING, "the pod is pending")
    if phase == "Succeeded":
        return ResourceHealth(HealthState.HEALTHY, "the pod has completed")
    if phase == "Failed":
        return ResourceHealth(HealthState.DEGRADED, "the pod has failed")
    if phase != "Running":
        return ResourceHealth(HealthState.UNKNOWN, "the pod reports no known phase")
    for container in map(_mapping, _list(status.get("containerStatuses"))):
        waiting = _mapping(_mapping(container.get("state")).get("waiting")).get("reason")
        name = container.get("name")
        if waiting in _BAD_WAITING:
            return ResourceHealth(HealthState.DEGRADED, f"container {name} waits: {waiting}")
        if container.get("ready") is not True:
            return ResourceHealth(HealthState.PROGRESSING, f"container {name} is not ready")
    return ResourceHealth(HealthState.HEALTHY, "all containers are ready")


def _cron_job(resource: Object) -> ResourceHealth:
    spec, status = _mapping(resource.get("spec")), _mapping(resource.get("status"))
    if spec.get("suspend") is True:
        return ResourceHealth(HealthState.SUSPENDED, "the schedule is suspended")
    if _list(status.get("active")):
        return ResourceHealth(HealthState.PROGRESSING, "a job is running")
    if status.get("lastScheduleTime"):
        return ResourceHealth(HealthState.HEALTHY, "the schedule has fired")
    return ResourceHealth(HealthState.PROGRESSING, "the schedule has not fired yet")


_RULES: Mapping[tuple[str, str], Callable[[Object], ResourceHealth]] = {
    ("apps", "Deployment"): _deployment,
    ("apps", "StatefulSet"): _stateful_set,
    ("", "Pod"): _pod,
    ("batch", "CronJob"): _cron_job,
}
