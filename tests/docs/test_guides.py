"""Each guide can be followed from top to bottom."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests import hosts
from tests.docs.guide import matches, script, steps

GUIDES = sorted((hosts.ROOT / "docs" / "guides").glob("*.md"))
CLONE = ("examples", "plugin.yaml", "action.yml", ".pre-commit-hooks.yaml")

pytestmark = pytest.mark.hosts


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Copy what a guide uses of a clone."""
    folder = tmp_path / "krm-fn"
    folder.mkdir()
    for name in CLONE:
        source = hosts.ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.is_file():
            shutil.copy(source, folder / name)
    return folder


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_a_guide_can_be_followed(page: Path, clone: Path, tmp_path: Path) -> None:
    found = [step for step in steps(page) if step.is_run]
    assert found, "a guide without a command"
    text = "".join(step.command for step in found)
    for name in ("kpt", "kubectl"):
        if f"{name} " in text:
            hosts.program(name)
    hosts.install_krm_fn(tmp_path / "bin")
    env = hosts.environment(tmp_path / "bin")
    env["PATH"] += os.pathsep + str(hosts.kustomize("5.8.1").parent)
    env |= {"HOME": str(tmp_path), "GIT_CONFIG_GLOBAL": str(tmp_path / "gitconfig")}
    if "crane " in text:
        env["PATH"] += os.pathsep + str(hosts.crane().parent)
    said = tmp_path / "said"
    said.mkdir()
    done = hosts.run(["bash", "-c", script(found, said)], cwd=clone, env=env)
    for number, step in enumerate(found):
        output = (said / f"{number}.out").read_text()
        code = int((said / f"{number}.code").read_text())
        assert bool(code) == step.fails, f"$ {step.command}\nexit code {code}\n{output}"
        for line in step.output:
            assert matches(line, output), f"$ {step.command}\ndoes not say: {line}\n{output}"
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("page", GUIDES, ids=lambda page: page.stem)
def test_commands_for_elsewhere_are_shell(page: Path) -> None:
    for step in steps(page):
        if not step.is_run:
            done = hosts.run(["bash", "-n", "-c", step.command])
            assert done.returncode == 0, f"$ {step.command}\n{done.stderr}"


def test_every_guide_is_listed() -> None:
    index = (hosts.ROOT / "docs" / "README.md").read_text(encoding="utf-8")
    for page in GUIDES:
        assert f"(guides/{page.name})" in index
