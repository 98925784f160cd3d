"""The doors of CI: their steps run here as the hosts would run them."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.delivery.registry import crane_says, registry
from tests.hosts import ROOT, environment, install_krm_fn, run

STORE = "examples/online-store"
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
GITLAB = yaml.safe_load((ROOT / "examples/ci/gitlab-ci.yml").read_text(encoding="utf-8"))
WORKFLOW = yaml.safe_load((ROOT / "examples/ci/github-workflow.yml").read_text(encoding="utf-8"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A repository with the store in it, and `krm-fn` beside it."""
    folder = tmp_path / "checkout"
    shutil.copytree(ROOT / STORE, folder / STORE)
    (folder / ".git").mkdir()
    install_krm_fn(tmp_path / "bin")
    return folder


def act(checkout: Path, **inputs: str) -> tuple[int, str, Mapping[str, str]]:
    """Run the steps of the action: exit code, all that was said, outputs."""
    known = {name: str(one.get("default", "")) for name, one in ACTION["inputs"].items()}
    assert set(inputs) <= set(known)
    values = {f"inputs.{name}": value for name, value in {**known, **inputs}.items()}
    values["github.action_path"] = str(ROOT)
    files = {name: checkout.parent / name for name in ("GITHUB_PATH", "GITHUB_OUTPUT")}
    for file in files.values():
        file.write_text("")
    said, code = "", 0
    for step in ACTION["runs"]["steps"]:
        given = {name: resolved(text, values) for name, text in step["env"].items()}
        path = [*files["GITHUB_PATH"].read_text().split(), str(checkout.parent / "bin")]
        runner = {name: str(file) for name, file in files.items()}
        variables = environment(checkout.parent / "bin", **given, **runner)
        variables |= {
            "RUNNER_TEMP": str(checkout.parent),
            "PATH": ":".join([*path, variables["PATH"]]),
        }
        # As GitHub runs a step whose shell is bash.
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]]
        done = run(shell, cwd=checkout, env=variables)
        said, code = said + done.stdout + done.stderr, done.returncode
        if code:
            break
    written = files["GITHUB_OUTPUT"].read_text()
    outputs = re.findall(r"^(\w+)<<(\S+)\n(.*?)\n\2\n", written, re.MULTILINE | re.DOTALL)
    return code, said, {name: value.strip() for name, _, value in outputs}


def resolved(text: str, values: Mapping[str, str]) -> str:
    return re.sub(r"\$\{\{ *([\w.]+) *\}\}", lambda found: values[found[1]], text)


