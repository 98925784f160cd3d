"""The image, built once, whatever number of processes run the tests."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest

from tests.hosts import program
from tests.image.engine import Image, build, host_environment


@pytest.fixture(scope="session")
def image(tmp_path_factory: pytest.TempPathFactory) -> Image:
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with (folder / "image.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = folder / "image.built"
        image = Image(program("podman")) if done.exists() else build()
        done.touch()
        return image


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    return host_environment(tmp_path / "bin")
