"""`krm-fn health`: is what was deployed healthy."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Final

import click

from krm_fn import emit, yamlio
from krm_fn.doors.krm import MISUSE, SUCCESS
from krm_fn.doors.process import end_on_signals, write_error, write_output
from krm_fn.findings import Collector
from krm_fn.health import (
    BindingHealth,
    HealthState,
    argocd_config,
    assess_bindings,
    flux_expressions,
)
from krm_fn.report import text_report

_DEGRADED: Final = 1
_NOT_YET: Final = 3
_BAD_REASONS: Final = frozenset({"ResourcesDegraded", "ReleaseUpdateFailed", "JobFailed"})


@click.command("health", short_help="Tell whether what is live is healthy.")
@click.argument("file", type=click.File("rb"), default="-", metavar="[FILE|-]")
@click.option(
    "--rendered",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Rendered manifests: what is not live of them is Unknown.",
)
@click.option(
    "-o",
    "--output",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Form of the answer.",
)
@click.option(
    "--export",
    type=click.Choice(["argocd", "flux"]),
    help="Print the rules for a delivery tool instead; FILE is not read.",
)
def health_command(file: Any, rendered: tuple[Path, ...], form: str, export: str | None) -> None:
    """Assess live objects, as `kubectl get -o yaml` prints them, by OpenChoreo's rules.

    Exit code 0: every binding is ready. 1: something is degraded or missing. 3: not ready yet.

    \b
    kubectl get all,httproute -A -l openchoreo.dev/project=shop -o yaml | krm-fn health
    krm-fn health live.yaml --rendered rendered/development
    krm-fn health --export argocd | kubectl apply --server-side -f -
    """  # noqa: D301
    end_on_signals()
    if export is not None:
        made: dict[str, object] = (
            argocd_config()
            if export == "argocd"
            else {"spec": {"healthCheckExprs": flux_expressions()}}
        )
        write_output(emit.document(made, "yaml"))
        raise SystemExit(SUCCESS)
    findings = Collector()
    live = _objects(file.read(), getattr(file, "name", "-"), findings)
    expected = [
        made
        for path in rendered
        for name in ([path] if path.is_file() else sorted(path.rglob("*.yaml")))
        for made in _objects(name.read_bytes(), str(name), findings)
    ]
    if findings.has_errors():
        write_error(text_report(findings.sorted()))
        raise SystemExit(MISUSE)
    bindings = assess_bindings(live, expected)
    if not bindings:
        write_error("error: no object carries the labels of an OpenChoreo component\n")
        write_error("  hint: select with -l openchoreo.dev/component, in every cell namespace\n")
        raise SystemExit(MISUSE)
    text = json.dumps(_data(bindings), indent=2) + "\n" if form == "json" else _table(bindings)
    write_output(text.encode())
    sys.stdout.flush()
    raise SystemExit(_exit_code(bindings))


def _objects(content: bytes, name: str, findings: Collector) -> list[dict[str, Any]]:
    read = yamlio.parse(content, file=name, mode="kubernetes", findings=findings)
    return [document.data for document in read]


def _exit_code(bindings: list[BindingHealth]) -> int:
    reasons = {binding.conditions[-1].reason for binding in bindings if not binding.ready}
    if not reasons:
        return SUCCESS
    return _DEGRADED if reasons & _BAD_REASONS else _NOT_YET


def _table(bindings: list[BindingHealth]) -> str:
    lines: list[str] = []
    for binding in bindings:
        ready = binding.conditions[-1]
        state = "Ready" if ready.status else f"not ready: {ready.reason}, {ready.message}"
        lines.append(f"{binding.name}  {state}")
        width = max(len(name) for name, _ in binding.resources)
        lines += [
            f"  {name.ljust(width)}  {health.state.value.ljust(_STATE_WIDTH)}  {health.reason}"
            for name, health in binding.resources
        ]
    return "".join(f"{line}\n" for line in lines)


_STATE_WIDTH: Final = max(len(state.value) for state in HealthState)


def _data(bindings: list[BindingHealth]) -> list[dict[str, object]]:
    return [
        {
            "namespace": binding.namespace,
            "project": binding.project,
            "component": binding.component,
            "environment": binding.environment,
            "ready": binding.ready,
            "conditions": [
                {
                    "type": condition.type,
                    "status": "True" if condition.status else "False",
                    "reason": condition.reason,
                    "message": condition.message,
                }
                for condition in binding.conditions
            ],
            "resources": [
                {"name": name, "health": health.state.value, "reason": health.reason}
                for name, health in binding.resources
            ],
        }
        for binding in bindings
    ]
