"""Rendered objects against the schemas of Kubernetes and of CustomResourceDefinitions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from krm_fn.checks import ObjectSchemas
from krm_fn.cli.program import program
from tests.checks.repository import CART, PLATFORM

VERSION = "1.31"
DATABASE: dict[str, Any] = {
    "spec": {
        "group": "example.com",
        "names": {"kind": "Database"},
        "versions": [
            {
                "name": "v1",
                "schema": {
                    "openAPIV3Schema": {
                        "type": "object",
                        "properties": {
                            "apiVersion": {"type": "string"},
                            "kind": {"type": "string"},
                            "metadata": {"type": "object"},
                            "spec": {
                                "type": "object",
                                "required": ["size"],
                                "properties": {"size": {"type": "integer"}},
                            },
                        },
                    }
                },
            }
        ],
    }
}
CRD = """\
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: databases.example.com}
spec:
  group: example.com
  names: {kind: Database}
  versions:
    - name: v1
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {type: object, properties: {size: {type: integer}}}
"""


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"size": 1}, []),
        ({"size": "big"}, [("spec", "size")]),
        ({}, [("spec", "size")]),
        ({"size": 1, "sise": 2}, [("spec", "sise")]),
    ],
)
def test_custom_kinds(spec: dict[str, Any], expected: list[tuple[str, ...]]) -> None:
    made = {"apiVersion": "example.com/v1", "kind": "Database", "metadata": {"name": "a"}}
    problems = ObjectSchemas("", [DATABASE]).problems({**made, "spec": spec})
    assert problems is not None
    assert [path for path, _ in problems] == expected


def test_unknown_kinds() -> None:
    assert ObjectSchemas("", [DATABASE]).problems({"apiVersion": "v1", "kind": "Pod"}) is None
    made = {"apiVersion": "example.com/v2", "kind": "Database"}
    assert ObjectSchemas("", [DATABASE]).problems(made) is None


def test_kubernetes_kinds() -> None:
    pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is absent")
    schemas = ObjectSchemas(VERSION, [])
    made: dict[str, Any] = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a"}}
    assert schemas.problems({**made, "data": {"a": "b"}}) == []
    assert schemas.problems({**made, "data": {"a": 1}}) != []
    assert schemas.problems({**made, "dada": {}}) != []
    assert schemas.problems({**made, "kind": "Nope"}) is None
    with pytest.raises(ValueError, match="no schemas for Kubernetes"):
        ObjectSchemas("0.3", [])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "shop" / ".git").mkdir(parents=True)
    template = "apiVersion: example.com/v1\n        kind: Database\n        metadata: {name: d}\n"
    extra = f"    - id: database\n      template:\n        {template}        spec: {{size: big}}\n"
    (tmp_path / "shop" / "platform.yaml").write_text(
        PLATFORM.replace("    - id: deployment\n", f"{extra}    - id: deployment\n")
    )
    (tmp_path / "shop" / "cart.yaml").write_text(CART)
    (tmp_path / "crds").mkdir()
    (tmp_path / "crds" / "database.yaml").write_text(CRD)
    monkeypatch.chdir(tmp_path / "shop")
    return tmp_path


def call(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["validate", *arguments], prog_name="krm-fn")


@pytest.mark.usefixtures("folder")
def test_command() -> None:
    """Objects are checked where that is asked for; kinds without a schema are named."""
    assert call().exit_code == 0
    done = call("--crds", "../crds")
    assert done.exit_code == 1
    assert "error: object-schema" in done.stdout
    assert 'Database "d" ("database-d"): spec.size: must be of type integer' in done.stdout
    assert "info: object-unchecked" in done.stdout
    assert "Deployment of apps/v1 has no schema here" in done.stdout


@pytest.mark.usefixtures("folder")
def test_version() -> None:
    pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is absent")
    assert "Deployment" in call("--kubernetes-version", VERSION).stdout
    assert call("--kubernetes-version", "0.3").exit_code == 2


def test_secrets_of_the_repository(folder: Path) -> None:
    """Secrets are found although rendering does not read their files."""
    (folder / "shop" / "secret.yaml").write_text(
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {a: Yg==}\n"
    )
    (folder / "shop" / "chart.yaml").write_text("kind: Secret\ndata: {{ .Values }\n")
    assert "(secret.yaml:4:7)" in call().stdout
