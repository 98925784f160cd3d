"""The container under real kustomize and kubectl: transformer, generator, findings."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.doors.shop_repository import by_identity, documents
from tests.hosts import FLAGS, KUSTOMIZE_VERSIONS, kustomize, program, run
from tests.image.engine import EXAMPLE, NAME, Image

pytestmark = pytest.mark.hosts

CONTAINERS = "--enable-alpha-plugins"
GENERATOR = f"""\
apiVersion: fn.openchoreo.dev/v1alpha1
kind: Render
metadata:
  name: online-store
  annotations:
    config.kubernetes.io/function: |
      container:
        image: {NAME}
MOUNTSspec:
  select:
    environments: [development]
  sources: [platform, projects]
  releases: pinned
"""
MOUNTS = """\
        mounts:
        - {type: bind, src: ., dst: /repo}
"""


@pytest.fixture(params=KUSTOMIZE_VERSIONS)
def binary(request: pytest.FixtureRequest) -> Path:
    return kustomize(request.param)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path / "store"))


def objects(done: subprocess.CompletedProcess[str]) -> dict[str, str]:
    assert done.returncode == 0, done.stderr
    return by_identity(documents(done.stdout))


def test_transformer(image: Image, binary: Path, variables: dict[str, str]) -> None:
    inside = run([binary, "build", EXAMPLE / "deploy/container", CONTAINERS], env=variables)
    outside = run([binary, "build", EXAMPLE / "deploy/transformer", *FLAGS], env=variables)
    assert inside.returncode == 0, inside.stderr
    assert inside.stdout == outside.stdout
    assert inside.stdout.count("\nkind: ") > 20


def test_transformer_in_kubectl(image: Image, variables: dict[str, str]) -> None:
    built = run(
        [program("kubectl"), "kustomize", EXAMPLE / "deploy/container", CONTAINERS], env=variables
    )
    expected = run(
        [kustomize("5.4.3"), "build", EXAMPLE / "deploy/transformer", *FLAGS], env=variables
    )
    assert objects(built) == objects(expected)


def test_guard_fails_a_build_without_functions(variables: dict[str, str], binary: Path) -> None:
    done = run([binary, "build", EXAMPLE / "deploy/container"], env=variables)
    assert done.returncode == 1


def test_generator_sees_what_is_below_and_mounted(
    image: Image, binary: Path, variables: dict[str, str], store: Path
) -> None:
    expected = run([binary, "build", EXAMPLE / "deploy/development", *FLAGS], env=variables)
    (store / "render.yaml").write_text(GENERATOR.replace("MOUNTS", MOUNTS))
    (store / "kustomization.yaml").write_text("generators: [render.yaml]\n")
    assert objects(run([binary, "build", store, CONTAINERS], env=variables)) == objects(expected)


def test_generator_above_through_the_command_line(
    image: Image, binary: Path, variables: dict[str, str], store: Path
) -> None:
    expected = run([binary, "build", EXAMPLE / "deploy/development", *FLAGS], env=variables)
    folder = store / "deploy" / "generated"
    folder.mkdir()
    (folder / "render.yaml").write_text(GENERATOR.replace("MOUNTS", ""))
    (folder / "kustomization.yaml").write_text("generators: [render.yaml]\n")
    mount = ["--mount", "type=bind,src=../..,dst=/repo"]
    done = run([binary, "build", CONTAINERS, *mount], cwd=folder, env=variables)
    assert objects(done) == objects(expected)
    elsewhere = run([binary, "build", CONTAINERS, *mount, folder], env=variables)
    assert objects(elsewhere) == objects(expected)
    without = run([binary, "build", CONTAINERS], cwd=folder, env=variables)
    assert without.returncode == 1
    assert without.stdout == ""
    assert "spec.sources[0]: platform does not exist (looked for /repo/platform)" in without.stderr


def test_findings_fail_the_build(
    image: Image, binary: Path, variables: dict[str, str], store: Path
) -> None:
    render = store / "deploy/container/rendered/render.yaml"
    render.write_text(render.read_text().replace("[development]", "[nowhere]"))
    done = run([binary, "build", store / "deploy/container", CONTAINERS], env=variables)
    assert done.returncode == 1
    assert done.stdout == ""
    assert "render-empty" in done.stderr
    assert "Traceback" not in done.stderr
