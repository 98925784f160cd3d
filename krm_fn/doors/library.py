"""What `krm_fn.render` reads: paths of this machine, or texts in memory."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from krm_fn.doors import repository
from krm_fn.findings import Collector
from krm_fn.settings import Settings
from krm_fn.yamlio import Document

PathLike = str | os.PathLike[str]


def read_paths(
    source: PathLike | Iterable[PathLike], settings: Settings, findings: Collector
) -> tuple[list[Document], Settings]:
    """Read one or several folders and files.

    Out: the documents, and the settings with the entries of their identity map. Raises
    FileNotFoundError for a path that does not exist, ValueError where there is none at all.
    """
    listed = [source] if isinstance(source, str | os.PathLike) else list(source)
    if not listed:
        raise ValueError("no path to render")
    paths = [str(Path(path).resolve(strict=True)) for path in listed]
    common = Path(os.path.commonpath(paths))
    folder = common if common.is_dir() else common.parent
    chosen = repository.with_identity_map(folder, replace(settings, sources=tuple(paths)), findings)
    return repository.read_sources(folder, chosen, findings), chosen


def read_texts(
    texts: Mapping[str, str | bytes], settings: Settings, findings: Collector
) -> list[Document]:
    """Read texts by file name, in order of the names."""
    files = {
        name: text.encode() if isinstance(text, str) else text
        for name, text in sorted(texts.items())
    }
    return repository.documents_in(files, settings.yaml, findings)
