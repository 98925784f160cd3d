"""Writes the schemas of all kinds as package data: `python -m krm_fn.models.generate`."""

from __future__ import annotations

import json
from importlib import import_module
from typing import Any

from krm_fn.models.kinds import MODELS
from krm_fn.models.loading import SCHEMAS
from krm_fn.models.part import Part
from krm_fn.models.render import render_schema
from krm_fn.models.schema_document import structural_schema
from krm_fn.settings import RENDER


def model_of(kind: str) -> type[Part]:
    """Return the model class of a kind. Raises KeyError for a kind without a model."""
    model: object = getattr(import_module(f"krm_fn.models.{MODELS[kind]}"), kind)
    assert isinstance(model, type)
    assert issubclass(model, Part)
    return model


def editor_schema(kind: str) -> dict[str, Any]:
    """Return the schema of a kind (or of `Render`) with descriptions, for editors and readers.

    Raises KeyError for a kind without a model.
    """
    if kind == RENDER:
        schema = render_schema()
    else:
        schema = structural_schema(model_of(kind), descriptions=True)
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": kind, **schema}


def documents() -> dict[str, str]:
    """Return the content of every schema file by kind: compact JSON, one line."""
    schemas = {kind: structural_schema(model_of(kind)) for kind in MODELS}
    schemas[RENDER] = render_schema()
    return {kind: _compact(schema) for kind, schema in sorted(schemas.items())}


def _compact(schema: dict[str, Any]) -> str:
    return json.dumps(schema, ensure_ascii=False, separators=(",", ":")) + "\n"


def main() -> None:
    """Write one file per kind and remove files of kinds that are gone."""
    current = documents()
    SCHEMAS.mkdir(exist_ok=True)
    for path in sorted(SCHEMAS.glob("*.json")):
        if path.stem not in current:
            path.unlink()
    for kind, text in current.items():
        (SCHEMAS / f"{kind}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
