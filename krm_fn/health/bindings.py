"""The conditions of a binding from the health of its objects (spec: binding §2.12, §3.5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from krm_fn.health.states import HealthState, Object, ResourceHealth, assess
from krm_fn.identity import labels

_IGNORED = frozenset(
    {
        ("", "ConfigMap"),
        ("", "Secret"),
        ("", "ServiceAccount"),
        ("rbac.authorization.k8s.io", "Role"),
        ("rbac.authorization.k8s.io", "RoleBinding"),
        ("rbac.authorization.k8s.io", "ClusterRole"),
        ("rbac.authorization.k8s.io", "ClusterRoleBinding"),
    }
)
_MAIN = {
    "deployment": ("apps", "Deployment"),
    "statefulset": ("apps", "StatefulSet"),
    "cronjob": ("batch", "CronJob"),
    "job": ("batch", "Job"),
}


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition with the reference's reason."""

    type: str
    status: bool
    reason: str
    message: str


@dataclass(frozen=True, slots=True)
class BindingHealth:
    """One binding: its objects and its conditions ReleaseSynced, ResourcesReady and Ready."""

    namespace: str
    project: str
    component: str
    environment: str
    resource: str = ""
    resources: tuple[tuple[str, ResourceHealth], ...] = field(default=())
    conditions: tuple[Condition, ...] = field(default=())

    @property
    def ready(self) -> bool:
        """Whether the binding as a whole is ready."""
        return self.conditions[-1].status

    @property
    def name(self) -> str:
        """`namespace/project/component@environment`, without what it has none of."""
        owner = self.component or self.resource
        parts = [part for part in (self.namespace, self.project, owner) if part]
        return f"{'/'.join(parts)}@{self.environment}"


Key = tuple[str, str, str, str]
_Owner = tuple[str, str, str, str, str]


def assess_bindings(
    live: Iterable[Object], expected: Iterable[Object] = (), workload_types: Mapping[Key, str] = {}
) -> list[BindingHealth]:
    """Group live objects by the labels of their owner and assess each group.

    Owner is a component, a resource, or the project itself. Objects that a controller of the
    cluster made (with owner references) or that carry no such label are left out.

    `expected` are the rendered objects: one that is not live counts as Unknown and as not synced.
    `workload_types` maps (namespace, project, component, environment) to `deployment`, `cronjob` …;
    without it the type is told by the objects. Sorted by binding.
    """
    groups: dict[_Owner, dict[str, tuple[Object, Object | None]]] = {}
    for resource in expected:
        _put(groups, resource, None)
    for resource in live:
        _put(groups, resource, resource)
    return [_binding(key, groups[key], workload_types.get(key[:4], "")) for key in sorted(groups)]


def is_bound(resource: Object) -> bool:
    """Whether an object carries the labels that tell which binding it belongs to."""
    metadata = resource.get("metadata")
    marks = metadata.get("labels") if isinstance(metadata, Mapping) else None
    return isinstance(marks, Mapping) and labels.ENVIRONMENT in marks and labels.PROJECT in marks


def _put(
    groups: dict[_Owner, dict[str, tuple[Object, Object | None]]],
    resource: Object,
    live: Object | None,
) -> None:
    if not is_bound(resource):
        return
    metadata = resource["metadata"]
    assert isinstance(metadata, Mapping)
    if metadata.get("ownerReferences"):
        return
    marks = metadata["labels"]
    key = (
        str(marks.get(labels.NAMESPACE, "")),
        str(marks[labels.PROJECT]),
        str(marks.get(labels.COMPONENT, "")),
        str(marks[labels.ENVIRONMENT]),
        str(marks.get(labels.RESOURCE, "")),
    )
    name = f"{resource.get('kind')} {metadata.get('namespace', '')}/{metadata.get('name')}"
    groups.setdefault(key, {})[name] = (resource, live)


def _group_kind(resource: Object) -> tuple[str, str]:
    group = str(resource.get("apiVersion") or "").rpartition("/")[0]
    return group, str(resource.get("kind") or "")


