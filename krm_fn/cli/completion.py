"""`krm-fn completion`: the script that teaches a shell to complete."""

from __future__ import annotations

import click


@click.command(short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script for SHELL.

    \b
    bash:  krm-fn completion bash > ~/.local/share/bash-completion/completions/krm-fn
    zsh:   krm-fn completion zsh > "${fpath[1]}/_krm-fn"
    fish:  krm-fn completion fish > ~/.config/fish/completions/krm-fn.fish
    """  # noqa: D301
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    if kind is None:
        raise click.UsageError(f"no completion for {shell}")
    script = kind(context.find_root().command, {}, "krm-fn", "_KRM_FN_COMPLETE")
    click.echo(script.source_template % script.source_vars())
