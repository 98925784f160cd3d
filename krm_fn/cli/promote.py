"""`krm-fn promote`: give an environment the release of another one."""

from __future__ import annotations

from pathlib import Path

import click

from krm_fn.cli.working_tree import end_with, open_tree
from krm_fn.doors.process import write_error
from krm_fn.findings import Collector
from krm_fn.lifecycle import Pin, find_binding, find_component, pin, promote
from krm_fn.settings import Selection


@click.command("promote", short_help="Give an environment the release of another one.")
@click.argument("component")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]…")
@click.option("--from", "source", metavar="ENVIRONMENT", help="Environment that has the release.")
@click.option("--release", metavar="NAME", help="The release itself, instead of --from.")
@click.option(
    "--to", "target", required=True, metavar="ENVIRONMENT", help="Environment that gets it."
)
@click.option("-n", "--namespace", default="", metavar="NAME", help="Namespace of the component.")
@click.option("--dry-run", is_flag=True, help="Show the difference and write nothing.")
def promote_command(
    component: str,
    paths: tuple[Path, ...],
    source: str | None,
    release: str | None,
    target: str,
    namespace: str,
    *,
    dry_run: bool,
) -> None:
    """Set spec.releaseName in the ReleaseBinding of COMPONENT below each PATH.

    The rest of the file stays as it is, comments too.

    \b
    krm-fn promote cart --from staging --to production
    krm-fn promote cart --release cart-5c9bd78b --to development
    """  # noqa: D301
    if (source is None) == (release is None):
        raise click.UsageError("give either --from or --release")
    findings = Collector()
    tree = open_tree(paths, Selection(), findings)
    end_with(findings)
    owner = find_component(tree.catalog, component, namespace, findings)
    change: Pin | None = None
    if owner is not None and source is not None:
        change = promote(tree.catalog, owner, source, target, findings)
    elif owner is not None and release is not None:
        binding = find_binding(tree.catalog, owner, target, findings)
        if binding is not None:
            change = pin(tree.catalog, owner, binding, release, findings)
    end_with(findings)
    if change is None:
        return
    if change.old == change.new:
        write_error(f"{target} has {change.new} already\n")
        return
    tree.pin(change, dry_run=dry_run)
