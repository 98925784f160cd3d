"""Schemas → static types: what expressions may read of `parameters` and `environmentConfigs`.

Twin: `SchemaDeclType` of Kubernetes `apiserver/pkg/cel/common`. More lenient in two places: a
schema that is open (`additionalProperties: true`, `x-kubernetes-preserve-unknown-fields`) or that
is composed (`anyOf` …) without a type of its own gives dyn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from krm_fn.cel import (
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    DYN,
    INT,
    STRING,
    TIMESTAMP,
    Type,
    list_type,
    map_type,
    object_type,
)

_SCALARS: Final = {"boolean": BOOL, "number": DOUBLE, "integer": INT}
_FORMATS: Final = {
    "byte": BYTES,
    "duration": DURATION,
    "date": TIMESTAMP,
    "date-time": TIMESTAMP,
}
_COMPOSED = ("oneOf", "anyOf", "allOf")
_RESERVED: Final = frozenset(
    (
        *("as", "break", "const", "continue", "else", "false", "for", "function", "if", "import"),
        *("in", "let", "loop", "namespace", "null", "package", "return", "true", "var", "void"),
        "while",
    )
)


def declared_type(node: Mapping[str, object], name: str) -> Type | None:
    """Return the type of the values of a schema node whose references are inlined.

    `name` becomes the name of an object type, its fields' names begin with it. None where
    Kubernetes shows such values to no expression: without a type, or a list without items.
    """
    if node.get("x-kubernetes-int-or-string") is True:
        return DYN
    kind = node.get("type")
    if not kind:
        return DYN if any(node.get(keyword) for keyword in _COMPOSED) else None
    if kind == "string":
        return _FORMATS.get(str(node.get("format")), STRING)
    if kind == "array":
        items = node.get("items")
        element = declared_type(items, f"{name}.@idx") if isinstance(items, dict) else None
        return None if element is None else list_type(element)
    if kind == "object":
        return _object(node, name)
    return _SCALARS.get(str(kind))


def _object(node: Mapping[str, object], name: str) -> Type | None:
    properties = node.get("properties")
    additional = node.get("additionalProperties")
    if isinstance(additional, dict) and additional:
        value = declared_type(additional, f"{name}.@elem")
        return None if value is None else map_type(STRING, value)
    if additional or additional == {} or node.get("x-kubernetes-preserve-unknown-fields") is True:
        return DYN
    fields: dict[str, Type] = {}
    for field, child in properties.items() if isinstance(properties, dict) else ():
        if is_visible(field) and isinstance(child, dict):
            type_ = declared_type(child, f"{name}.{field}")
            if type_ is not None:
                fields[field] = type_
    return object_type(name, fields)


def is_visible(field: str) -> bool:
    """Say whether an expression can select a property of this name in a control plane.

    Kubernetes rewrites names with hyphens and dots, and reserved words.
    """
    plain = field.isidentifier() and field.isascii() and "__" not in field
    return plain and field not in _RESERVED
