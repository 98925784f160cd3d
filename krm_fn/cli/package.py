"""`krm-fn package`: an environment as an OCI artifact for Flux."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from krm_fn.cli.progress import Progress
from krm_fn.cli.render import show
from krm_fn.delivery import (
    Artifact,
    FluxTarget,
    Origin,
    Reference,
    build_artifact,
    flux_objects,
    layout_archive,
    layout_files,
    parse_reference,
)
from krm_fn.doors.krm import FOUND_ERRORS, MISUSE, SUCCESS, bug_text
from krm_fn.doors.local import read_config
from krm_fn.doors.packaging import Package, render_package
from krm_fn.doors.process import debugging, end_on_signals, write_output
from krm_fn.findings import Collector
from krm_fn.settings import Settings

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)")


@click.command("package", short_help="Pack an environment as an OCI artifact for Flux.")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path), metavar="[PATH]…")
@click.option("-e", "--environment", required=True, metavar="NAME", help="Environment to pack.")
@click.option("-p", "--project", "projects", multiple=True, metavar="NAME", help="Project to pack.")
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A Render, or a ConfigMap with flat keys; options come before it.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="Write X.tgz (the content alone), X.tar (an OCI layout) or a folder (an OCI layout).",
)
@click.option("--push", metavar="oci://REGISTRY/REPOSITORY[:TAG]", help="Push the artifact.")
@click.option(
    "--reference",
    metavar="oci://REGISTRY/REPOSITORY[:TAG]",
    help="Where --flux-objects find the artifact, if it is not pushed now.",
)
@click.option("--source", default="", metavar="URL", help="The repository of the sources.")
@click.option("--revision", default="", metavar="REVISION", help="Their revision: main@sha1:….")
@click.option("--created", default="", metavar="DATE", help="Date of the revision, RFC 3339.")
@click.option(
    "--flux-substitution",
    type=click.Choice(["check", "escape", "disable"]),
    help="What is done where Flux's postBuild would change an object.  [default: check]",
)
@click.option(
    "--flux-objects",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Write an OCIRepository and Kustomizations for the artifact there.",
)
@click.option(
    "--depends-on", multiple=True, metavar="NAME", help="Kustomization that has to be ready first."
)
@click.option("--strict", is_flag=True, help="Fail on warnings too.")
@click.option(
    "--report",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Form of the findings on standard error.",
)
def package_command(paths: tuple[Path, ...], environment: str, report: str, **options: Any) -> None:
    """Pack the rendered manifests of an environment as a reproducible OCI artifact.

    Equal manifests, source and revision give an equal digest, which is printed. An artifact that
    is in the registry already, from whatever revision, is not pushed again.

    \b
    krm-fn package . -e production --push oci://ghcr.io/acme/online-store:production
    krm-fn package . -e production --output production.tar
    """  # noqa: D301
    end_on_signals()
    reference = _reference(options, environment)
    origin = _origin(options)
    findings, packed, text = Collector(), Package(failed=True), ""
    settings = _settings(environment, findings, options)
    if findings.has_errors():
        show(findings.sorted(), report)
        raise SystemExit(MISUSE)
    try:
        with Progress("packing"):
            packed = render_package(paths, settings, findings)
            text = "" if packed.failed else _carry_out(packed, origin, reference, options, findings)
            if not findings.has_errors() and reference is not None and options["flux_objects"]:
                _write_objects(packed, reference, settings, environment, options)
    except OSError as error:
        findings.add("output-failed", f"{error.filename or 'output'}: {error.strerror}")
    except Exception as error:  # the outermost layer: a user must get a sentence
        if debugging() or isinstance(error, click.ClickException):
            raise
        findings.add("internal-error", bug_text(error))
    show(findings.sorted(), report)
    if findings.has_errors() or packed.failed or not write_output(text.encode()):
        raise SystemExit(FOUND_ERRORS)
    raise SystemExit(SUCCESS)


def _settings(environment: str, findings: Collector, options: dict[str, Any]) -> Settings:
    config: Path | None = options["config"]
    settings = read_config(config, findings) if config is not None else Settings()
    select = replace(
        settings.select,
        environments=(environment,),
        projects=options["projects"] or settings.select.projects,
    )
    substitution = options["flux_substitution"] or settings.output.flux_substitution
    output = replace(settings.output, flux_substitution=substitution)
    strict = options["strict"] or settings.strict
    return replace(settings, select=select, output=output, strict=strict)


def _reference(options: dict[str, Any], environment: str) -> Reference | None:
    if options["push"] and options["reference"]:
        raise click.UsageError("--reference is for artifacts that are not pushed: leave it out")
    given = options["push"] or options["reference"]
    if options["flux_objects"] and not given:
        raise click.UsageError("--flux-objects needs --push or --reference")
    if not (options["push"] or options["output"] or options["flux_objects"]):
        raise click.UsageError("nothing to do: give --push, --output or --flux-objects")
    try:
        return parse_reference(given, environment.lower()) if given else None
    except ValueError as error:
        raise click.UsageError(str(error)) from None


def _origin(options: dict[str, Any]) -> Origin:
    created = options["created"]
    if created and not _DATE.fullmatch(created):
        raise click.UsageError(f"--created {created} is no date of RFC 3339")
    return Origin(options["source"], options["revision"], created)


def _carry_out(
    packed: Package,
    origin: Origin,
    reference: Reference | None,
    options: dict[str, Any],
    findings: Collector,
) -> str:
    """Write and push; return what to print: the digest, behind its repository if it was pushed."""
    artifact = build_artifact(packed.files, origin)
    output: Path | None = options["output"]
    if output is not None:
        _write(artifact, output, reference.tag if reference else _tag(output))
    if not options["push"] or reference is None:
        return f"{artifact.digest}\n"
    from krm_fn.doors.registry import RegistryError, push

    try:
        digest, pushed = push(artifact, reference)
    except ImportError:
        raise click.UsageError("pushing needs an extra: pip install 'krm-fn[oci]'") from None
    except RegistryError as error:
        findings.add("registry-failed", str(error))
        return ""
    if not pushed:
        click.echo(f"{reference} has this content already", err=True)
    return f"{reference.registry}/{reference.repository}:{reference.tag}@{digest}\n"


def _tag(output: Path) -> str:
    """Name the artifact of a layout that has no reference after its file."""
    return re.sub(r"[^A-Za-z0-9_.-]", "-", output.name.removesuffix(".tar")) or "latest"


def _write(artifact: Artifact, output: Path, tag: str) -> None:
    if output.name.endswith((".tgz", ".tar.gz")):
        output.write_bytes(artifact.layer)
    elif output.name.endswith(".tar"):
        output.write_bytes(layout_archive(artifact, tag))
    else:
        for name, content in layout_files(artifact, tag).items():
            path = output / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)


def _write_objects(
    packed: Package,
    reference: Reference,
    settings: Settings,
    environment: str,
    options: dict[str, Any],
) -> None:
    from krm_fn.emit import stream

    folder: Path = options["flux_objects"]
    target = FluxTarget(
        reference, environment.lower(), packed.chains, depends_on=options["depends_on"]
    )
    folder.mkdir(parents=True, exist_ok=True)
    for name, objects in flux_objects(target, settings.output).items():
        (folder / name).write_bytes(stream(objects, "yaml"))
