"""The program and its commands."""

from __future__ import annotations

from typing import Final

import click

from krm_fn import __version__
from krm_fn.cli.argocd import argocd
from krm_fn.cli.completion import completion
from krm_fn.cli.explain import explain_command
from krm_fn.cli.explain_error import explain_error
from krm_fn.cli.health import health_command
from krm_fn.cli.package import package_command
from krm_fn.cli.platform import platform_command
from krm_fn.cli.promote import promote_command
from krm_fn.cli.release import release_command
from krm_fn.cli.render import render_command
from krm_fn.cli.rollback import rollback_command
from krm_fn.cli.schema import schema_command
from krm_fn.cli.validate import validate_command

_EPILOG: Final = (
    "Without arguments and with something on standard input this is a KRM function: it reads a"
    " ResourceList and writes one. That is how kustomize and kpt call it."
)


@click.group(
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, message="krm-fn %(version)s")
def program() -> None:
    """Render OpenChoreo from Git with no controller in the cluster."""


program.add_command(render_command)
program.add_command(validate_command)
program.add_command(argocd)
program.add_command(release_command)
program.add_command(promote_command)
program.add_command(rollback_command)
program.add_command(platform_command)
program.add_command(package_command)
program.add_command(health_command)
program.add_command(schema_command)
program.add_command(explain_command)
program.add_command(explain_error)
program.add_command(completion)
