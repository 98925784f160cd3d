"""Finds the real hosts, and puts `krm-fn` on their PATH."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
KUSTOMIZE_VERSIONS = ("5.0.3", "5.4.3", "5.8.1")
FLAGS = ("--enable-alpha-plugins", "--enable-exec")


def kustomize(version: str) -> Path:
    """Return kustomize of this version; skip the test, saying so, where it is absent."""
    local = ROOT / ".tools" / f"kustomize-{version}" / "kustomize"
    if local.is_file():
        return local
    found = shutil.which("kustomize")
    if found is not None and version in _output([found, "version"]):
        return Path(found)
    pytest.skip(f"kustomize {version} is absent: run tests/install-tools.sh (needs Go)")


def argocd_host() -> Path:
    """Return the server of Argo CD's plugins; skip the test, saying so, where it is absent."""
    built = ROOT / ".tools" / "argocd-host" / "argocd-host"
    if not built.is_file():
        pytest.skip("argocd-host is absent: run tests/install-tools.sh (needs Go)")
    return built


def crane() -> Path:
    """Return crane, which serves a registry; skip the test, saying so, where it is absent."""
    return _tool("crane", "crane")


def flux_host() -> Path:
    """Return what Flux does with artifacts; skip the test, saying so, where it is absent."""
    return _tool("flux-host", "flux-host")


def flux_definitions() -> Path:
    """Return the folder of Flux's CustomResourceDefinitions; skip the test where it is absent."""
    return _tool("flux-definitions", "")


def _tool(folder: str, name: str) -> Path:
    found = ROOT / ".tools" / folder / name
    if not found.exists():
        pytest.skip(f"{folder} is absent: run tests/install-tools.sh (needs Go)")
    return found


def program(name: str) -> Path:
    """Return a program on the PATH; skip the test, saying so, where it is absent."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not on the PATH")
    return Path(found)


def install_krm_fn(folder: Path) -> Path:
    """Make an executable `krm-fn` that runs this checkout with this interpreter."""
    folder.mkdir(parents=True, exist_ok=True)
    script = folder / "krm-fn"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m krm_fn "$@"\n')
    script.chmod(0o755)
    return script


def environment(folder: Path, **more: str) -> dict[str, str]:
    """Return the environment for a host that shall find `krm-fn` in a folder."""
    path = os.pathsep.join([str(folder), os.environ.get("PATH", "")])
    python_path = os.pathsep.join(
        part for part in (os.environ.get("PYTHONPATH", ""), str(ROOT)) if part
    )
    return {**os.environ, "PATH": path, "PYTHONPATH": python_path, **more}


def run(
    command: Sequence[str | Path],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    text: str | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run a program to its end and return what it said; its exit code is the caller's affair."""
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        input=text,
        stdin=subprocess.DEVNULL if text is None else None,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _output(command: Sequence[str]) -> str:
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False).stdout
