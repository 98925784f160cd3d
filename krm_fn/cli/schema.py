"""`krm-fn schema`: JSON Schemas for editors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from krm_fn.doors.krm import MISUSE, SUCCESS
from krm_fn.doors.local import read_catalog
from krm_fn.doors.process import end_on_signals, write_error, write_output
from krm_fn.findings import did_you_mean
from krm_fn.settings import RENDER


@click.command("schema", short_help="Write JSON Schemas for editors.")
@click.argument("kinds", nargs=-1, metavar="[KIND]…")
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for <Kind>.json; without it one kind goes to standard output.",
)
@click.option(
    "--repository",
    type=click.Path(exists=True, path_type=Path),
    help="Complete the schemas from the types and traits found there.",
)
def schema_command(kinds: tuple[str, ...], output: Path | None, repository: Path | None) -> None:
    """Write the JSON Schema of each KIND (default: every kind, and Render).

    \b
    krm-fn schema Component
    krm-fn schema --output .schemas --repository .
    """  # noqa: D301
    from krm_fn.checks import repository_schemas
    from krm_fn.models import MODELS, editor_schema

    end_on_signals()
    known = sorted([*MODELS, RENDER])
    for kind in kinds:
        if kind not in known:
            hint = did_you_mean(kind, known) or f"known: {', '.join(known)}"
            write_error(f"error: there is no kind {kind}\n  hint: {hint}\n")
            raise SystemExit(MISUSE)
    if output is None and len(kinds) != 1:
        write_error(
            "error: several schemas need a folder\n  hint: --output DIR, or name one kind\n"
        )
        raise SystemExit(MISUSE)
    completed = repository_schemas(read_catalog(repository)) if repository is not None else {}
    texts = {
        kind: json.dumps(completed.get(kind) or editor_schema(kind), indent=2, ensure_ascii=False)
        for kind in kinds or known
    }
    if output is None:
        write_output(f"{texts[kinds[0]]}\n".encode())
        raise SystemExit(SUCCESS)
    output.mkdir(parents=True, exist_ok=True)
    for kind, text in texts.items():
        (output / f"{kind}.json").write_text(f"{text}\n", encoding="utf-8")
    raise SystemExit(SUCCESS)
