"""Rendering folders of this machine, for the command line."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from krm_fn import emit, yamlio
from krm_fn.doors import directory, duplicates, ownership, repository
from krm_fn.doors.host_annotations import annotated
from krm_fn.doors.presentation import presented
from krm_fn.doors.rendering import is_failed, render_selected
from krm_fn.findings import Collector, Finding, Position
from krm_fn.identity import labels
from krm_fn.settings import Settings, parse_settings

if TYPE_CHECKING:
    from krm_fn.assemble import RenderedResource
    from krm_fn.catalog import Catalog

Format = Literal["yaml", "json"]


@dataclass(frozen=True, slots=True)
class LocalRender:
    """What came of it: `stream` is the text for standard output, empty where files were asked."""

    stream: bytes
    findings: tuple[Finding, ...]
    failed: bool
    objects: int = 0
    changed: int = 0


def read_config(path: Path, findings: Collector) -> Settings:
    """Read the settings of a file: a `Render`, or a ConfigMap with flat keys.

    Sources, root and identity map of the file are relative to it; in the settings returned they
    are absolute.
    """
    read = yamlio.parse(path.read_bytes(), file=str(path), mode="kustomize", findings=findings)
    if len(read) != 1:
        if not findings.has_errors():
            findings.add(
                "config-kind",
                f"the file holds {len(read)} documents, not one",
                position=read[1].position(()) if read else Position(str(path), 1, 1),
            )
        return Settings()
    settings = parse_settings(read[0].data, findings, read[0])
    folder = path.parent.resolve()
    identity = settings.identity
    repository.check_present(folder, settings, findings, read[0])
    if identity.map:
        identity = replace(identity, map=str(folder / identity.map))
    return replace(
        settings,
        sources=tuple(str(folder / source) for source in settings.sources),
        root=str(folder / settings.root) if settings.root else "",
        identity=identity,
    )


def render_local(
    paths: Sequence[Path],
    settings: Settings,
    *,
    output: Path | None,
    form: Format,
    findings: Collector,
    inspect: Callable[[Sequence[RenderedResource]], None] | None = None,
) -> LocalRender:
    """Render what folders and files hold.

    In: paths to read (none: the sources of the settings, else the working directory); `output`
    is the folder to write, None for one stream. Out: the stream, or what became of the folder;
    nothing is written where anything is an error (with `strict`: a warning). `inspect` sees the
    rendered resources before that is decided.
    """
    chosen = [str(path.resolve()) for path in paths] or list(settings.sources) or [str(Path.cwd())]
    settings = replace(settings, sources=tuple(chosen))
    base = common_folder(chosen)
    settings = repository.with_identity_map(base, settings, findings)
    documents = repository.read_sources(base, settings, findings)
    rendered: Sequence[RenderedResource] = ()
    if settings.mode == "validate" or not findings.has_errors():
        rendered = render_selected(documents, settings, findings, keeps_duplicates=output is None)
        if inspect is not None:
            inspect(rendered)
        if output is not None:
            duplicates.report_clashes(rendered, (), findings, one_place=False)
    if is_failed(findings, settings):
        return LocalRender(b"", findings.sorted(), failed=True)
    if settings.mode == "validate":
        return LocalRender(b"", findings.sorted(), failed=False)
    if output is None:
        stream = emit.stream([presented(resource) for resource in rendered], form)
        return LocalRender(stream, findings.sorted(), failed=False, objects=len(rendered))
    files = tree_files(rendered, settings, form)
    changed = directory.write_directory(output, files, settings.select, findings)
    failed = findings.has_errors()
    return LocalRender(b"", findings.sorted(), failed, len(rendered), changed)


def read_catalog(path: Path) -> Catalog:
    """Read what a folder holds and index it, whatever is wrong with it."""
    from krm_fn import catalog

    settings = replace(Settings(), sources=(str(path.resolve()),))
    findings = Collector()
    documents = repository.read_sources(path.resolve(), settings, findings)
    return catalog.build(documents, findings)


def render_recorded(
    paths: Sequence[Path], settings: Settings, findings: Collector
) -> Sequence[RenderedResource]:
    """Render what folders and files hold and keep the record of every value, for `explain`.

    Findings are collected, and what renders in spite of them is returned.
    """
    from krm_fn.provenance import Recorder
    from krm_fn.spine import render

    chosen = [str(path.resolve()) for path in paths] or [str(Path.cwd())]
    settings = replace(settings, sources=tuple(chosen))
    documents = repository.read_sources(common_folder(chosen), settings, findings)
    result = render(documents, settings, trace=Recorder())
    findings.extend(result.findings)
    return result.resources


def common_folder(paths: Sequence[str]) -> Path:
    """Find the folder that holds all paths."""
    common = Path(os.path.commonpath(paths))
    return common if common.is_dir() else common.parent


def tree_files(
    rendered: Sequence[RenderedResource], settings: Settings, form: Format
) -> Mapping[str, bytes]:
    """Write each object as the file of an output folder, with the mark of this program."""
    paths = emit.file_paths(rendered, settings.output, suffix=f".{form}")
    files: dict[str, bytes] = {}
    for path, resource in zip(paths, rendered, strict=True):
        made = annotated(presented(resource), {labels.GENERATED: ownership.mark(resource)})
        files[path] = emit.document(made, form)
    return files
