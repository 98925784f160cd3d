"""Files → documents."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping

from krm_fn.findings import Collector
from krm_fn.sources.files import SourceFile, find_files
from krm_fn.yamlio import Document, Mode, parse

_OURS = b"choreo"


def read_directory(
    path: str | os.PathLike[str],
    *,
    root: str | os.PathLike[str],
    mode: Mode,
    findings: Collector,
) -> list[Document]:
    """Read the documents of a file, or of all files below a folder; see `find_files`."""
    files = find_files(os.fspath(path), root=os.fspath(root), findings=findings)
    return read_files(files, mode=mode, findings=findings)


def read_memory(files: Mapping[str, bytes], *, mode: Mode, findings: Collector) -> list[Document]:
    """Read the documents of files held in memory, in bytewise order of their names."""
    ordered = sorted(files, key=str.encode)
    return read_files(
        (SourceFile(name, files[name]) for name in ordered), mode=mode, findings=findings
    )


def read_files(files: Iterable[SourceFile], *, mode: Mode, findings: Collector) -> list[Document]:
    """Read the documents of these files in this order.

    A repository holds YAML of other tools as well, templates that are no YAML among them: what is
    wrong with a file is reported only if it speaks of OpenChoreo at all.
    """
    documents: list[Document] = []
    for name, content in files:
        if _OURS in content:
            documents += parse(content, file=name, mode=mode, findings=findings)
            continue
        aside = Collector()
        foreign = parse(content, file=name, mode=mode, findings=aside)
        if not aside.has_errors():
            documents += foreign
    return documents
