"""The `Render` configuration as a JSON Schema, made from the one table of settings (D4)."""

from __future__ import annotations

from typing import Any, Final

from krm_fn.identity import labels
from krm_fn.settings import FIELDS, RENDER, Field

Json = dict[str, Any]

_WORD: Final[Json] = {"type": "string"}
_WORDS: Final[Json] = {"anyOf": [_WORD, {"type": "array", "items": _WORD}]}
_TARGET_KEYS: Final = ("group", "version", "kind", "namespace", "name")
_SHAPES: Final[dict[str, Json]] = {
    "word": _WORD,
    "choice": _WORD,
    "words": _WORDS,
    "switch": {"type": "boolean"},
    "name or switch": {"anyOf": [_WORD, {"type": "boolean"}]},
    "patches": {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "target": {
                    "type": "object",
                    "properties": dict.fromkeys(_TARGET_KEYS, _WORD),
                    "additionalProperties": False,
                },
                "patch": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            "op": {
                                "type": "string",
                                "enum": ["add", "remove", "replace", "move", "copy", "test"],
                            },
                            "path": _WORD,
                            "from": _WORD,
                            "value": {"x-kubernetes-preserve-unknown-fields": True},
                        },
                        "required": ["op", "path"],
                    },
                },
            },
            "required": ["patch"],
            "additionalProperties": False,
        },
    },
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
