"""The `Render` configuration as a JSON Schema, made from the one table of settings (D4)."""

from __future__ import annotations

from typing import Any, Final

from krm_fn.identity import labels
from krm_fn.settings import FIELDS, RENDER, Field

Json = dict[str, Any]

_WORD: Final[Json] = {"type": "string"}
_WORDS: Final[Json] = {"anyOf": [_WORD, {"type": "array", "items": _WORD}]}
_SHAPES: Final[dict[str, Json]] = {
    "word": _WORD,
    "choice": _WORD,
    "words": _WORDS,
    "switch": {"type": "boolean"},
    "name or switch": {"anyOf": [_WORD, {"type": "boolean"}]},
    "file or map": {"anyOf": [_WORD, {"type": "object", "additionalProperties": _WORD}]},
}


def render_schema() -> Json:
    """Return the JSON Schema of kind `Render`; unknown keys are errors."""
    spec = _object("What to render, and how.")
    for field in FIELDS:
        node = spec
        *groups, name = field.path.split(".")
        for group in groups:
            node = node["properties"].setdefault(group, _object(f"Settings of {group}."))
        node["properties"][name] = _setting(field)
    schema = _object("Configuration of the rendering function.")
    schema["properties"] = {
        "apiVersion": {"type": "string", "enum": [labels.FUNCTION_API_VERSION]},
        "kind": {"type": "string", "enum": [RENDER]},
        "metadata": {"type": "object"},
        "spec": spec,
    }
    schema["required"] = ["apiVersion", "kind"]
    return schema


def _object(description: str) -> Json:
    return {
        "description": description,
        "type": "object",
        "properties": {},
        "additionalProperties": False,
    }


def _setting(field: Field) -> Json:
    schema: Json = {"description": field.meaning, **_SHAPES[field.shape]}
    if not field.choices:
        return schema
    if field.shape == "words":
        item = {**_WORD, "enum": list(field.choices)}
        return {**schema, "anyOf": [item, {"type": "array", "items": item}]}
    return {**schema, "enum": list(field.choices)}
