"""A folder of rendered files: written as a whole or not at all, stale files removed.

A file is ours when its object carries the mark of an earlier run (see `ownership`); every other
file is left alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from krm_fn.doors.host_annotations import annotated
from krm_fn.doors.ownership import is_replaced
from krm_fn.findings import Collector, Position
from krm_fn.identity import labels
from krm_fn.settings import Selection

# As this program writes it: in block style below metadata.annotations, or in JSON.
_MARK: Final = re.compile(
    rf'^(?: {{4}}|\s*"){re.escape(labels.GENERATED)}"?: *["\']?([^"\'\s,]*)', re.MULTILINE
)
_SUFFIXES: Final = (".yaml", ".yml", ".json")


def write_directory(
    directory: Path, files: Mapping[str, bytes], selection: Selection, findings: Collector
) -> int:
    """Make a folder hold exactly these generated files, among foreign ones.

    In: content by slash-separated relative path; the selection of the run, whose earlier files
    are replaced. Out: how many files changed on disk (written or removed). A foreign file in the
    way, a path that leads out of the folder, or an error of the disk is a finding; the first two
    before anything is written. Each file is replaced in one step.
    """
    root = directory.resolve()
    for path in files:
        target = directory / path
        if not target.parent.resolve().is_relative_to(root):
            findings.add("output-failed", f"{path} leads out of {directory}")
        elif target.is_dir() or (target.exists() and _mark(target) is None):
            findings.add(
                "path-taken",
                f"{target} exists and was not written by this program",
                position=Position(str(target)),
            )
    if findings.has_errors():
        return 0
    try:
        return _replace(directory, files, selection)
    except OSError as error:
        findings.add("output-failed", f"{error.filename or directory}: {error.strerror}")
        return 0


def _replace(directory: Path, files: Mapping[str, bytes], selection: Selection) -> int:
    stale = [path for path in _owned(directory, selection) if path not in files]
    changed = 0
    for path in sorted(files):
        target = directory / path
        if target.exists() and target.read_bytes() == files[path]:
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        try:
            temporary.write_bytes(files[path])
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        changed += 1
    for path in stale:
        target = directory / path
        target.unlink(missing_ok=True)
        _prune(target.parent, directory)
        changed += 1
    return changed


def _owned(directory: Path, selection: Selection) -> Iterator[str]:
    """List the files of earlier runs that this selection covers."""
    for folder, folders, names in os.walk(directory):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            mark = _mark(path) if name.endswith(_SUFFIXES) else None
            if mark is not None and is_replaced(annotated({}, {labels.GENERATED: mark}), selection):
                yield path.relative_to(directory).as_posix()


def _mark(path: Path) -> str | None:
    """Read the mark of a file; None if it has none."""
    found = _MARK.search(path.read_text("utf-8", errors="replace"))
    return found.group(1) if found else None


def _prune(folder: Path, directory: Path) -> None:
    """Remove folders that have become empty, up to the output folder itself."""
    while folder != directory and folder.is_relative_to(directory):
        try:
            folder.rmdir()
        except OSError:
            return
        folder = folder.parent
