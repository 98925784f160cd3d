"""Conditions of a binding from the health of its objects."""

from __future__ import annotations

from typing import Any

import pytest

from krm_fn.health import BindingHealth, assess_bindings
from tests.health.table import counts, cron_job, deployment, pod

LABELS = {
    "openchoreo.dev/namespace": "default",
    "openchoreo.dev/project": "shop",
    "openchoreo.dev/component": "cart",
    "openchoreo.dev/environment": "development",
}
KEY = ("default", "shop", "cart", "development")


def owned(thing: dict[str, Any], name: str = "x") -> dict[str, Any]:
    metadata = {**thing["metadata"], "name": name, "namespace": "cell", "labels": LABELS}
    return {**thing, "metadata": metadata}


def judged(*live: dict[str, Any], workload_type: str = "", **options: Any) -> BindingHealth:
    types = {KEY: workload_type} if workload_type else {}
    (found,) = assess_bindings([owned(thing) for thing in live], workload_types=types, **options)
    return found


def condition(found: BindingHealth, name: str) -> tuple[bool, str]:
    return next((item.status, item.reason) for item in found.conditions if item.type == name)


SERVICE: dict[str, Any] = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "x"}}
BROKEN_POD = pod("Failed")
JOB: dict[str, Any] = {"apiVersion": "batch/v1", "kind": "Job", "metadata": {"name": "x"}}

READY = [
    ("healthy", (deployment(2, **counts(2, 2, 2)), SERVICE), "deployment", "Ready"),
    (
        "suspended",
        (deployment(0), SERVICE),
        "deployment",
        "ReadyWithSuspendedResources",
    ),
    (
        "cron job scheduled",
        (cron_job(suspend=False, lastScheduleTime="now"),),
        "cronjob",
        "CronJobScheduled",
    ),
    ("cron job running", (cron_job(suspend=False, active=[{}]),), "cronjob", "CronJobScheduled"),
    ("cron job suspended", (cron_job(suspend=True),), "cronjob", "CronJobSuspended"),
    ("a job that exists", (JOB,), "job", "JobCompleted"),
    ("proxy", (SERVICE,), "proxy", "Ready"),
]
NOT_READY = [
    ("progressing", (deployment(2, **counts(1, 1, 1)),), "deployment", "ResourcesProgressing"),
    ("degraded", (deployment(2, **counts(2, 0, 0)),), "deployment", "ResourcesDegraded"),
    ("no workload yet", (SERVICE,), "deployment", "ResourcesProgressing"),
    (
        "a degraded companion",
        (deployment(2, **counts(2, 2, 2)), BROKEN_POD),
        "deployment",
        "ResourcesDegraded",
    ),
    ("proxy, degraded", (SERVICE, BROKEN_POD), "proxy", "ResourcesDegraded"),
    (
        "proxy, progressing",
        (SERVICE, pod("Pending")),
        "proxy",
        "ResourcesProgressing",
    ),
    ("proxy, unknown", (pod(""),), "proxy", "ResourcesUnknown"),
]


@pytest.mark.parametrize(("live", "kind", "reason"), [row[1:] for row in READY])
def test_ready(live: tuple[dict[str, Any], ...], kind: str, reason: str) -> None:
    found = judged(*live, workload_type=kind)
    assert condition(found, "ResourcesReady") == (True, reason)
    assert condition(found, "Ready") == (True, "Ready")
    assert found.ready


@pytest.mark.parametrize(("live", "kind", "reason"), [row[1:] for row in NOT_READY])
def test_not_ready(live: tuple[dict[str, Any], ...], kind: str, reason: str) -> None:
    found = judged(*live, workload_type=kind)
    assert condition(found, "ResourcesReady") == (False, reason)
    assert condition(found, "Ready") == (False, reason)
    assert not found.ready


def test_the_workload_type_is_told_by_the_objects_where_nobody_says_it() -> None:
    assert condition(judged(cron_job(suspend=False)), "ResourcesReady") == (
        True,
        "CronJobScheduled",
    )
    assert condition(judged(SERVICE), "ResourcesReady") == (True, "Ready")


def test_a_rendered_object_that_is_not_live_is_not_synced() -> None:
    found = judged(deployment(2, **counts(2, 2, 2)), expected=[owned(SERVICE, "cart")])
    assert condition(found, "ReleaseSynced") == (False, "ReleaseUpdateFailed")
    assert condition(found, "Ready") == (False, "ReleaseUpdateFailed")
    assert dict(found.resources)["Service cell/cart"].state.value == "Unknown"


def test_objects_of_others_and_replica_sets_do_not_count() -> None:
    stranger = pod("Failed")
    child = owned(pod("Failed"), "child")
    child["metadata"]["ownerReferences"] = [{"kind": "ReplicaSet", "name": "x"}]
    (found,) = assess_bindings([owned(deployment(2, **counts(2, 2, 2))), stranger, child])
    assert found.ready
    assert len(found.resources) == 1


def test_bindings_are_sorted() -> None:
    other = owned(SERVICE)
    other["metadata"]["labels"] = {**LABELS, "openchoreo.dev/component": "billing"}
    names = [item.component for item in assess_bindings([owned(SERVICE), other])]
    assert names == ["billing", "cart"]
