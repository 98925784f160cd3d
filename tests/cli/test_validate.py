"""`krm-fn validate`: what it says, where it says it, and how it ends."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from krm_fn.cli.program import program
from tests.checks.repository import CART, PLATFORM


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / ".git").mkdir()
    (tmp_path / "platform.yaml").write_text(PLATFORM)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def call(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["validate", *arguments], prog_name="krm-fn")


def test_a_platform_alone_is_fine(folder: Path) -> None:
    """A repository that renders nothing is no mistake; what nobody uses yet is a remark."""
    done = call(str(folder))
    assert done.exit_code == 0, done.stdout
    assert "info: resource-unreferenced" in done.stdout


def test_errors_are_found_everywhere(folder: Path) -> None:
    """A bad file, a refused type and a bad reference are all reported, with their places."""
    (folder / "bad.yaml").write_text("apiVersion: openchoreo.dev/v1alpha1\nkind: [\n")
    (folder / "cart.yaml").write_text(CART.replace("environment: prod", "environment: pod"))
    (folder / "type.yaml").write_text(
        "apiVersion: openchoreo.dev/v1alpha1\nkind: ComponentType\nmetadata: {name: t}\n"
        "spec:\n  workloadType: job\n  resources:\n    - id: job\n      template:\n"
        "        apiVersion: batch/v1\n        kind: Job\n        metadata: {name: x}\n"
        '        spec: "${parameters.nope}"\n'
    )
    done = call("--report", "json")
    assert done.exit_code == 1
    found = {
        (item["code"], item["position"]["file"], item["position"]["line"])
        for item in json.loads(done.stdout)["findings"]
        if item["severity"] == "error"
    }
    assert ("environment-not-found", "cart.yaml", 33) in found
    assert ("expression-field-unknown", "type.yaml", 12) in found
    assert any(file == "bad.yaml" for _, file, _ in found)


@pytest.mark.parametrize(("option", "code"), [((), 0), (("--strict",), 1)])
def test_strict(folder: Path, option: tuple[str, ...], code: int) -> None:
    """Warnings fail only where that is asked for."""
    (folder / "cart.yaml").write_text(CART.replace("port: 80,", "port: 80, targetPort: 81,"))
    done = call(*option)
    assert done.exit_code == code
    assert "warning: endpoint-port-closed" in done.stdout
    assert "cart.yaml:19:" in done.stdout
