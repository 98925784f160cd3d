"""Defaults, row by row of spec rendering §3.5."""

from __future__ import annotations

import copy

import pytest

from krm_fn.schema import compile_schema

OBJECT = {"type": "object"}
NESTED = {
    "type": "object",
    "properties": {
        "name": {"type": "string", "default": "n"},
        "absent": {"type": "object", "properties": {"x": {"type": "integer", "default": 1}}},
        "created": {
            "type": "object",
            "default": {},
            "properties": {"x": {"type": "integer", "default": 1}},
        },
        "list": {
            "type": "array",
            "items": {"type": "object", "properties": {"a": {"type": "string", "default": "A"}}},
        },
        "values": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "properties": {"b": {"type": "boolean", "default": True}},
            },
        },
        "maybe": {"type": "string", "nullable": True, "default": "m"},
        "plain": {"type": "string"},
        "branch": {"oneOf": [{"properties": {"z": {"default": 1}}}]},
    },
}
BASE = {"name": "n", "created": {"x": 1}, "maybe": "m"}


@pytest.mark.parametrize(
    ("value", "expected", "reason"),
    [
        ({}, BASE, "absent properties; an object without a default of its own is not created"),
        ({"name": "own"}, BASE | {"name": "own"}, "present values stay"),
        ({"absent": {}}, BASE | {"absent": {"x": 1}}, "a present object is completed"),
        ({"created": {"x": 2}}, BASE | {"created": {"x": 2}}, "no replacing inside"),
        ({"list": [{}, {"a": "q"}]}, BASE | {"list": [{"a": "A"}, {"a": "q"}]}, "items"),
        ({"values": {"k": {}}}, BASE | {"values": {"k": {"b": True}}}, "additional properties"),
        ({"name": None}, BASE, "null without nullable is replaced"),
        ({"maybe": None}, BASE | {"maybe": None}, "nullable null stays"),
        ({"plain": None}, BASE | {"plain": None}, "null without a default stays"),
        ({"branch": {}}, BASE | {"branch": {}}, "branches of oneOf have no say"),
        ({"unknown": 1}, BASE | {"unknown": 1}, "nothing is pruned"),
        ("text", "text", "a value of another type passes through"),
    ],
)
def test_row(value: object, expected: object, reason: str) -> None:
    """Each row of the table holds, and the argument is untouched."""
    before = copy.deepcopy(value)
    assert compile_schema(NESTED).apply_defaults(value) == expected, reason
    assert value == before


def test_unchanged_parts_are_shared() -> None:
    """A complete value is returned as it is."""
    value = copy.deepcopy(BASE)
    assert compile_schema(NESTED).apply_defaults(value) is value


def test_nested_default_inside_a_default() -> None:
    """A default is itself completed by the defaults below it."""
    raw = {
        "properties": {
            "q": {"default": {"cpu": 9}, "properties": {"memory": {"default": "1Gi"}}},
        }
    }
    assert compile_schema(raw).apply_defaults({}) == {"q": {"cpu": 9, "memory": "1Gi"}}


def test_floats() -> None:
    """Numbers of defaults become doubles on request, booleans stay."""
    raw = {"properties": {"a": {"default": 3}, "b": {"default": {"c": [1, True]}}}}
    value = compile_schema(raw, floats=True).apply_defaults({})
    assert repr(value) == "{'a': 3.0, 'b': {'c': [1.0, True]}}"
    assert repr(compile_schema(raw).apply_defaults({})) == "{'a': 3, 'b': {'c': [1, True]}}"


def test_equal_content_is_compiled_once() -> None:
    """Snapshots of one schema in many releases share one compiled schema."""
    assert compile_schema(copy.deepcopy(NESTED)) is compile_schema(copy.deepcopy(NESTED))


def test_recorded() -> None:
    """Each default is reported with its place in the value and in the raw schema."""
    raw = {
        "properties": {
            "a": {"$ref": "#/$defs/A"},
            "b": {"$ref": "#/$defs/A", "default": {"z": 4}},
            "c": {"type": "array", "items": {"properties": {"d": {"default": 5}}}},
        },
        "$defs": {"A": {"default": {}, "properties": {"z": {"default": 3}}}},
    }
    calls: list[tuple[object, ...]] = []
    value = compile_schema(raw).apply_defaults_recorded(
        {"c": [{}]}, lambda path, schema_path, default: calls.append((path, schema_path, default))
    )
    assert value == {"a": {"z": 3}, "b": {"z": 4}, "c": [{"d": 5}]}
    assert calls == [
        (("a",), ("$defs", "A", "default"), {}),
        (("a", "z"), ("$defs", "A", "properties", "z", "default"), 3),
        (("b",), ("properties", "b", "default"), {"z": 4}),
        (("c", 0, "d"), ("properties", "c", "items", "properties", "d", "default"), 5),
    ]
