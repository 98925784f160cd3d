"""`krm-fn release`: cut releases from the current sources."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

from krm_fn.cli.working_tree import end_with, open_tree
from krm_fn.doors.process import write_error
from krm_fn.findings import Collector
from krm_fn.lifecycle import cut_releases, dated, release_files
from krm_fn.settings import Selection

_MANY: Final[dict[str, Any]] = {"multiple": True, "metavar": "NAME"}


@click.command("release", short_help="Cut releases from the current sources.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]…")
@click.option("-c", "--component", "components", help="Component to release.", **_MANY)
@click.option("-p", "--project", "projects", help="Project to release.", **_MANY)
@click.option("-n", "--namespace", "namespaces", help="OpenChoreo namespace.", **_MANY)
@click.option(
    "--dated",
    "by_day",
    is_flag=True,
    help="Name releases <name>-<yyyymmdd>-<n> instead of by hash.",
)
@click.option("--dry-run", is_flag=True, help="Print the releases and write nothing.")
def release_command(
    paths: tuple[Path, ...],
    components: tuple[str, ...],
    projects: tuple[str, ...],
    namespaces: tuple[str, ...],
    *,
    by_day: bool,
    dry_run: bool,
) -> None:
    """Freeze components, projects and resources as they are below each PATH.

    Each release is written to releases/ beside the file of its owner. What is in Git already with
    the same content is not cut again; no file is overwritten.

    \b
    krm-fn release --component cart
    krm-fn release . --project shop --dry-run
    """  # noqa: D301
    findings = Collector()
    select = Selection(namespaces=namespaces, projects=projects, components=components)
    tree = open_tree(paths, select, findings)
    end_with(findings)
    found = cut_releases(tree.catalog, tree.settings, findings)
    if components:
        found = tuple(item for item in found if item.object["kind"] == "ComponentRelease")
    if by_day:
        found = tuple(dated(tree.catalog, found, datetime.now(UTC).strftime("%Y%m%d")))
    if not found and not findings.has_errors():
        findings.add("release-empty", "there is nothing to release among what was selected")
    tree.add(release_files(found), findings, dry_run=dry_run)
    for item in found:
        if item.known:
            write_error(f"{item.owner.kind} {item.owner.name} is as in {item.name}\n")
    end_with(findings)
