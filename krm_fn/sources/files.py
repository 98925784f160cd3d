"""Which files of a folder are read, and their bytes."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from krm_fn.findings import Collector, Position
from krm_fn.sources import ignore

SUFFIXES = (".yaml", ".yml", ".json")


class SourceFile(NamedTuple):
    """A file: its slash-separated name relative to the root, and its bytes."""

    file: str
    content: bytes


def read_directory(
    path: str | os.PathLike[str], *, root: str | os.PathLike[str], findings: Collector
) -> list[SourceFile]:
    """Read a file, or every YAML and JSON file below a folder, in bytewise order of their names.

    Folders whose name begins with a dot are skipped, and what `.krmignore` files from `root`
    downwards name. Nothing outside `root` is read: a symbolic link that leads there is an error
    finding. A file that cannot be read is one too.
    """
    boundary = os.path.realpath(root)
    start = os.path.realpath(path)
    if not _is_inside(start, boundary):
        findings.add("source-outside-root", f"{os.fspath(path)} leads out of the repository")
        return []
    if os.path.isfile(start):
        return list(_read([start], boundary, findings))
    walk = _Walk(boundary, start, findings)
    walk.folder(start, walk.rules_above(start))
    return list(_read(walk.found, boundary, findings))


def _read(paths: Iterable[str], root: str, findings: Collector) -> Iterator[SourceFile]:
    named = sorted((_relative(path, root), path) for path in paths)
    for name, path in sorted(named, key=lambda pair: pair[0].encode()):
        try:
            with open(path, "rb") as stream:
                content = stream.read()
        except OSError as error:
            findings.add(
                "source-unreadable",
                f"{name} cannot be read: {error.strerror}",
                position=Position(name),
            )
        else:
            yield SourceFile(name, content)


Rules = tuple[tuple[str, tuple[ignore.Pattern, ...]], ...]
"""Folder and patterns of every `.krmignore` that applies, from the root downwards."""


class _Walk:
    """Collects the files below a folder."""

    def __init__(self, root: str, start: str, findings: Collector) -> None:
        self.found: list[str] = []
        self._root = root
        self._start = start
        self._findings = findings
        self._linked: set[str] = set()

    def rules_above(self, folder: str) -> Rules:
        """Read the `.krmignore` files of the folders above this one."""
        rules: Rules = ()
        above: list[str] = []
        while folder != self._root:
            folder = os.path.dirname(folder)
            above.append(folder)
        for parent in reversed(above):
            rules = self._with_rules(rules, parent)
        return rules

    def folder(self, folder: str, rules: Rules) -> None:
        """Collect the files of one folder and those below it."""
        rules = self._with_rules(rules, folder)
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: os.fsencode(entry.name))
        except OSError as error:
            name = _relative(folder, self._root)
            self._findings.add("source-unreadable", f"{name} cannot be read: {error.strerror}")
            return
        for entry in entries:
            is_folder = entry.is_dir()
            if not is_folder and not entry.name.endswith(SUFFIXES):
                continue
            if is_folder and entry.name.startswith("."):
                continue
            if _is_ignored(rules, entry.path, folder=is_folder):
                continue
            if entry.is_symlink() and not self._follows(entry.path):
                continue
            if is_folder:
                self.folder(entry.path, rules)
            else:
                self.found.append(entry.path)

    def _follows(self, path: str) -> bool:
        """Follow a link only to what this walk does not meet otherwise, inside the root."""
        target = os.path.realpath(path)
        if not _is_inside(target, self._root):
            name = _relative(path, self._root)
            self._findings.add(
                "source-outside-root",
                f"the symbolic link {name} leads out of the repository",
                position=Position(name),
            )
            return False
        if _is_inside(target, self._start) or _is_inside(self._start, target):
            return False
        if target in self._linked:
            return False
        self._linked.add(target)
        return True

    def _with_rules(self, rules: Rules, folder: str) -> Rules:
        path = os.path.join(folder, ignore.FILE_NAME)
        if not os.path.isfile(path):
            return rules
        with open(path, encoding="utf-8", errors="replace") as stream:
            return (*rules, (folder, ignore.parse(stream.read())))


def _is_ignored(rules: Rules, path: str, *, folder: bool) -> bool:
    verdict = False
    for base, patterns in rules:
        found = ignore.is_ignored(patterns, _relative(path, base), folder=folder)
        verdict = verdict if found is None else found
    return verdict


def _is_inside(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)


def _relative(path: str, root: str) -> str:
    """Name a path relative to the root, with slashes, in any locale."""
    name = os.fsencode(os.path.relpath(path, root)).decode("utf-8", "backslashreplace")
    return name.replace(os.sep, "/")