def test_inputs_reach_scripts_as_variables_only() -> None:
    for step in ACTION["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert step["shell"] == "bash"
    assert all(one.get("description") for one in ACTION["inputs"].values())


def test_the_action_validates(checkout: Path) -> None:
    code, said, _ = act(checkout, path=STORE)
    assert code == 0, said


def test_the_action_reports_what_is_wrong(checkout: Path) -> None:
    (checkout / STORE / "projects/shop/project.yaml").unlink()
    code, said, _ = act(checkout, path=STORE)
    assert code == 1
    assert "error: " in said


def test_the_action_renders_with_quoted_options(checkout: Path) -> None:
    code, said, outputs = act(
        checkout,
        command="render",
        path=f"{STORE}/platform {STORE}/projects",
        environment="production",
        args="--output 'a folder; touch stolen' -p shop",
    )
    assert code == 0, said
    assert len(list((checkout / "a folder; touch stolen").rglob("*.yaml"))) > 20
    assert not (checkout / "stolen").exists()
    assert outputs == {"result": ""}


def test_the_action_packages(checkout: Path) -> None:
    code, said, outputs = act(
        checkout, command="package", path=STORE, environment="staging", args="-o staging.tar"
    )
    assert code == 0, said
    assert re.fullmatch(r"sha256:[0-9a-f]{64}", outputs["result"])
    assert (checkout / "staging.tar").exists()


def test_the_action_refuses_other_commands(checkout: Path) -> None:
    code, said, _ = act(checkout, command="render; true")
    assert code == 2
    assert "::error::" in said


@pytest.mark.parametrize(
    ("version", "wanted"), [("0.1.0", "krm-fn[oci]==0.1.0"), ("", f"{ROOT}[oci]")]
)
def test_the_action_installs(version: str, wanted: str, checkout: Path) -> None:
    """A stand-in for Python notes what would be installed, and installs this checkout."""
    installed = checkout.parent / "bin" / "krm-fn"
    program = installed.read_text()
    if not version:
        installed.unlink()
    stand_in = checkout.parent / "bin" / "python3"
    stand_in.write_text(
        '#!/bin/sh\nmkdir -p "$3/bin"\n'
        f'printf \'#!/bin/sh\\necho "$@" >"{checkout.parent}/asked"\\n\' >"$3/bin/pip"\n'
        f'cat >"$3/bin/krm-fn" <<\'EOF\'\n{program}EOF\nchmod +x "$3"/bin/*\n'
    )
    stand_in.chmod(0o755)
    if not version and shutil.which("krm-fn"):
        pytest.skip("a krm-fn is on the PATH, which the action uses")
    code, said, _ = act(checkout, path=STORE, version=version)
    assert code == 0, said
    assert (checkout.parent / "asked").read_text().split() == ["install", "--quiet", wanted]


def test_the_workflow_uses_inputs_that_exist() -> None:
    used = [
        step["with"]
        for job in WORKFLOW["jobs"].values()
        for step in job["steps"]
        if "/krm-fn@" in step["uses"]
    ]
    assert len(used) == 2
    assert all(set(one) <= set(ACTION["inputs"]) for one in used)


def test_the_pre_commit_hook_validates_the_repository(checkout: Path) -> None:
    (hook,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["id"] == "krm-fn-validate"
    assert re.search(hook["files"], f"{STORE}/projects/shop/project.yaml")
    assert not re.search(hook["files"], "README.md")
    assert hook["pass_filenames"] is False
    command = [*hook["entry"].split(), *hook["args"]]
    variables = environment(checkout.parent / "bin")
    variables["PATH"] = f"{checkout.parent / 'bin'}:{variables['PATH']}"
    assert run(command, cwd=checkout, env=variables).returncode == 0
    (checkout / STORE / "projects/shop/project.yaml").unlink()
    assert run(command, cwd=checkout, env=variables).returncode == 1


def gitlab(job: str, checkout: Path, **given: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a job as GitLab does: all lines in one shell that stops at an error."""
    variables = {"CI_PROJECT_DIR": str(checkout), **given}
    for name, value in GITLAB["variables"].items():
        variables[name] = value.replace("$CI_PROJECT_DIR", str(checkout))
    script: list[Any] = GITLAB[job]["script"]
    surroundings = environment(checkout.parent / "bin", **variables)
    return run(["bash", "-eo", "pipefail", "-c", "\n".join(script)], cwd=checkout, env=surroundings)


def test_gitlab_validates_and_renders(checkout: Path) -> None:
    assert set(GITLAB["stages"]) == {"validate", "render", "package"}
    assert gitlab("validate", checkout).returncode == 0
    (matrix,) = GITLAB[".environments"]["parallel"]["matrix"]
    for name in matrix["ENVIRONMENT"]:
        done = gitlab("render", checkout, ENVIRONMENT=name)
        assert done.returncode == 0, done.stderr
        assert list((checkout / "rendered" / name).rglob("*.yaml"))


@pytest.mark.hosts
def test_gitlab_packages(checkout: Path) -> None:
    with registry() as host:
        done = gitlab(
            "package",
            checkout,
            ENVIRONMENT="production",
            CI_REGISTRY=host,
            CI_REGISTRY_IMAGE=f"{host}/acme",
            CI_REGISTRY_USER="robot",
            CI_REGISTRY_PASSWORD="secret",
            CI_PROJECT_URL="https://gitlab.example/acme",
            CI_COMMIT_REF_NAME="main",
            CI_COMMIT_SHA="1f" * 20,
            CI_COMMIT_TIMESTAMP="2026-01-05T10:00:00+01:00",
        )
        assert done.returncode == 0, done.stderr
        name, _, digest = done.stdout.strip().partition("@")
        assert crane_says("digest", name).strip() == digest
