"""The generated schemas, and the models they come from."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from krm_fn.models.generate import documents, editor_schema, model_of
from krm_fn.models.kinds import MODELS
from krm_fn.models.loading import SCHEMAS, load_schema
from krm_fn.models.schema_document import structural_schema
from krm_fn.schema import compile_schema


def test_fresh() -> None:
    """The package data is what the models generate (else: python -m krm_fn.models.generate)."""
    assert {path.stem: path.read_text() for path in SCHEMAS.glob("*.json")} == documents()


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_structural(kind: str) -> None:
    """Every node has one type, or says that it takes anything."""

    def walk(node: dict[str, Any], path: str) -> None:
        assert "type" in node or node.get("x-kubernetes-preserve-unknown-fields"), path
        assert not {"$ref", "anyOf", "allOf", "title", "const"} & node.keys(), path
        for name, child in node.get("properties", {}).items():
            walk(child, f"{path}.{name}")
        for keyword in ("items", "additionalProperties"):
            if keyword in node:
                walk(node[keyword], f"{path}.{keyword}")

    schema = load_schema(kind)
    assert schema is not None
    node: dict[str, Any] = schema.node
    walk(node, kind)
    assert node["properties"]["kind"]["enum"] == [kind]


@pytest.mark.parametrize("kind", sorted(MODELS))
def test_described(kind: str) -> None:
    """Every field has a description for editors."""

    def walk(node: dict[str, Any], path: str) -> None:
        for name, child in node.get("properties", {}).items():
            assert child.get("description"), f"{path}.{name}"
            walk(child, f"{path}.{name}")
        if "items" in node:
            walk(node["items"], f"{path}[]")

    walk(structural_schema(model_of(kind), descriptions=True), kind)


def test_render() -> None:
    """The schema of `Render` knows every setting and refuses what is none."""
    schema = editor_schema("Render")
    spec = schema["properties"]["spec"]["properties"]
    assert spec["unresolved"]["enum"] == ["error", "warn"]
    assert spec["identity"]["properties"]["default"]["enum"] == ["stable", "zero"]
    compiled = compile_schema({key: value for key, value in schema.items() if key != "$schema"})
    render = {"apiVersion": "fn.openchoreo.dev/v1alpha1", "kind": "Render"}
    assert compiled.validate({**render, "spec": {"select": {"environments": ["a"]}}}) == []
    found = compiled.validate({**render, "spec": {"selct": {}, "strict": "yes"}})
    assert [violation.text for violation in found] == [
        "spec.selct is a forbidden property",
        'spec.strict must be of type boolean: "string"',
    ]


def test_models_read_documents() -> None:
    """A typed model reads a document and keeps what it does not know."""
    component = model_of("Component").model_validate(
        {
            "apiVersion": "openchoreo.dev/v1alpha1",
            "kind": "Component",
            "metadata": {"name": "cart"},
            "spec": {
                "owner": {"projectName": "shop"},
                "componentType": {"name": "deployment/service"},
                "extra": 1,
            },
        }
    )
    dumped = component.model_dump(by_alias=True, exclude_unset=True)
    assert dumped["spec"]["extra"] == 1
    assert component.spec.component_type.kind == "ComponentType"  # type: ignore[attr-defined]


def test_rendering_does_not_import_pydantic() -> None:
    """The door of the room and an admission need neither pydantic nor RE2."""
    program = (
        "import sys; from krm_fn.models import admit;"
        "admit({'kind': 'Trait', 'metadata': {'name': 'x'}}, 'Trait');"
        "sys.exit(bool({'pydantic', 're2'} & sys.modules.keys()))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
