"""`krm-fn explain-error`: what a finding code means."""

from __future__ import annotations

import click

from krm_fn.findings import CODES, did_you_mean


@click.command("explain-error", short_help="Explain a finding code.")
@click.argument("code", required=False)
def explain_error(code: str | None) -> None:
    """Explain the finding CODE, or list all codes."""
    if code is None:
        width = max(map(len, CODES))
        for name in sorted(CODES):
            click.echo(f"{name:{width}}  {CODES[name].severity.value:7}  {CODES[name].title}")
        return
    known = CODES.get(code)
    if known is None:
        guess = did_you_mean(code, CODES) or "krm-fn explain-error lists all codes"
        raise click.UsageError(f'there is no finding code "{code}"; {guess}')
    click.echo(f"{known.name} ({known.severity.value})\n\n{known.title}")
    if known.hint:
        click.echo(f"\nhint: {known.hint}")
    if known.condition:
        click.echo(f"\nOpenChoreo's controllers report this as {known.condition}.")
