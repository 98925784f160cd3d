"""What holds for every schema and value."""

from __future__ import annotations

import copy
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from krm_fn.schema import compile_schema

NAMES = st.sampled_from("abc")
SCALARS = st.none() | st.booleans() | st.integers(-3, 3) | st.sampled_from(["", "x", "yy"])
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)
LEAVES = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(["string", "integer", "boolean", "object", "array"]),
        "default": VALUES,
        "nullable": st.booleans(),
        "enum": st.lists(SCALARS, max_size=3),
        "minLength": st.integers(0, 2),
        "maximum": st.integers(-2, 2),
        "required": st.lists(NAMES, max_size=1),
    },
)
SCHEMAS = st.recursive(
    LEAVES,
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "properties": st.dictionaries(NAMES, inner, max_size=3),
            "additionalProperties": st.booleans() | inner,
            "items": inner,
            "default": VALUES,
            "anyOf": st.lists(inner, min_size=1, max_size=2),
        },
    ),
    max_leaves=6,
)


def read(value: Any, path: tuple[str | int, ...]) -> Any:
    """Follow a path."""
    for part in path:
        value = value[part]
    return value


@settings(max_examples=150, deadline=None)
@given(SCHEMAS, VALUES)
def test_defaults(raw: dict[str, Any], value: Any) -> None:
    """Defaulting mutates nothing, is complete after one pass, and records what it does."""
    schema = compile_schema(raw)
    before = copy.deepcopy((raw, value))
    places: list[tuple[tuple[str | int, ...], tuple[str | int, ...]]] = []
    complete = schema.apply_defaults_recorded(
        value, lambda path, schema_path, _: places.append((path, schema_path))
    )
    assert (raw, value) == before
    assert schema.apply_defaults(complete) is complete
    for path, schema_path in places:
        assert read(raw, schema_path) is not None
        read(complete, path)


@settings(max_examples=150, deadline=None)
@given(SCHEMAS, VALUES)
def test_violations(raw: dict[str, Any], value: Any) -> None:
    """Every violation points into the value and the schema, and the list is sorted."""
    found = compile_schema(raw).validate(value)
    for violation in found:
        parent = violation.path[:-1] if violation.code == "field-required" else violation.path
        read(value, parent)
        read(raw, violation.schema_path)
    assert [violation.text for violation in found] == sorted(v.text for v in found)
