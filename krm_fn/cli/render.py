"""`krm-fn render`: manifests of folders on this machine."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from krm_fn.cli.progress import Progress
from krm_fn.doors import hydration
from krm_fn.doors.krm import FOUND_ERRORS, MISUSE, SUCCESS, bug_text
from krm_fn.doors.local import LocalRender, read_config, render_local
from krm_fn.doors.process import debugging, end_on_signals, write_error, write_output
from krm_fn.findings import Collector, Finding
from krm_fn.report import json_report, text_report
from krm_fn.settings import Settings

_MANY: Final[dict[str, Any]] = {"multiple": True, "metavar": "NAME"}


@click.command("render", short_help="Render the manifests of an environment.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]…")
@click.option("-e", "--environment", "environments", help="Environment to render.", **_MANY)
@click.option("-p", "--project", "projects", help="Project to render.", **_MANY)
@click.option("-c", "--component", "components", help="Component to render.", **_MANY)
@click.option("-n", "--namespace", "namespaces", help="OpenChoreo namespace to render.", **_MANY)
@click.option(
    "-o",
    "--output",
    default="-",
    metavar="DIR|-",
    help="Folder to write, one file per object; - for one stream.  [default: -]",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "json"]),
    default="yaml",
    show_default=True,
    help="Form of the manifests.",
)
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A Render, or a ConfigMap with flat keys; options come before it.",
)
@click.option(
    "--releases",
    type=click.Choice(["auto", "pinned", "latest"]),
    help="Which releases: those in Git only, current sources, or what is there.  [default: auto]",
)
@click.option(
    "--unresolved",
    type=click.Choice(["error", "warn"]),
    help="What a dependency that cannot be resolved is.  [default: error]",
)
@click.option(
    "--identity",
    type=click.Choice(["stable", "zero"]),
    help="UIDs of objects that carry none.  [default: stable]",
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option("--allow-empty", is_flag=True, help="Accept a render without any object.")
@click.option(
    "--hydrator-metadata",
    "hydrator",
    is_flag=True,
    help="Write hydrator.metadata into DIR, and refuse a DIR with YAML that is no manifest.",
)
@click.option(
    "--report",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the findings on standard error.",
)
def render_command(
    paths: tuple[Path, ...],
    output: str,
    form: str,
    config: Path | None,
    report: str,
    *,
    hydrator: bool,
    **options: Any,
) -> None:
    """Render OpenChoreo resources below each PATH (default: the current folder).

    Manifests go to standard output or DIR, findings to standard error. Nothing is written where
    anything is an error.

    \b
    krm-fn render . --environment development
    krm-fn render . -e production -p online-store -o rendered
    """  # noqa: D301
    end_on_signals()
    findings = Collector()
    settings = read_config(config, findings) if config is not None else Settings()
    if findings.has_errors():
        show(findings.sorted(), report)
        raise SystemExit(MISUSE)
    settings = with_options(settings, **options)
    if hydrator:
        if output == "-":
            raise click.UsageError("--hydrator-metadata needs --output DIR")
        hydration.check_manifests(Path(output), findings)
    done = _render(paths, settings, None if output == "-" else Path(output), form, findings)
    show(done.findings, report)
    if done.failed:
        raise SystemExit(FOUND_ERRORS)
    if hydrator:
        hydration.write_metadata(Path(output), settings)
    if done.stream and not write_output(done.stream):
        raise SystemExit(FOUND_ERRORS)
    if output != "-" and sys.stderr.isatty():
        write_error(f"{done.objects} objects in {output}, {done.changed} files changed\n")
    raise SystemExit(SUCCESS)


def with_options(
    settings: Settings,
    *,
    environments: tuple[str, ...],
    projects: tuple[str, ...],
    components: tuple[str, ...],
    namespaces: tuple[str, ...],
    releases: Any,
    unresolved: Any,
    identity: Any,
    strict: bool,
    allow_empty: bool,
) -> Settings:
    """Lay the options that were given over settings."""
    select = replace(
        settings.select,
        environments=environments or settings.select.environments,
        projects=projects or settings.select.projects,
        components=components or settings.select.components,
        namespaces=namespaces or settings.select.namespaces,
    )
    return replace(
        settings,
        select=select,
        releases=releases or settings.releases,
        unresolved=unresolved or settings.unresolved,
        identity=replace(settings.identity, default=identity or settings.identity.default),
        strict=strict or settings.strict,
        allow_empty=allow_empty or settings.allow_empty,
    )


def show(findings: tuple[Finding, ...], report: str) -> None:
    """Write findings to standard error; colour only for a person who did not decline it."""
    if report == "json":
        write_error(json.dumps(json_report(findings), indent=2, ensure_ascii=False) + "\n")
        return
    colour = (
        sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
    write_error(text_report(findings, colour=colour))


def _render(
    paths: tuple[Path, ...],
    settings: Settings,
    output: Path | None,
    form: Any,
    findings: Collector,
) -> LocalRender:
    try:
        with Progress("rendering"):
            return render_local(paths, settings, output=output, form=form, findings=findings)
    except Exception as error:  # the outermost layer: a user must get a sentence
        if debugging():
            raise
        findings.add("internal-error", bug_text(error))
        return LocalRender(b"", findings.sorted(), failed=True)
