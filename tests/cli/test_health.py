"""`krm-fn health`."""

from __future__ import annotations

import json

import yaml
from click.testing import CliRunner, Result

from krm_fn.cli.program import program
from tests.health.table import counts, deployment
from tests.health.test_bindings import SERVICE, owned


def run(*live: dict[str, object], arguments: tuple[str, ...] = ()) -> Result:
    listed = {"apiVersion": "v1", "kind": "List", "items": list(live)}
    return CliRunner().invoke(program, ["health", *arguments], input=yaml.safe_dump(listed))


def test_a_ready_binding() -> None:
    done = run(owned(deployment(2, **counts(2, 2, 2))), owned(SERVICE))
    assert done.exit_code == 0, done.output
    assert done.output.splitlines() == [
        "default/shop/cart@development  Ready",
        "  Deployment cell/x  Healthy      all replicas are available",
        "  Service cell/x     Healthy      the object exists",
    ]


def test_exit_codes_that_a_pipeline_can_wait_on() -> None:
    assert run(owned(deployment(2, **counts(1, 1, 1)))).exit_code == 3
    assert run(owned(deployment(2, **counts(2, 0, 0)))).exit_code == 1


def test_data() -> None:
    done = run(owned(deployment(2, **counts(2, 0, 0))), arguments=("-o", "json"))
    (binding,) = json.loads(done.output)
    assert binding["ready"] is False
    assert [item["type"] for item in binding["conditions"]] == [
        "ReleaseSynced",
        "ResourcesReady",
        "Ready",
    ]
    assert binding["resources"][0]["health"] == "Degraded"


def test_nothing_of_ours_is_misuse() -> None:
    done = run({"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "x"}})
    assert done.exit_code == 2
    assert "no object carries the labels" in done.output


def test_the_rules_are_exported() -> None:
    argocd = yaml.safe_load(run(arguments=("--export", "argocd")).output)
    assert "resource.customizations.health.apps_Deployment" in argocd["data"]
    flux = yaml.safe_load(run(arguments=("--export", "flux")).output)
    kinds = {check["kind"] for check in flux["spec"]["healthCheckExprs"]}
    assert {"Deployment", "StatefulSet", "CronJob"} <= kinds
