"""`krm-fn rollback`: give an environment an earlier release back."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

import click

from krm_fn import yamlio
from krm_fn.catalog import CatalogResource, mapping, text
from krm_fn.cli.working_tree import WorkingTree, end_with, open_tree
from krm_fn.doors.process import write_error
from krm_fn.findings import Collector
from krm_fn.lifecycle import find_binding, find_component, pin, releases_of
from krm_fn.settings import Selection

_COMMITS: Final = "200"  # how far back the history of a file is searched


@click.command("rollback", short_help="Give an environment an earlier release back.")
@click.argument("component")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]…")
@click.option(
    "-e", "--environment", required=True, metavar="NAME", help="Environment to roll back."
)
@click.option(
    "--to",
    "release",
    metavar="RELEASE",
    help="The release. Default, what the history of the binding says was there before.",
)
@click.option("-n", "--namespace", default="", metavar="NAME", help="Namespace of the component.")
@click.option("--dry-run", is_flag=True, help="Show the difference and write nothing.")
def rollback_command(
    component: str,
    paths: tuple[Path, ...],
    environment: str,
    release: str | None,
    namespace: str,
    *,
    dry_run: bool,
) -> None:
    """Set spec.releaseName of COMPONENT's ReleaseBinding to the release that was there before.

    Names of releases say nothing about their order, so Git is asked. The rest of the file stays as
    it is, comments too.

    \b
    krm-fn rollback cart --environment production
    krm-fn rollback cart -e production --to cart-5c9bd78b
    """  # noqa: D301
    findings = Collector()
    tree = open_tree(paths, Selection(), findings)
    end_with(findings)
    owner = find_component(tree.catalog, component, namespace, findings)
    binding = None if owner is None else find_binding(tree.catalog, owner, environment, findings)
    end_with(findings)
    assert owner is not None
    assert binding is not None
    wanted = release or _previous(tree, binding)
    if not wanted:
        known = ", ".join(releases_of(tree.catalog, owner)) or "none"
        findings.add(
            "release-previous-unknown",
            f'the history of {binding.document.file} does not tell what "{environment}" had before',
            resource=binding.reference,
            hint=f"say --to RELEASE; there is {known}",
        )
    change = pin(tree.catalog, owner, binding, wanted, findings) if wanted else None
    end_with(findings)
    assert change is not None
    if change.old == change.new:
        write_error(f"{environment} has {change.new} already\n")
        return
    tree.pin(change, dry_run=dry_run)


def _previous(tree: WorkingTree, binding: CatalogResource) -> str:
    """The last other release that the binding named in the history of its file; "" for none."""
    current = text(binding.spec.get("releaseName"))
    name = binding.document.file
    listed = _git(tree.root, "log", "--format=%H", f"--max-count={_COMMITS}", "--", name)
    for commit in listed.split():
        content = _git(tree.root, "show", f"{commit}:./{name}")
        earlier = _pinned(content, binding)
        if earlier and earlier != current:
            return earlier
    return ""


def _pinned(content: str, binding: CatalogResource) -> str:
    unseen = Collector()
    for document in yamlio.parse(content, file="", mode="kustomize", findings=unseen):
        named = (document.kind, document.namespace or "default", document.name)
        if named == (binding.kind, binding.namespace, binding.name):
            return text(mapping(document.data.get("spec")).get("releaseName"))
    return ""


def _git(folder: Path, *arguments: str) -> str:
    """Ask Git; nothing where there is no Git, no repository or no such file."""
    try:
        done = subprocess.run(  # noqa: S603 - arguments are ours and names of files
            ["git", "-C", str(folder), *arguments],  # noqa: S607 - the user's own Git
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return ""
    return done.stdout if done.returncode == 0 else ""
