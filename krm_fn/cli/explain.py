"""`krm-fn explain`: who set a value."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

import click

from krm_fn.doors.krm import FOUND_ERRORS, MISUSE, SUCCESS
from krm_fn.doors.local import render_recorded
from krm_fn.doors.process import end_on_signals, write_error, write_output
from krm_fn.findings import Collector, did_you_mean
from krm_fn.settings import Settings

_LONGEST_VALUE = 100


@click.command("explain", short_help="Tell which files and expressions set a value.")
@click.argument("name", metavar="KIND/NAME")
@click.argument("path", metavar="[FIELD]", default="")
@click.option(
    "-s",
    "--source",
    "sources",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    help="Folder to read.  [default: the current folder]",
)
@click.option("-e", "--environment", "environments", multiple=True, help="Environment to render.")
@click.option("--json", "as_json", is_flag=True, help="Print data instead of sentences.")
def explain_command(
    name: str,
    path: str,
    sources: tuple[Path, ...],
    environments: tuple[str, ...],
    *,
    as_json: bool,
) -> None:
    """Explain the values of a rendered object, or of one FIELD of it.

    \b
    krm-fn explain Deployment/cart-production-1a2b3c4d spec.replicas -e production
    krm-fn explain Service/cart spec.ports[0] -s examples/online-store
    """  # noqa: D301
    from krm_fn.explain import explain, find_objects, parse_path

    end_on_signals()
    findings = Collector()
    settings = Settings()
    settings = replace(settings, select=replace(settings.select, environments=environments))
    resources = render_recorded(sources, settings, findings)
    found = find_objects(resources, name)
    if not found:
        known = [
            f"{item.object.get('kind')}/{item.object['metadata']['name']}"  # type: ignore[index]
            for item in resources
        ]
        write_error(f"error: no rendered object is named {name}\n")
        hint = did_you_mean(name, known) or "krm-fn render prints them all"
        write_error(f"  hint: {hint}\n")
        raise SystemExit(FOUND_ERRORS)
    try:
        leaf = parse_path(path)
        answers = [answer for resource in found for answer in explain(resource, leaf)]
    except (KeyError, ValueError) as error:
        write_error(f"error: {name} has no field {error.args[0]}\n")
        raise SystemExit(MISUSE) from None
    if as_json:
        text = json.dumps([asdict(answer) for answer in answers], indent=2, default=str)
        write_output(f"{text}\n".encode())
        raise SystemExit(SUCCESS)
    lines: list[str] = []
    for answer in answers:
        lines.append(f"{answer.subject} {answer.path} = {_shown(answer.value)}")
        for cause in answer.causes:
            indent = "    " if cause.depth else "  "
            place = f" ({cause.place})" if cause.place else ""
            lines.append(
                f"{indent}{cause.name}: {cause.what}{place}"
                if cause.depth
                else f"{indent}{cause.what}{place}"
            )
            if cause.expression:
                lines.append(f"{indent}  ${{{_flat(cause.expression)}}}")
            elif cause.depth:
                lines.append(f"{indent}  {_shown(cause.value)}")
    write_output("".join(f"{line}\n" for line in lines).encode())
    raise SystemExit(SUCCESS)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _shown(value: object) -> str:
    text = json.dumps(value, default=str, ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else f"{text[: _LONGEST_VALUE - 1]}…"
