"""examples/online-store through every way in: the same objects."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.doors.shop_repository import by_identity, documents
from tests.hosts import FLAGS, KUSTOMIZE_VERSIONS, ROOT, environment, install_krm_fn, program, run
from tests.hosts import kustomize as find_kustomize

pytestmark = pytest.mark.hosts

EXAMPLE = ROOT / "examples" / "online-store"
ENVIRONMENTS = ("development", "staging", "production")


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    install_krm_fn(tmp_path / "bin")
    return environment(tmp_path / "bin")


@pytest.fixture(params=KUSTOMIZE_VERSIONS)
def kustomize(request: pytest.FixtureRequest) -> Path:
    return find_kustomize(request.param)


def command_line(variables: dict[str, str], name: str) -> dict[str, str]:
    done = run(["krm-fn", "render", EXAMPLE, "--environment", name], env=variables)
    assert done.returncode == 0, done.stderr
    return by_identity(documents(done.stdout))


def build(kustomize: Path, variables: dict[str, str], name: str) -> list[dict[str, Any]]:
    done = run([kustomize, "build", *FLAGS, EXAMPLE / "deploy" / name], env=variables)
    assert done.returncode == 0, done.stderr
    return documents(done.stdout)


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_generator(kustomize: Path, variables: dict[str, str], name: str) -> None:
    expected = command_line(variables, name)
    assert len(expected) > 20
    assert by_identity(build(kustomize, variables, name)) == expected


def test_transformer(kustomize: Path, variables: dict[str, str]) -> None:
    expected = command_line(variables, "development")
    assert by_identity(build(kustomize, variables, "transformer")) == expected


def test_validator_passes_everything_on(kustomize: Path, variables: dict[str, str]) -> None:
    objects = build(kustomize, variables, "validator")
    assert objects
    assert {made["apiVersion"] for made in objects} == {"openchoreo.dev/v1alpha1"}


def test_package(variables: dict[str, str], tmp_path: Path) -> None:
    kpt = program("kpt")
    package = tmp_path / "package"
    shutil.copytree(EXAMPLE, package)
    for _ in range(2):
        done = run([kpt, "fn", "render", package, "--allow-exec"], env=variables)
        assert done.returncode == 0, done.stderr
        for name in ENVIRONMENTS:
            assert files(package / "rendered" / name) == command_line(variables, name)


def test_folder(variables: dict[str, str], tmp_path: Path) -> None:
    done = run(["krm-fn", "render", EXAMPLE, "-o", tmp_path / "out"], env=variables)
    assert done.returncode == 0, done.stderr
    for name in ENVIRONMENTS:
        assert files(tmp_path / "out" / name) == command_line(variables, name)


def files(folder: Path) -> dict[str, str]:
    """Read a folder of generated files, without their marks of ownership."""
    objects = [
        made for path in sorted(folder.rglob("*.yaml")) for made in documents(path.read_text())
    ]
    for made in objects:
        del made["metadata"]["annotations"]["fn.openchoreo.dev/generated"]
        if not made["metadata"]["annotations"]:
            del made["metadata"]["annotations"]
    return by_identity(objects)
