"""Validation, message shapes and formats of spec rendering §3.5."""

from __future__ import annotations

import pytest

from krm_fn.schema import SchemaError, compile_schema


def texts(raw: object, value: object) -> list[str]:
    """Validate and return the sentences."""
    return [violation.text for violation in compile_schema(raw).validate(value)]


def of(property_schema: dict[str, object] | None, value: object) -> list[str]:
    """Validate `value` as property `e`."""
    return texts({"properties": {"e": property_schema}}, {"e": value})


@pytest.mark.parametrize(
    ("schema", "value", "expected"),
    [
        ({"type": "integer"}, 1.0, []),
        ({"type": "integer"}, 1, []),
        ({"type": "integer"}, 1.5, ['e must be of type integer: "number"']),
        ({"type": "integer"}, "x", ['e must be of type integer: "string"']),
        ({"type": "integer"}, True, ['e must be of type integer: "boolean"']),
        ({"type": "number"}, 1, []),
        ({"type": "string"}, None, ['e must be of type string: "null"']),
        ({"type": "string", "nullable": True}, None, []),
        ({"type": "string"}, 4.0, ['e must be of type string: "number"']),
        ({"type": "object"}, [], ['e must be of type object: "array"']),
        ({"minimum": 1}, 0, ["e should be greater than or equal to 1"]),
        ({"minimum": 0, "exclusiveMinimum": True}, 0, ["e should be greater than 0"]),
        ({"maximum": 10}, 99.0, ["e should be less than or equal to 10"]),
        ({"maximum": 10, "exclusiveMaximum": True}, 10, ["e should be less than 10"]),
        ({"multipleOf": 2}, 3, ["e should be a multiple of 2"]),
        ({"multipleOf": 0.1}, 0.3, []),
        ({"maxLength": 3}, "äöü€", ["e should be at most 3 chars long"]),
        ({"minLength": 1}, "", ["e should be at least 1 chars long"]),
        ({"pattern": "^[a-z]+$"}, "XX", ["e should match '^[a-z]+$'"]),
        ({"pattern": "b"}, "abc", []),
        ({"pattern": "(?=b)"}, "abc", ["e should match '(?=b)'"]),
        ({"type": "text"}, "a", ['e must be of type text: "string"']),
        (None, "anything", []),
        ({"minItems": 1}, [], ["e should have at least 1 items"]),
        ({"maxItems": 1}, [1, 2], ["e should have at most 1 items"]),
        ({"uniqueItems": True}, [1, 1.0], ["e shouldn't contain duplicates"]),
        ({"uniqueItems": True}, [1, True, {"a": 1}, {"a": 2}], []),
        ({"enum": ["a", "b"]}, "z", ["e should be one of [a b]"]),
        ({"enum": [1]}, 1.0, []),
        ({"enum": [1]}, True, ["e should be one of [1]"]),
        ({"minProperties": 1}, {}, ["e should have at least 1 properties"]),
        ({"maxProperties": 0}, {"a": 1}, ["e should have at most 0 properties"]),
        ({"required": ["x"]}, {}, ["e.x is required"]),
        ({"items": {"type": "string"}}, ["a", 1.0], ['e[1] must be of type string: "number"']),
        (
            {"additionalProperties": {"type": "string"}},
            {"k": 1.0},
            ['e.k must be of type string: "number"'],
        ),
        ({"additionalProperties": False}, {"k": 1}, ["e.k is a forbidden property"]),
        ({"additionalProperties": True, "properties": {}}, {"k": 1}, []),
        ({"x-kubernetes-int-or-string": True}, "1", []),
        ({"x-kubernetes-int-or-string": True}, 1.0, []),
        (
            {"x-kubernetes-int-or-string": True},
            True,
            ['e must be of type integer,string: "boolean"'],
        ),
        ({"not": {"pattern": "^z"}}, "z", ["e must not validate the schema (not)"]),
        ({"anyOf": [{"type": "string"}, {"minimum": 3}]}, 4, []),
        ({"oneOf": [{"minimum": 1}, {"minimum": 3}]}, 2, []),
        (
            {"oneOf": [{"minimum": 1}, {"minimum": 3}]},
            4,
            ["e must validate one and only one schema (oneOf). Found 2 valid alternatives"],
        ),
        (
            {"allOf": [{"minLength": 2}, {"maxLength": 5}]},
            "a",
            [
                "e must validate all the schemas (allOf)",
                "e should be at least 2 chars long",
            ],
        ),
        ({"type": "string", "format": "int32"}, "x", []),
        ({"type": "integer", "format": "int32"}, 5_000_000_000, []),
        ({"format": "email"}, "bad", ['e must be of type email: "bad"']),
    ],
)
def test_constraint(schema: dict[str, object] | None, value: object, expected: list[str]) -> None:
    """One constraint, one value, the sentences of the reference."""
    assert of(schema, value) == expected


