"""The container under real kpt, as mutator and as validator."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.hosts import program, run
from tests.image.engine import EXAMPLE, NAME, Image

pytestmark = pytest.mark.hosts


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Copy the example, with the function as image."""
    folder = Path(shutil.copytree(EXAMPLE, tmp_path / "package"))
    kptfile = (folder / "Kptfile").read_text()
    assert "exec: krm-fn" in kptfile
    (folder / "Kptfile").write_text(kptfile.replace("exec: krm-fn", f"image: {NAME}"))
    return folder


def render(package: Path, variables: dict[str, str], *options: str) -> str:
    done = run(
        [program("kpt"), "fn", "render", package, "--truncate-output=false", *options],
        env=variables,
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "Kptfile"
    }


def test_mutator(image: Image, variables: dict[str, str], package: Path, tmp_path: Path) -> None:
    before = tree(package)
    render(package, variables, "--image-pull-policy=Never")
    once = tree(package)
    assert {path: once[path] for path in before} == before
    assert sum(path.startswith("rendered/") for path in once) > 20
    outside = Path(shutil.copytree(EXAMPLE, tmp_path / "outside"))
    render(outside, variables, "--allow-exec")
    assert once == tree(outside)
    render(package, variables, "--image-pull-policy=Never")
    assert tree(package) == once


def test_validator(image: Image, variables: dict[str, str], package: Path) -> None:
    kptfile = (package / "Kptfile").read_text()
    (package / "Kptfile").write_text(kptfile.replace("mutators", "validators"))
    configuration = (package / "render.yaml").read_text()
    (package / "render.yaml").write_text(f"{configuration}  mode: validate\n")
    before = tree(package)
    render(package, variables, "--image-pull-policy=Never")
    assert tree(package) == before


def test_function_named_on_the_command_line(
    image: Image, variables: dict[str, str], package: Path
) -> None:
    done = run(
        [
            *(program("kpt"), "fn", "eval", package, "--image", NAME),
            *("--image-pull-policy=Never", "--", "environment=development"),
        ],
        env=variables,
    )
    assert done.returncode == 0, done.stderr
    assert (package / "rendered" / "development").is_dir()
    assert not (package / "rendered" / "production").exists()
