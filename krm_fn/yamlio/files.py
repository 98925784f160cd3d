"""Many files → documents."""

from __future__ import annotations

from collections.abc import Iterable

from krm_fn.findings import Collector
from krm_fn.yamlio.document import Document
from krm_fn.yamlio.reader import parse
from krm_fn.yamlio.scalars import Mode

_OURS = b"choreo"


def parse_files(
    files: Iterable[tuple[str, bytes]], *, mode: Mode, findings: Collector
) -> list[Document]:
    """Read the documents of these files (name and bytes) in this order.

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
