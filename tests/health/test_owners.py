"""Bindings of resources and projects, and which workload counts."""

from __future__ import annotations

from typing import Any

from krm_fn.health import assess_bindings
from tests.health.table import counts, deployment, stateful_set
from tests.health.test_bindings import LABELS, owned


def test_resources_and_projects_are_bindings_too() -> None:
    marks = {key: value for key, value in LABELS.items() if "component" not in key}
    database = stateful_set(2)
    database["metadata"]["labels"] = {**marks, "openchoreo.dev/resource": "db"}
    cell: dict[str, Any] = {"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "x"}}
    cell["metadata"]["labels"] = marks
    ready = {one.name: one.ready for one in assess_bindings([database, cell])}
    assert ready == {"default/shop@development": True, "default/shop/db@development": False}


def test_the_last_workload_counts() -> None:
    fine = owned(deployment(**counts(2, 2, 2)), "b")
    broken = owned(deployment(**counts(2, 0, 0)), "a")
    [binding] = assess_bindings([fine, broken])
    assert binding.conditions[1].reason == "ResourcesDegraded"
