"""`krm-fn platform`: the built-in platform, to be looked at and to start one's own from."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from krm_fn import builtin
from krm_fn.doors.krm import FOUND_ERRORS
from krm_fn.doors.process import write_error

_FOLDERS: Final = {
    "ClusterComponentType": "component-types",
    "ClusterDataPlane": "data-planes",
    "ClusterProjectType": "project-types",
    "ClusterTrait": "traits",
    "DeploymentPipeline": "deployment-pipelines",
    "Environment": "environments",
}
"""Where an exported resource goes. A Project is the user's own and is not exported."""
_NAMESPACED: Final = frozenset({"DeploymentPipeline", "Environment"})


@click.group("platform", short_help="List, show or export the built-in platform.")
def platform_command() -> None:
    """Look at the built-in platform, which stands in for what a repository does not hold."""


@platform_command.command("list", short_help="List what there is.")
def list_command() -> None:
    """List the built-in resources: kind, name, and what each is for."""
    rows = [(kind, name) for kind, names in builtin.NAMES.items() for name in names]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for kind, name in rows:
        click.echo(f"{kind:{widths[0]}}  {name:{widths[1]}}  {_purpose(kind, name)}")


@platform_command.command("show", short_help="Print one resource.")
@click.argument("kind", type=click.Choice(sorted(builtin.NAMES), case_sensitive=False))
@click.argument("name")
def show_command(kind: str, name: str) -> None:
    """Print the built-in resource of KIND and NAME, as it is written.

    \b
    krm-fn platform show ClusterComponentType service
    """  # noqa: D301
    from krm_fn.findings import did_you_mean

    names = builtin.NAMES[kind]
    if name not in names:
        guess = did_you_mean(name, names) or f"there is {', '.join(names)}"
        raise click.UsageError(f'there is no built-in {kind} "{name}"; {guess}')
    click.echo(builtin.text(kind, name), nl=False)


@platform_command.command("export", short_help="Write the resources to a folder.")
@click.argument("directory", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "-n",
    "--namespace",
    default="default",
    show_default=True,
    metavar="NAME",
    help="OpenChoreo namespace of environments and the pipeline.",
)
def export_command(directory: Path, namespace: str) -> None:
    """Write the built-in platform to DIRECTORY, one file per resource.

    From then on the repository has a platform of its own, and the built-in one is not used any
    more. A file that is there with another content is an error, and nothing is written.
    """
    files = {
        directory / folder / f"{name}.yaml": _exported(kind, name, namespace)
        for kind, folder in _FOLDERS.items()
        for name in builtin.NAMES[kind]
    }
    taken = [
        path for path, text in files.items() if path.exists() and path.read_text("utf-8") != text
    ]
    if taken:
        for path in taken:
            write_error(f"error: path-taken: {path} is there with another content\n")
        raise SystemExit(FOUND_ERRORS)
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    click.echo(f"{len(files)} files in {directory}")


def _purpose(kind: str, name: str) -> str:
    """The first sentence of the comment that a resource begins with."""
    lines = builtin.text(kind, name).splitlines()
    comment = []
    for line in lines:
        if not line.startswith("#"):
            break
        comment.append(line.removeprefix("#").strip())
    return " ".join(comment).partition(". ")[0].rstrip(".")


def _exported(kind: str, name: str, namespace: str) -> str:
    text = builtin.text(kind, name)
    if kind not in _NAMESPACED:
        return text
    return text.replace(f"\n  name: {name}\n", f"\n  name: {name}\n  namespace: {namespace}\n", 1)