def _binding(
    key: _Owner, members: Mapping[str, tuple[Object, Object | None]], workload_type: str
) -> BindingHealth:
    healths = {name: assess(live) for name, (_, live) in members.items()}
    kinds = {name: _group_kind(resource) for name, (resource, _) in members.items()}
    missing = sorted(name for name, (_, live) in members.items() if live is None)
    synced = Condition(
        "ReleaseSynced",
        not missing,
        "ReleaseSynced" if not missing else "ReleaseUpdateFailed",
        "every rendered object is live" if not missing else f"not live: {', '.join(missing)}",
    )
    told = workload_type or (_told_by(kinds) if key[2] else "proxy")
    resources_ready = _resources_ready(told, healths, kinds)
    failing = next((item for item in (synced, resources_ready) if not item.status), None)
    ready = (
        Condition("Ready", True, "Ready", "the binding is ready")  # noqa: FBT003 - a status
        if failing is None
        else Condition("Ready", False, failing.reason, failing.message)  # noqa: FBT003
    )
    return BindingHealth(
        *key,
        resources=tuple(sorted(healths.items())),
        conditions=(synced, resources_ready, ready),
    )


def _told_by(kinds: Mapping[str, tuple[str, str]]) -> str:
    present = set(kinds.values())
    return next((name for name, kind in _MAIN.items() if kind in present), "proxy")


def _resources_ready(
    workload_type: str,
    healths: Mapping[str, ResourceHealth],
    kinds: Mapping[str, tuple[str, str]],
) -> Condition:
    main_kind = _MAIN.get(workload_type)
    if main_kind is None:
        return _all_of(healths)
    names = [name for name, kind in kinds.items() if kind == main_kind]
    if not names:
        return _not_ready("ResourcesProgressing", f"there is no {main_kind[1]} yet")
    main = healths[names[-1]]
    if workload_type == "cronjob":
        return _cron_job(main)
    if workload_type == "job":
        fine = main.state is HealthState.HEALTHY
        return Condition(
            "ResourcesReady", fine, "JobCompleted" if fine else "JobRunning", main.reason
        )
    reasons = {
        HealthState.DEGRADED: "ResourcesDegraded",
        HealthState.PROGRESSING: "ResourcesProgressing",
        HealthState.UNKNOWN: "ResourcesUnknown",
    }
    if main.state in reasons:
        return _not_ready(reasons[main.state], f"{names[-1]}: {main.reason}")
    if main.state is HealthState.SUSPENDED:
        return Condition(
            "ResourcesReady",
            True,  # noqa: FBT003 - a status
            "ReadyWithSuspendedResources",
            f"{names[-1]}: {main.reason}",
        )
    for name in sorted(healths):
        if kinds[name] in _IGNORED or name == names[-1]:
            continue
        if healths[name].state is HealthState.DEGRADED:
            return _not_ready("ResourcesDegraded", f"{name}: {healths[name].reason}")
    return Condition(
        "ResourcesReady",
        True,  # noqa: FBT003 - a status
        "Ready",
        "the workload and everything it needs are healthy",
    )


def _cron_job(main: ResourceHealth) -> Condition:
    if main.state in (HealthState.UNKNOWN, HealthState.DEGRADED):
        return _not_ready("ResourcesUnknown", main.reason)
    suspended = main.state is HealthState.SUSPENDED
    reason = "CronJobSuspended" if suspended else "CronJobScheduled"
    return Condition("ResourcesReady", True, reason, main.reason)  # noqa: FBT003 - a status


def _all_of(healths: Mapping[str, ResourceHealth]) -> Condition:
    for state, reason in (
        (HealthState.DEGRADED, "ResourcesDegraded"),
        (HealthState.PROGRESSING, "ResourcesProgressing"),
        (HealthState.UNKNOWN, "ResourcesUnknown"),
    ):
        for name in sorted(healths):
            if healths[name].state is state:
                return _not_ready(reason, f"{name}: {healths[name].reason}")
    return Condition("ResourcesReady", True, "Ready", "every object is healthy")  # noqa: FBT003


def _not_ready(reason: str, message: str) -> Condition:
    return Condition("ResourcesReady", False, reason, message)  # noqa: FBT003 - a status
