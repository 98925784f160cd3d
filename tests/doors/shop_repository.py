"""A repository of its own for every test: the shop, and ways to deploy it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from tests.hosts import environment, install_krm_fn, run

SHOP = Path(__file__).parent / "shop"
FILES = (
    "platform/platform.yaml",
    "projects/shop/project.yaml",
    "projects/shop/cart.yaml",
    "projects/shop/search.yaml",
)

RENDER = """\
apiVersion: fn.openchoreo.dev/v1alpha1
kind: Render
metadata:
  name: render
  annotations:
    config.kubernetes.io/function: |
      exec:
        path: krm-fn
spec:
  select:
    environments: [development]
"""
GUARD = """\
replacements:
- source: {kind: ConfigMap, name: render-marker, fieldPath: data.ran}
  targets: [{select: {kind: ConfigMap, name: render-marker}, fieldPaths: [data.seen]}]
"""


class Repository:
    """A Git-like folder with the shop, and a `krm-fn` for hosts to find."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "repository"
        shutil.copytree(SHOP, self.folder)
        (self.folder / ".git").mkdir()
        install_krm_fn(folder / "bin")
        self.environment = environment(folder / "bin")

    def write(self, path: str, text: str) -> Path:
        """Write a file of the repository."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text)
        return target

    def replace(self, path: str, old: str, new: str) -> None:
        """Change a file of the repository."""
        text = (self.folder / path).read_text()
        assert old in text
        self.write(path, text.replace(old, new))

    def command_line(self, *options: str) -> list[dict[str, Any]]:
        """Render through the command line."""
        done = run(
            ["krm-fn", "render", str(self.folder), *options], env=self.environment, cwd=self.folder
        )
        assert done.returncode == 0, done.stderr
        return documents(done.stdout)


def documents(text: str) -> list[dict[str, Any]]:
    """Read a stream; scalars as kustomize wrote them, that is: all quoted where it matters."""
    return [found for found in yaml.safe_load_all(text) if found is not None]


def by_identity(objects: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Write objects comparably, whatever their order: identity → canonical JSON."""
    return {
        "/".join(
            (made["kind"], made["metadata"].get("namespace", ""), made["metadata"]["name"])
        ): json.dumps(made, sort_keys=True)
        for made in objects
    }
