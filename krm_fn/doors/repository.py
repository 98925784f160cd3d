"""Which folders a run may read, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Final

from krm_fn import sources, yamlio
from krm_fn.doors import items
from krm_fn.doors.ownership import is_generated
from krm_fn.findings import Collector, Origin, PathPart, Severity, SourceDocument
from krm_fn.identity import labels
from krm_fn.settings import Settings, identity_entries
from krm_fn.yamlio import Document, Mode

# A repository holds YAML of other tools too, templates that are no YAML among them: files that do
# not name the API group of OpenChoreo are not read at all.
_OURS: Final = labels.GROUP.encode()


def repository_root(directory: Path, settings: Settings) -> Path:
    """Find the folder that no source may leave.

    It is `settings.root` (relative to the working directory), else the nearest folder from
    `directory` upwards that holds `.git`, else `directory` itself.
    """
    if settings.root:
        return (directory / settings.root).resolve()
    here = directory.resolve()
    for folder in (here, *here.parents):
        if (folder / ".git").exists():
            return folder
    return here


def read_sources(
    directory: Path,
    settings: Settings,
    findings: Collector,
    configuration: SourceDocument | None = None,
) -> list[Document]:
    """Read `settings.sources` below the repository root.

    In: the working directory; the document that holds the settings, if one does. Out: documents
    whose file is relative to the root. A source that is absent or leaves the root, by a symbolic
    link too, is an error finding.
    """
    root = repository_root(directory, settings)
    files: dict[str, bytes] = {}
    for number, source in enumerate(settings.sources):
        at = _setting(configuration, "sources", number)
        path = (directory / source).resolve()
        if not path.is_relative_to(root):
            findings.add(
                "source-outside-root", f"{source} lies outside the repository {root}", origin=at
            )
        elif not path.exists():
            findings.add(
                "source-not-found", f"{source} does not exist (looked for {path})", origin=at
            )
        else:
            files |= sources.read_directory(path, root=root, findings=findings)
    return documents_in(files, settings.yaml, findings)


def documents_in(files: Mapping[str, bytes], mode: Mode, findings: Collector) -> list[Document]:
    """Read the OpenChoreo documents of files (content by name) that no run has made."""
    return [
        document
        for name, content in files.items()
        if _OURS in content
        for document in _documents(name, content, mode, findings)
    ]


def check_present(
    folder: Path, settings: Settings, findings: Collector, configuration: SourceDocument
) -> None:
    """Report sources and an identity map that do not exist.

    In: the folder that they are relative to, the settings, and the document that holds them.
    """
    for number, source in enumerate(settings.sources):
        if not (folder / source).exists():
            findings.add(
                "source-not-found",
                f"{source} does not exist (looked for {folder / source})",
                origin=_setting(configuration, "sources", number),
                hint="sources are relative to the folder of the file that lists them",
            )
    if settings.identity.map and not (folder / settings.identity.map).exists():
        findings.add(
            "identity-map-invalid",
            f"{settings.identity.map} does not exist (looked for {folder / settings.identity.map})",
            origin=_setting(configuration, "identity", "map"),
        )


def _setting(configuration: SourceDocument | None, *path: PathPart) -> Origin | None:
    """Find a setting of a Render; of a ConfigMap, where a list is one text, the whole of it."""
    if configuration is None:
        return None
    if configuration.reference.kind == "ConfigMap":
        return Origin(configuration, ("data", path[0]))
    return Origin(configuration, ("spec", *path))


def _documents(name: str, content: bytes, mode: Mode, findings: Collector) -> list[Document]:
    """Read the OpenChoreo documents of a file that no run has made, and what is odd about them.

    Errors of other documents of the file are reported too: they may hide one of ours.
    """
    noticed = Collector()
    read = yamlio.parse(content, file=name, mode=mode, findings=noticed)
    kept = [
        document
        for document in read
        if items.is_input(document.data) and not is_generated(document.data)
    ]
    indexes = {document.index for document in kept}
    for finding in noticed:
        place = finding.position
        if finding.severity is Severity.ERROR or place is None or place.index in indexes:
            findings.append(finding)
    return kept


def with_identity_map(
    directory: Path,
    settings: Settings,
    findings: Collector,
    configuration: SourceDocument | None = None,
) -> Settings:
    """Read the identity map that the settings name, if any, into their entries."""
    if not settings.identity.map:
        return settings
    name = settings.identity.map
    root = repository_root(directory, settings)
    path = (directory / name).resolve()
    at = _setting(configuration, "identity", "map")
    if not path.is_relative_to(root):
        findings.add("source-outside-root", f"{name} lies outside the repository {root}", origin=at)
        return settings
    try:
        content = path.read_bytes()
    except OSError as error:
        findings.add("identity-map-invalid", f"{name} cannot be read: {error.strerror}", origin=at)
        return settings
    read = yamlio.parse(content, file=name, mode="kustomize", findings=findings)
    entries = identity_entries(read[0].data) if read else ()
    if entries is None:
        findings.add(
            "identity-map-invalid",
            f"{name} does not map Kind/namespace/name to UIDs",
            position=read[0].position(()),
        )
        return settings
    return replace(settings, identity=replace(settings.identity, entries=entries))
