"""The repository that a lifecycle command reads and changes."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from krm_fn.builtin import BuiltinPlatform
from krm_fn.catalog import Catalog, build
from krm_fn.doors import repository
from krm_fn.doors.krm import FOUND_ERRORS
from krm_fn.doors.process import write_error, write_output
from krm_fn.findings import Collector
from krm_fn.lifecycle import Pin, with_spec_field
from krm_fn.report import text_report
from krm_fn.settings import Selection, Settings


@dataclass(frozen=True, slots=True, eq=False)
class WorkingTree:
    """What a repository holds. Files are named relative to `root`."""

    root: Path
    catalog: Catalog
    settings: Settings

    def pin(self, change: Pin, *, dry_run: bool) -> None:
        """Write a changed pin into the file of its binding and show the difference."""
        name = change.binding.document.file
        path = self.root / name
        old = path.read_bytes().decode("utf-8")
        new = with_spec_field(
            old, change.binding.reference, "releaseName", change.new, after="environment"
        )
        write_output(_difference(old, new, name).encode())
        if not dry_run and new != old:
            _write(path, new.encode())

    def add(self, files: Mapping[str, bytes], findings: Collector, *, dry_run: bool) -> None:
        """Write new files. One that is there with another content is an error, before any write."""
        for name, content in files.items():
            path = self.root / name
            if path.exists() and path.read_bytes() != content:
                findings.add("path-taken", f"{name} is there with another content")
        if findings.has_errors():
            return
        for name, content in files.items():
            if dry_run:
                write_output(f"# {name}\n".encode() + content)
            else:
                _write(self.root / name, content)
                write_output(f"{name}\n".encode())


def open_tree(paths: Sequence[Path], select: Selection, findings: Collector) -> WorkingTree:
    """Read the OpenChoreo resources below paths (none: the current folder)."""
    chosen = [str(path.resolve()) for path in paths] or [str(Path.cwd())]
    settings = Settings(select=select, sources=tuple(chosen))
    folder = Path(os.path.commonpath(chosen))
    base = folder if folder.is_dir() else folder.parent
    documents = repository.read_sources(base, settings, findings)
    catalog = build(documents, findings, BuiltinPlatform())
    root = repository.repository_root(base, settings)
    return WorkingTree(root, catalog, replace(settings, sources=()))


def end_with(findings: Collector) -> None:
    """Show findings on standard error; end the program where anything is an error."""
    colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR")
    write_error(text_report(findings.sorted(), colour=colour))
    if findings.has_errors():
        raise SystemExit(FOUND_ERRORS)


def _difference(old: str, new: str, name: str) -> str:
    from difflib import unified_diff

    lines = unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def _write(path: Path, content: bytes) -> None:
    """Replace a file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_bytes(content)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
