"""Finds the hosts that `tests/install-tools.sh` installs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KUSTOMIZE_VERSIONS = ("5.4.3", "5.8.1")


def kustomize(version: str) -> Path:
    """Return the kustomize of that version; skip, saying so, where it is not installed."""
    path = ROOT / ".tools" / f"kustomize-{version}" / "kustomize"
    if not path.exists():
        pytest.skip(f"kustomize {version} is not installed: run tests/install-tools.sh")
    return path


def kpt() -> Path:
    """Return kpt; skip, saying so, where it is not installed."""
    path = shutil.which("kpt")
    if path is None:
        pytest.skip("kpt is not installed: run tests/install-tools.sh")
    return Path(path)
