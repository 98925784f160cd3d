"""Builds the image once, runs it as hosts do, and stands in for `docker`."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.hosts import ROOT, environment, install_krm_fn, program, run

NAME = "localhost/krm-fn:dev"
BASE = "docker.io/library/python:3.12-slim"
EXAMPLE = ROOT / "examples" / "online-store"
HARDENED = (
    "--rm",
    "--interactive",
    "--network=none",
    "--read-only",
    "--cap-drop=all",
    "--security-opt=no-new-privileges",
)


@dataclass(frozen=True, slots=True)
class Image:
    """The built image and the program that runs it."""

    engine: Path

    def run(
        self, *command: str | Path, options: Sequence[str] = (), text: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run the function with arguments, as locked up as it can be."""
        return run([self.engine, "run", *HARDENED, *options, NAME, *command], text=text)

    def python(self, code: str) -> str:
        """Return what the function's interpreter prints."""
        entry = ["--entrypoint", "/opt/krm-fn/bin/python3"]
        done = self.run("-c", code, options=entry)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def read(self, path: str) -> str:
        """Return a file of the image."""
        done = self.run(path, options=["--entrypoint", "cat"])
        assert done.returncode == 0, done.stderr
        return done.stdout


def build() -> Image:
    """Build the image; skip the test, saying so, where no engine is."""
    engine = program("podman")
    done = subprocess.run(
        [ROOT / "image" / "build.sh", NAME],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return Image(engine)


def host_environment(folder: Path) -> dict[str, str]:
    """Return variables for a host that finds `krm-fn`, and `docker` that runs podman."""
    install_krm_fn(folder)
    docker = folder / "docker"
    docker.write_text('#!/bin/sh\nexec podman "$@"\n')
    docker.chmod(0o755)
    variables = environment(folder, KPT_FN_RUNTIME="podman")
    return {**variables, "PATH": f"{folder}:{variables['PATH']}"}
