"""Writes the locked requirements of the image: `make image-lock`.

`requirements/image.txt` holds what krm-fn declares in pyproject.toml and what that needs in turn;
`requirements/image-build.txt` holds the build backend. Both name every version exactly and the
hashes of its wheels, for the platforms the image is built for.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = "3.12"
ARCHITECTURES = ("x86_64", "aarch64")
GLIBC = ("manylinux2014", "manylinux_2_28")


def main(arguments: Sequence[str]) -> int:
    """Resolve both lists with pip and the configured index, and write them.

    With `--platform-options ARCHITECTURE` only print the options for pip.
    """
    if arguments:
        sys.stdout.write(" ".join(platform_options(arguments[1])) + "\n")
        return 0
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    _write("image.txt", project["project"]["dependencies"])
    _write("image-build.txt", project["build-system"]["requires"])
    return 0


def platform_options(architecture: str) -> list[str]:
    """Return the options that make pip choose wheels for the image, whatever runs pip."""
    options = ["--only-binary", ":all:", "--implementation", "cp", "--python-version", PYTHON]
    for abi in ("cp312", "abi3", "none"):
        options += ["--abi", abi]
    for glibc in GLIBC:
        options += ["--platform", f"{glibc}_{architecture}"]
    return options


def _write(name: str, requirements: Sequence[str]) -> None:
    locked: defaultdict[str, set[str]] = defaultdict(set)
    for architecture in ARCHITECTURES:
        for package, digest in _resolve(requirements, architecture):
            locked[package].add(digest)
    made_for = f"CPython {PYTHON}, glibc 2.28 or later, on {' and '.join(ARCHITECTURES)}"
    lines = [f"# Written by `make image-lock`: wheels for {made_for}."]
    for package in sorted(locked):
        hashes = [f"    --hash=sha256:{digest}" for digest in sorted(locked[package])]
        lines.append(" \\\n".join([package, *hashes]))
    (ROOT / "requirements" / name).write_text("\n".join(lines) + "\n")


def _resolve(requirements: Sequence[str], architecture: str) -> list[tuple[str, str]]:
    """Return (name==version, sha256 of the wheel) of everything the requirements need."""
    environment = {name: text for name, text in os.environ.items() if name != "PIP_FIND_LINKS"}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.json")
        command = [sys.executable, "-m", "pip", "install", "--quiet", "--dry-run"]
        command += ["--ignore-installed", "--target", folder, "--report", str(report)]
        command += [*platform_options(architecture), *requirements]
        subprocess.run(command, check=True, env=environment)
        installed = json.loads(report.read_text())["install"]
    return [
        (
            f"{item['metadata']['name'].lower().replace('_', '-')}=={item['metadata']['version']}",
            item["download_info"]["archive_info"]["hashes"]["sha256"],
        )
        for item in installed
    ]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
