"""Finds the suites below the paths given on the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


class DiscoveryError(Exception):
    """A path holds no suite, or a `suite.json` cannot be understood."""


@dataclass(frozen=True, slots=True)
class Target:
    """A suite and the directory or file to replay. `whole` is false for a single case of it."""

    suite: str
    path: Path
    whole: bool = True


def discover(path: Path) -> list[Target]:
    """List what is to be replayed at `path`, in order of path.

    `path` may be a suite's directory, a directory with suites somewhere below it, a file that a
    suite names among its parts, or a single case. Raises DiscoveryError where nothing is found.
    """
    if not path.exists():
        raise DiscoveryError(f"{path} does not exist")
    found = list(_inside(path)) if path.is_dir() else []
    found = found or _of_parent(path)
    if not found:
        raise DiscoveryError(f"{path} holds no suite.json, nor does the folder above it")
    return found


def _inside(directory: Path) -> Iterator[Target]:
    declared = directory / "suite.json"
    if declared.is_file():
        name, parts = _read(declared)
        for part in parts:
            yield from _part(directory / part)
        if not parts:
            yield Target(name, directory)
        return
    for child in sorted(directory.iterdir()):
        if child.is_dir():
            yield from _inside(child)


def _part(path: Path) -> Iterator[Target]:
    if path.is_dir():
        yield from _inside(path)
    elif path.is_file():
        yield Target(path.stem, path)
    else:
        raise DiscoveryError(f"{path} is named as a part of its suite and is absent")


def _of_parent(path: Path) -> list[Target]:
    declared = path.parent / "suite.json"
    if not declared.is_file():
        return []
    name, parts = _read(declared)
    if path.name in parts:
        return list(_part(path))
    if path.is_dir():
        return [Target(name, path, whole=False)]
    return [Target(name, path.parent)]


def _read(declared: Path) -> tuple[str, list[str]]:
    content = json.loads(declared.read_text(encoding="utf-8"))
    name = content.get("suite") if isinstance(content, dict) else None
    if not isinstance(name, str):
        raise DiscoveryError(f'{declared} has no text under "suite"')
    return name, list(content.get("parts", []))
