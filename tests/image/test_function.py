"""The function in a container, locked up: the same bytes as outside."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.doors.shop_repository import documents
from tests.hosts import run
from tests.image.engine import EXAMPLE, Image

pytestmark = pytest.mark.hosts

MOUNTED = ("--volume", f"{EXAMPLE}:/repo:ro")


@pytest.fixture(scope="session")
def resource_list() -> str:
    """Everything of the example, as kpt would send it."""
    items: list[dict[str, Any]] = []
    for folder in ("platform", "projects"):
        for path in sorted((EXAMPLE / folder).rglob("*.yaml")):
            if path.name == "kustomization.yaml":
                continue
            for index, item in enumerate(documents(path.read_text())):
                annotations = item["metadata"].setdefault("annotations", {})
                where = path.relative_to(EXAMPLE).as_posix()
                annotations["internal.config.kubernetes.io/path"] = where
                annotations["internal.config.kubernetes.io/index"] = str(index)
                items.append(item)
    return yaml.safe_dump(
        {
            "apiVersion": "config.kubernetes.io/v1",
            "kind": "ResourceList",
            "items": items,
            "functionConfig": yaml.safe_load((EXAMPLE / "render.yaml").read_text()),
        }
    )


@pytest.mark.parametrize("user", ["nobody", "999", "65534", "0"])
def test_function(image: Image, variables: dict[str, str], resource_list: str, user: str) -> None:
    expected = run(["krm-fn"], env=variables, text=resource_list)
    assert expected.returncode == 0, expected.stderr
    assert len(expected.stdout) > len(resource_list)
    done = image.run(options=["--user", user], text=resource_list)
    assert done.returncode == 0, done.stderr
    assert done.stdout == expected.stdout
    assert done.stderr == expected.stderr


def test_nothing_is_written(image: Image, resource_list: str) -> None:
    """Not even /tmp is needed: nothing but the root of the image is there."""
    options = ["--read-only-tmpfs=false", "--env", "HOME="]
    done = image.run(options=options, text=resource_list)
    assert done.returncode == 0, done.stderr


def test_misuse_and_findings_keep_their_exit_codes(image: Image) -> None:
    assert image.run("render", "/nowhere").returncode == 2
    broken = image.run(text="{")
    assert broken.returncode != 0
    assert "Traceback" not in broken.stderr


def test_version(image: Image, variables: dict[str, str]) -> None:
    assert image.run("--version").stdout == run(["krm-fn", "--version"], env=variables).stdout


def test_render_a_mounted_folder(image: Image, variables: dict[str, str]) -> None:
    expected = run(["krm-fn", "render", EXAMPLE, "--environment", "production"], env=variables)
    assert expected.returncode == 0, expected.stderr
    done = image.run("render", ".", "--environment", "production", options=MOUNTED)
    assert done.returncode == 0, done.stderr
    assert done.stdout == expected.stdout


@pytest.mark.parametrize("command", ["render", "validate", "explain", "platform", "argocd"])
def test_commands_are_all_there(image: Image, command: str) -> None:
    done = image.run(command, "--help")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("Usage: krm-fn")


def test_plugin_commands(image: Image, variables: dict[str, str], tmp_path: Path) -> None:
    given = json.dumps([{"name": "environments", "array": ["production"]}])
    announced = image.run("argocd", "parameters", options=MOUNTED)
    assert announced.returncode == 0, announced.stderr
    assert any(parameter["name"] == "environments" for parameter in json.loads(announced.stdout))
    expected = run(
        ["krm-fn", "argocd", "generate"],
        cwd=EXAMPLE,
        env={**variables, "ARGOCD_APP_PARAMETERS": given},
    )
    assert expected.returncode == 0, expected.stderr
    done = image.run(
        "argocd",
        "generate",
        options=[*MOUNTED, "--user", "999", "--env", f"ARGOCD_APP_PARAMETERS={given}"],
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == expected.stdout