@pytest.mark.parametrize(
    ("name", "good", "bad"),
    [
        ("uri", "https://example.com/a", "not a uri"),
        ("email", "a@b.example", "bad"),
        ("hostname", "a.example", "-a"),
        ("ipv4", "10.0.0.1", "10.0.0.256"),
        ("ipv6", "::1", "10.0.0.1"),
        ("cidr", "10.0.0.0/8", "10.0.0.0"),
        ("mac", "aa:bb:cc:dd:ee:ff", "aa:bb"),
        ("uuid", "3d813cbb-47fb-32ba-91df-831e1593ac29", "3d813cbb"),
        ("byte", "aGk=", "?"),
        ("date", "2026-02-28", "2026-02-30"),
        ("date-time", "2026-02-28T10:00:00Z", "2026-02-28"),
        ("duration", "1h30m", "soon"),
        ("isbn", "978-0-321-75104-1", "1"),
        ("creditcard", "4111111111111111", "4111111111111112"),
        ("hexcolor", "#ffAA00", "ffAA0"),
        ("rgbcolor", "rgb(1,2,3)", "rgb(1,2)"),
        ("ssn", "111-22-3333", "1-2-3"),
        ("bsonobjectid", "507f1f77bcf86cd799439011", "xyz"),
    ],
)
def test_format(name: str, good: str, bad: str) -> None:
    """Known formats are enforced."""
    assert of({"type": "string", "format": name}, good) == []
    assert of({"type": "string", "format": name}, bad) == [f'e must be of type {name}: "{bad}"']


def test_root_paths() -> None:
    """A missing or forbidden property of the root is written with a leading dot."""
    raw = {"required": ["a"], "additionalProperties": False, "properties": {"a": {}}}
    assert texts(raw, {"b": 1}) == [".a is required", ".b is a forbidden property"]


def test_places() -> None:
    """A violation knows its place in the value and, through $defs, in the raw schema."""
    raw = {
        "properties": {"a": {"items": {"$ref": "#/$defs/A", "maximum": 5}}},
        "$defs": {"A": {"type": "integer", "maximum": 3}},
    }
    found = compile_schema(raw).validate({"a": [9, "x"]})
    assert [(v.code, v.path, v.schema_path, v.value) for v in found] == [
        ("field-range", ("a", 0), ("properties", "a", "items", "maximum"), 9),
        ("field-wrong-type", ("a", 1), ("$defs", "A", "type"), "x"),
    ]


@pytest.mark.parametrize(
    ("raw", "code", "part"),
    [
        ([], "schema-malformed", "object"),
        ({"type": ["string"]}, "schema-malformed", "type must be a string"),
        ({"required": True}, "schema-malformed", "required"),
        ({"exclusiveMinimum": 5}, "schema-malformed", "exclusiveMinimum"),
        ({"properties": {"a": "string"}}, "schema-malformed", "properties"),
        ({"patternProperties": {"a": {}}}, "schema-unsupported", "patternProperties"),
        ({"properties": {"a": {"$ref": "#/$defs/A"}}}, "schema-reference", "names nothing"),
        ({"$ref": "https://example.com"}, "schema-reference", "inside the schema"),
        ({"$ref": "#/definitions/A"}, "schema-reference", "#/$defs/Name"),
        ({"$ref": 1}, "schema-reference", "string"),
        (
            {
                "$ref": "#/$defs/A",
                "$defs": {
                    "A": {"properties": {"b": {"$ref": "#/$defs/B"}}},
                    "B": {"items": {"$ref": "#/$defs/A"}},
                },
            },
            "schema-reference",
            "circular $ref: A → B → A",
        ),
    ],
)
def test_build_failure(raw: object, code: str, part: str) -> None:
    """A schema that cannot be built says why, every time it is asked for."""
    for _ in range(2):
        with pytest.raises(SchemaError) as caught:
            compile_schema(raw)
        assert caught.value.code == code
        assert part in caught.value.message


def test_unknown_keywords_are_ignored() -> None:
    """Vendor extensions and unknown keywords mean nothing."""
    assert texts({"x-ui": {"a": 1}, "widget": 1, "definitions": {}}, {"b": 1}) == []
