"""Rendered folders, read by Argo CD as a directory Application does."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.hosts import ROOT, argocd_host, environment, run

STORE = ROOT / "examples" / "online-store"


RENDER = (sys.executable, "-m", "krm_fn", "render", str(STORE), "--hydrator-metadata")


def render(folder: Path) -> subprocess.CompletedProcess[str]:
    return run([*RENDER, "-e", "production", "-o", folder], env=environment(ROOT))


def contents(folder: Path) -> dict[str, bytes]:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_equal_renders_are_equal_wherever_they_are(tmp_path: Path) -> None:
    for name in ("one", "two"):
        done = render(tmp_path / name)
        assert done.returncode == 0, done.stderr
    found = contents(tmp_path / "one")
    assert found == contents(tmp_path / "two")
    assert json.loads(found["hydrator.metadata"]) == {
        "commands": ["krm-fn render --environment production"]
    }


def test_an_unchanged_file_is_left_alone(tmp_path: Path) -> None:
    assert render(tmp_path).returncode == 0
    file = tmp_path / "hydrator.metadata"
    os.utime(file, (1, 1))
    assert render(tmp_path).returncode == 0
    assert file.stat().st_mtime == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("values.yaml", "replicas: 3\n"),
        ("deep/er/list.yml", "- 1\n"),
        ("x.json", '{"kind": "ConfigMap"}\n'),
        ("broken.yaml", "a: [\n"),
    ],
)
def test_yaml_that_is_no_manifest_is_refused(name: str, text: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    done = render(tmp_path)
    assert done.returncode == 1
    assert "error: output-foreign" in done.stderr
    assert name in done.stderr
    assert list(contents(tmp_path)) == [name]


def test_manifests_of_others_may_stay(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n")
    (tmp_path / "README.md").write_text("# Ours\n")
    assert render(tmp_path).returncode == 0


def test_it_needs_a_folder() -> None:
    done = run(RENDER, env=environment(ROOT))
    assert done.returncode == 2
    assert "needs --output DIR" in done.stderr


@pytest.mark.hosts
def test_argo_cd_reads_every_object(tmp_path: Path) -> None:
    host = argocd_host()
    folder = tmp_path / "rendered"
    assert render(folder).returncode == 0
    request = {
        "repo": {"repo": "https://git.example/acme"},
        "appName": "store",
        "namespace": "default",
        "applicationSource": {"path": ".", "directory": {"recurse": True}},
    }
    (tmp_path / "request.json").write_text(json.dumps(request))
    done = run([host, "manifests", tmp_path / "request.json", folder, folder])
    assert done.returncode == 0, done.stderr
    read = [json.loads(text) for text in json.loads(done.stdout)["manifests"]]
    files = contents(folder)
    del files["hydrator.metadata"]
    names = sorted((one["kind"], one["metadata"]["name"]) for one in read)
    written = [yaml.safe_load(text) for text in files.values()]
    assert names == sorted((one["kind"], one["metadata"]["name"]) for one in written)
    assert len(names) > 30
