"""`krm-fn schema`: the schemas fit the example, and say what is wrong with a broken one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from jsonschema import Draft7Validator

from krm_fn.cli.program import program
from tests.shared import ROOT

EXAMPLE = ROOT / "examples" / "online-store"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["schema", *arguments])


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("schemas")
    done = run("--output", str(folder), "--repository", str(EXAMPLE))
    assert done.exit_code == 0, done.output
    return {path.stem: json.loads(path.read_text()) for path in folder.glob("*.json")}


def documents() -> list[dict[str, Any]]:
    return [
        document
        for path in sorted(EXAMPLE.rglob("*.yaml"))
        for document in yaml.safe_load_all(path.read_text())
        if document and str(document.get("apiVersion")).startswith("openchoreo.dev/")
    ]


def errors(schemas: dict[str, Any], document: dict[str, Any]) -> list[str]:
    validator = Draft7Validator(schemas[document["kind"]])
    return [error.message for error in validator.iter_errors(document)]


def test_the_schemas_are_schemas(schemas: dict[str, Any]) -> None:
    assert len(schemas) > 30
    for schema in schemas.values():
        Draft7Validator.check_schema(schema)


def test_every_document_of_the_example_fits(schemas: dict[str, Any]) -> None:
    found = {
        f"{document['kind']}/{document['metadata']['name']}": errors(schemas, document)
        for document in documents()
    }
    assert len(found) > 30
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def broken(kind: str, name: str, path: tuple[str, ...], value: object) -> dict[str, Any]:
    document = next(
        item for item in documents() if item["kind"] == kind and item["metadata"]["name"] == name
    )
    node = document
    for part in path[:-1]:
        node = node.setdefault(part, {})
    node[path[-1]] = value
    return document


@pytest.mark.parametrize(
    ("kind", "name", "path", "value"),
    [
        ("Component", "cart", ("spec", "parameters", "health"), "yes"),
        (
            "ReleaseBinding",
            "cart-production",
            ("spec", "componentTypeEnvironmentConfigs", "replicas"),
            "three",
        ),
        ("Environment", "production", ("spec", "dataPlaneRef", "kind"), "Dataplane"),
    ],
)
def test_a_broken_document_does_not_fit(
    schemas: dict[str, Any], kind: str, name: str, path: tuple[str, ...], value: object
) -> None:
    assert errors(schemas, broken(kind, name, path, value))


def test_without_the_repository_parameters_are_free() -> None:
    schema = json.loads(run("Component").output)
    document = broken("Component", "cart", ("spec", "parameters", "health"), "yes")
    assert not list(Draft7Validator(schema).iter_errors(document))


def test_misuse_is_said() -> None:
    done = run("Componnt")
    assert done.exit_code == 2
    assert 'did you mean "Component"?' in done.output
    assert run().exit_code == 2


def test_a_folder_is_made(tmp_path: Path) -> None:
    assert run("Render", "--output", str(tmp_path / "a" / "b")).exit_code == 0
    assert (tmp_path / "a" / "b" / "Render.json").is_file()


def test_the_editor_comments_of_the_example_lead_to_what_is_written() -> None:
    components = sorted(EXAMPLE.glob("projects/*/components/*/component.yaml"))
    assert components
    for path in components:
        first = path.read_text().partition("\n")[0]
        place = first.removeprefix("# yaml-language-server: $schema=")
        assert place != first, path
        assert (path.parent / place).resolve() == EXAMPLE / ".schemas" / "Component.json"
