"""Checks that the keywords of one schema node have the shapes Kubernetes decodes them into.

Source of the behaviour: `JSONSchemaProps` of Kubernetes and the conversion to a structural schema
(which refuses a handful of keywords); everything unknown is ignored (spec rendering §5.4).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from krm_fn.schema.errors import SchemaError, SchemaPath

Node = dict[str, object]

_REFUSED = {
    "id": "",
    "$schema": "",
    "patternProperties": "use additionalProperties",
    "definitions": "use $defs",
    "dependencies": "",
    "additionalItems": "",
}


def _is_string(value: object) -> bool:
    return isinstance(value, str)


def _is_boolean(value: object) -> bool:
    return isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_integer(value: object) -> bool:
    return _is_number(value) and float(cast(float, value)).is_integer()


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _is_strings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _is_objects(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, dict) for item in value)


def _is_object_of_objects(value: object) -> bool:
    if not isinstance(value, dict):
        return False
    return all(item is None or isinstance(item, dict) for item in value.values())


def _is_object_or_boolean(value: object) -> bool:
    return isinstance(value, dict | bool)


_SHAPES: dict[str, tuple[Callable[[object], bool], str]] = {
    "type": (_is_string, "a string"),
    "format": (_is_string, "a string"),
    "title": (_is_string, "a string"),
    "description": (_is_string, "a string"),
    "pattern": (_is_string, "a string"),
    "nullable": (_is_boolean, "true or false"),
    "uniqueItems": (_is_boolean, "true or false"),
    "exclusiveMinimum": (_is_boolean, "true or false (the limit itself stands in minimum)"),
    "exclusiveMaximum": (_is_boolean, "true or false (the limit itself stands in maximum)"),
    "minimum": (_is_number, "a number"),
    "maximum": (_is_number, "a number"),
    "multipleOf": (_is_number, "a number"),
    "minLength": (_is_integer, "an integer"),
    "maxLength": (_is_integer, "an integer"),
    "minItems": (_is_integer, "an integer"),
    "maxItems": (_is_integer, "an integer"),
    "minProperties": (_is_integer, "an integer"),
    "maxProperties": (_is_integer, "an integer"),
    "required": (_is_strings, "a list of property names"),
    "enum": (_is_list, "a list"),
    "items": (_is_object, "a schema"),
    "not": (_is_object, "a schema"),
    "allOf": (_is_objects, "a list of schemas"),
    "anyOf": (_is_objects, "a list of schemas"),
    "oneOf": (_is_objects, "a list of schemas"),
    "properties": (_is_object_of_objects, "an object whose values are schemas"),
    "additionalProperties": (_is_object_or_boolean, "a schema, true or false"),
    "x-kubernetes-int-or-string": (_is_boolean, "true or false"),
    "x-kubernetes-preserve-unknown-fields": (_is_boolean, "true or false"),
}

KEYWORDS: Final = frozenset(
    {
        *_SHAPES,
        *_REFUSED,
        "$ref",
        "default",
        "example",
        "externalDocs",
        "x-kubernetes-embedded-resource",
        "x-kubernetes-list-map-keys",
        "x-kubernetes-list-type",
        "x-kubernetes-map-type",
        "x-kubernetes-validations",
    }
)
"""Every keyword that Kubernetes knows."""


def properties_of(node: Node) -> dict[str, Node]:
    """Return the property schemas of a node."""
    properties = cast("dict[str, Node | None]", node.get("properties") or {})
    return {name: child or {} for name, child in properties.items()}


def check_keywords(node: Node, path: SchemaPath) -> None:
    """Raise `SchemaError` for a keyword of a wrong shape or one that is refused.

    A keyword whose value is null counts as absent, a property whose schema is null as one that
    takes anything. An unknown `type` is let through, as in the reference: no value has it.
    """
    for keyword, value in node.items():
        if value is None:
            continue
        shape = _SHAPES.get(keyword)
        if shape is not None:
            if not shape[0](value):
                raise SchemaError(
                    "schema-malformed", f"{keyword} must be {shape[1]}", (*path, keyword)
                )
        elif keyword in _REFUSED and value not in ("", [], {}):
            advice = f" ({_REFUSED[keyword]})" if _REFUSED[keyword] else ""
            raise SchemaError(
                "schema-unsupported", f"{keyword} is not supported{advice}", (*path, keyword)
            )
    if node.get("x-kubernetes-preserve-unknown-fields") is False:
        raise SchemaError(
            "schema-malformed",
            "x-kubernetes-preserve-unknown-fields is true or absent",
            (*path, "x-kubernetes-preserve-unknown-fields"),
        )
