"""Finds the vectors, which live outside the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


def shared_root() -> Path:
    """Return the folder named by KRM_FN_SHARED (default `../shared` beside the checkout)."""
    return (ROOT / os.environ.get("KRM_FN_SHARED", "../shared")).resolve()


def shared_path(*parts: str) -> Path:
    """Return a path below the shared folder; skip the test, saying so, where it is absent."""
    path = shared_root().joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path} is absent: set KRM_FN_SHARED to the folder with the golden vectors")
    return path
