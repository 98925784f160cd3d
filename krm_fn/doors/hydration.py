"""A folder of manifests as Argo CD reads it: a directory Application, or the source hydrator."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from krm_fn import yamlio
from krm_fn.delivery import HYDRATOR_FILE, hydrator_metadata
from krm_fn.findings import Collector
from krm_fn.settings import Settings

_SUFFIXES: Final = (".yaml", ".yml", ".json")


def check_manifests(directory: Path, findings: Collector) -> None:
    """Report files of a folder that Argo CD would read as manifests, and that are none."""
    for folder, folders, names in os.walk(directory):
        folders[:] = sorted(name for name in folders if name != ".git")
        for name in sorted(names):
            if name.endswith(_SUFFIXES):
                _check(Path(folder, name), findings)


def write_metadata(directory: Path, settings: Settings) -> None:
    """Write the hydrator's file, if it is not there as it has to be."""
    path, content = directory / HYDRATOR_FILE, hydrator_metadata(settings.select)
    if not path.exists() or path.read_bytes() != content:
        directory.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _check(path: Path, findings: Collector) -> None:
    noticed = Collector()
    documents = yamlio.parse(path.read_bytes(), file=str(path), mode="kubernetes", findings=noticed)
    for document in documents:
        if not all(isinstance(document.data.get(key), str) for key in ("apiVersion", "kind")):
            findings.add(
                "output-foreign",
                f"{path} is no manifest: apiVersion or kind is missing",
                position=document.position(()),
            )
    for found in noticed:
        if found.severity == "error":
            findings.add("output-foreign", f"{path}: {found.message}", position=found.position)
