"""The rules, and that Argo CD and Flux are told the same."""

from __future__ import annotations

from typing import Any

import pytest

from krm_fn.cel import Environment
from krm_fn.health import argocd_config, assess, flux_expressions
from tests.health.table import TABLE

_ROWS = pytest.mark.parametrize(("resource", "state"), TABLE.values(), ids=TABLE)


@_ROWS
def test_rule(resource: dict[str, Any], state: str) -> None:
    assert assess(resource).state == state


def test_an_object_that_is_not_there_is_unknown() -> None:
    assert assess(None).state == "Unknown"


@pytest.mark.parametrize(
    ("api_version", "kind"),
    [("batch/v1", "Job"), ("v1", "Service"), ("gateway.networking.k8s.io/v1", "HTTPRoute")],
)
def test_everything_else_is_healthy(api_version: str, kind: str) -> None:
    failed = {"conditions": [{"type": "Failed", "status": "True"}]}
    assert assess({"apiVersion": api_version, "kind": kind, "status": failed}).state == "Healthy"


@_ROWS
def test_argocd_says_the_same(resource: dict[str, Any], state: str) -> None:
    lupa = pytest.importorskip("lupa", reason="lupa is not installed")
    group = resource["apiVersion"].rpartition("/")[0]
    kind = f"{group}_{resource['kind']}" if group else resource["kind"]
    script = argocd_config()["data"][f"resource.customizations.health.{kind}"]
    lua = lupa.LuaRuntime(unpack_returned_tuples=True)
    said = lua.eval(f"function(obj)\n{script}\nend")(lua.table_from(resource, recursive=True))
    assert (said["status"], said["message"]) == (state, assess(resource).reason)


_IN_FLUX = {"Healthy": "current", "Suspended": "current", "Degraded": "failed"}


@_ROWS
def test_flux_says_what_counts_as_ready(resource: dict[str, Any], state: str) -> None:
    rules = next(one for one in flux_expressions() if one["kind"] == resource["kind"])
    expected = "current" if resource["kind"] == "CronJob" else _IN_FLUX.get(state, "in progress")
    if resource is TABLE["pod in order"][0]:
        expected = "failed"
    environment = Environment(["metadata", "spec", "status"])
    values = {"spec": {}, **resource}
    said = "in progress"
    for answer in ("failed", "current"):
        if answer in rules and environment.compile(rules[answer]).evaluate(values) is True:
            said = answer
            break
    assert said == expected
