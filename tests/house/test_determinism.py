"""The same documents give the same bytes, whatever surrounds the process."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest
import yaml

from tests.house.rooms import ROOT

_EXAMPLE = ROOT / "examples" / "online-store"
_ENVIRONMENT = "production"


def _files() -> list[Path]:
    """The repository of the example, without what hosts need."""
    files = sorted(path for path in _EXAMPLE.rglob("*.yaml") if "deploy" not in path.parts)
    assert len(files) > 20
    return files


def _render(
    paths: Sequence[Path], surroundings: Mapping[str, str] | None = None, cwd: Path = ROOT
) -> bytes:
    done = subprocess.run(
        [sys.executable, "-m", "krm_fn", "render", *map(str, paths), "--environment", _ENVIRONMENT],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(surroundings or {})},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert done.stdout.count(b"\nkind:") > 10
    return done.stdout


@cache
def _reference() -> bytes:
    return _render(_files(), {"PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"})


@pytest.mark.parametrize(
    "environment",
    [
        {"PYTHONHASHSEED": "1"},
        {"PYTHONHASHSEED": "4242"},
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
        {"TZ": "Pacific/Kiritimati"},
        {"COLUMNS": "20", "NO_COLOR": "1", "TERM": "dumb"},
        {"HOME": "/nonexistent", "PWD": "/elsewhere"},
    ],
    ids=lambda environment: next(iter(environment)),
)
def test_surroundings_do_not_show(environment: dict[str, str]) -> None:
    assert _render(_files(), environment) == _reference()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_order_of_files_does_not_show(seed: int) -> None:
    files = _files()
    random.Random(seed).shuffle(files)
    assert _render(files, {"PYTHONHASHSEED": str(seed)}) == _reference()


def test_working_directory_does_not_show(tmp_path: Path) -> None:
    assert _render(_files(), cwd=tmp_path) == _reference()


def test_a_directory_gives_what_its_files_give() -> None:
    assert _render([_EXAMPLE]) == _reference()


@pytest.mark.parametrize("seed", [1, 2])
def test_order_of_items_does_not_show(seed: int) -> None:
    documents = [
        document
        for path in _files()
        for document in yaml.safe_load_all(path.read_text(encoding="utf-8"))
        if document["apiVersion"].startswith("openchoreo.dev/")
    ]
    straight = _function(documents, "0")
    random.Random(seed).shuffle(documents)
    assert _function(documents, str(seed)) == straight


def _function(items: list[object], hash_seed: str) -> bytes:
    content = {
        "apiVersion": "config.kubernetes.io/v1",
        "kind": "ResourceList",
        "items": items,
        "functionConfig": {
            "apiVersion": "fn.openchoreo.dev/v1alpha1",
            "kind": "Render",
            "metadata": {"name": "render"},
            "spec": {"select": {"environments": [_ENVIRONMENT]}},
        },
    }
    done = subprocess.run(
        [sys.executable, "-m", "krm_fn"],
        input=yaml.safe_dump(content).encode(),
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    output = yaml.safe_load(done.stdout)
    assert len(output["items"]) > 10
    return yaml.safe_dump([output["items"], output.get("results", [])], sort_keys=False).encode()
