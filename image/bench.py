"""Measures the image against the exec function: `make image-bench`.

Prints, for the function alone, kustomize and kpt: the exec run, the container run, the engine's own
container start (`true` in the same image), and what of the container run is left without it,
divided by the exec run. Medians of several runs, taken in turns so that all see the same load.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.image.engine import EXAMPLE, HARDENED, NAME, host_environment

RUNS = 7
LIMIT = 1.5


def main() -> int:
    """Print the size and the table. Return 1 where podman is absent."""
    podman = shutil.which("podman")
    if podman is None:
        print("podman is not on the PATH", file=sys.stderr)
        return 1
    base, image = (
        int(_output([podman, "image", "inspect", name, "--format", "{{.Size}}"]))
        for name in ("docker.io/library/python:3.12-slim", NAME)
    )
    print(f"size beyond the base      {(image - base) / 1e6:8.1f} MB")
    start = [podman, "run", *HARDENED, "--entrypoint", "/bin/true", NAME]
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        environment = host_environment(Path(folder, "bin"))
        krm_fn = shutil.which("krm-fn", path=environment["PATH"]) or "krm-fn"
        print(f"{'seconds':24}     exec  container  engine  (container - engine) / exec")
        for name, (outside, inside) in _cases(Path(folder), krm_fn, podman).items():
            taken = _medians([outside, inside, start], environment)
            ratios.append((taken[1] - taken[2]) / taken[0])
            print(f"{name:24} {taken[0]:8.3f}   {taken[1]:8.3f}{taken[2]:8.3f}  {ratios[-1]:.2f}")
    print(f"worst {max(ratios):.2f}, {'within' if max(ratios) <= LIMIT else 'OVER'} {LIMIT}")
    return 0


def _cases(
    folder: Path, krm_fn: str, podman: str
) -> dict[str, tuple[Sequence[str], Sequence[str]]]:
    """Return for each way in the command with exec and the one with the container."""
    cases: dict[str, tuple[Sequence[str], Sequence[str]]] = {
        "krm-fn render": (
            [krm_fn, "render", str(EXAMPLE), "--environment", "development"],
            [
                *(podman, "run", *HARDENED, "--volume", f"{EXAMPLE}:/repo:ro", NAME),
                *("render", ".", "--environment", "development"),
            ],
        )
    }
    found = shutil.which("kustomize")
    for kustomize in [*Path(".tools").glob("kustomize-*/kustomize"), *filter(None, [found])]:
        version = _output([str(kustomize), "version"]).strip()
        build = [str(kustomize), "build", "--enable-alpha-plugins"]
        cases[f"kustomize {version}"] = (
            [*build, "--enable-exec", str(EXAMPLE / "deploy/transformer")],
            [*build, str(EXAMPLE / "deploy/container")],
        )
    if shutil.which("kpt"):
        outside, inside = (folder / name for name in ("outside", "inside"))
        for package in (outside, inside):
            shutil.copytree(EXAMPLE, package)
        kptfile = inside / "Kptfile"
        kptfile.write_text(kptfile.read_text().replace("exec: krm-fn", f"image: {NAME}"))
        render = ["kpt", "fn", "render"]
        cases["kpt fn render"] = (
            [*render, str(outside), "--allow-exec"],
            [*render, str(inside), "--image-pull-policy=Never"],
        )
    return cases


def _medians(commands: Sequence[Sequence[str]], environment: Mapping[str, str]) -> list[float]:
    """Return the median wall time of each command in seconds, after one run that is not counted."""
    taken: list[list[float]] = [[] for _ in commands]
    for turn in range(RUNS + 1):
        for times, command in zip(taken, commands, strict=True):
            begun = time.perf_counter()
            subprocess.run(
                command, check=True, env=environment, stdin=subprocess.DEVNULL, capture_output=True
            )
            if turn:
                times.append(time.perf_counter() - begun)
    return [statistics.median(times) for times in taken]


def _output(command: Sequence[str]) -> str:
    return subprocess.run(
        command, check=True, env=os.environ, capture_output=True, text=True
    ).stdout


if __name__ == "__main__":
    sys.exit(main())
