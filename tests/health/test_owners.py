"""Bindings of resources and projects, and which workload counts."""

from __future__ import annotations

from krm_fn.health import assess_bindings
from tests.health.table import COMPLETE, TWO, deployment, made, replicas, stateful_set
from tests.health.test_bindings import LABELS, owned


def test_resources_and_projects_are_bindings_too() -> None:
    marks = {key: value for key, value in LABELS.items() if "component" not in key}
    database = stateful_set(TWO)
    database["metadata"]["labels"] = {**marks, "openchoreo.dev/resource": "db"}
    cell = made("v1", "Namespace", None, {})
    cell["metadata"]["labels"] = marks
    ready = {one.name: one.ready for one in assess_bindings([database, cell])}
    assert ready == {"default/shop@development": True, "default/shop/db@development": False}


def test_the_last_workload_counts() -> None:
    fine = owned(deployment(TWO, **COMPLETE), "b")
    broken = owned(deployment(TWO, **replicas(2, 0, 0)), "a")
    [binding] = assess_bindings([fine, broken])
    assert binding.conditions[1].reason == "ResourcesDegraded"
    [binding] = assess_bindings([broken, fine], workload_types={})
    assert "Deployment cell/b" not in binding.conditions[1].message
