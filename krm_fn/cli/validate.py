"""`krm-fn validate`: everything that is wrong with a repository, without writing manifests."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import click

from krm_fn.cli.progress import Progress
from krm_fn.doors.krm import FOUND_ERRORS, MISUSE, SUCCESS, bug_text
from krm_fn.doors.local import LocalRender, read_config
from krm_fn.doors.process import debugging, end_on_signals, write_error, write_output
from krm_fn.doors.validation import validate_local
from krm_fn.findings import Collector, Finding, Severity
from krm_fn.report import json_report, text_report
from krm_fn.settings import Settings


@click.command("validate", short_help="Report everything that is wrong with a repository.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]…")
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A Render, or a ConfigMap with flat keys; options come before it.",
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--kubernetes-version",
    "kubernetes",
    default="",
    metavar="1.31",
    help="Check rendered objects against the schemas of this version (needs krm-fn[schemas]).",
)
@click.option(
    "--crds",
    "definitions",
    multiple=True,
    type=click.Path(exists=True, path_type=Path),
    metavar="DIR",
    help="CustomResourceDefinitions to check rendered objects against.",
)
@click.option(
    "--report",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the findings on standard output.",
)
def validate_command(
    paths: tuple[Path, ...],
    config: Path | None,
    kubernetes: str,
    definitions: tuple[Path, ...],
    report: str,
    *,
    strict: bool,
) -> None:
    """Check the OpenChoreo resources below each PATH (default: the current folder).

    What the API server and the webhooks of a control plane would refuse, what no control plane
    notices, and what rendering every environment runs into. Exit code 1 if anything is an error.

    \b
    krm-fn validate .
    krm-fn validate platform projects --strict --report json
    """  # noqa: D301
    end_on_signals()
    findings = Collector()
    settings = read_config(config, findings) if config is not None else Settings()
    if findings.has_errors():
        _show(findings.sorted(), report)
        raise SystemExit(MISUSE)
    settings = replace(
        settings, mode="validate", strict=strict or settings.strict, allow_empty=True
    )
    done = _validate(paths, settings, kubernetes, definitions, findings)
    _show(done.findings, report)
    raise SystemExit(FOUND_ERRORS if done.failed else SUCCESS)


def _validate(
    paths: tuple[Path, ...],
    settings: Settings,
    kubernetes: str,
    definitions: tuple[Path, ...],
    findings: Collector,
) -> LocalRender:
    try:
        with Progress("validating"):
            return validate_local(
                paths,
                settings,
                kubernetes=kubernetes,
                definitions=definitions,
                findings=findings,
            )
    except ImportError as error:
        if kubernetes and error.name == "kubernetes_validate":
            raise click.UsageError("--kubernetes-version needs krm-fn[schemas]") from None
        raise
    except ValueError as error:
        if not kubernetes or not str(error).startswith("no schemas"):
            raise
        raise click.UsageError(str(error)) from None
    except Exception as error:  # the outermost layer: a user must get a sentence
        if debugging():
            raise
        findings.add("internal-error", bug_text(error))
        return LocalRender(b"", findings.sorted(), failed=True)


def _show(findings: tuple[Finding, ...], report: str) -> None:
    """Write findings to standard output; their count to standard error, if a person reads it."""
    if report == "json":
        written = json.dumps(json_report(findings), indent=2, ensure_ascii=False) + "\n"
    else:
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        written = text_report(findings, colour=sys.stdout.isatty() and not plain)
    write_output(written.encode())
    if report == "text" and sys.stderr.isatty():
        counts = [
            f"{sum(finding.severity is severity for finding in findings)} {word}"
            for severity, word in (
                (Severity.ERROR, "errors"),
                (Severity.WARNING, "warnings"),
                (Severity.INFO, "remarks"),
            )
        ]
        write_error(f"{', '.join(counts)}\n")
