"""Values in text look as Go would print them."""

import math

import pytest

from krm_fn.template import (
    COMPUTED_NULL,
    OMIT,
    Encoded,
    StringList,
    Unsigned,
    json_text,
    to_text,
    type_words,
)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a<b", "a<b"),
        (3, "3"),
        (3.0, "3"),
        (-0.0, "-0"),
        (999999.0, "999999"),
        (1000000.0, "1e+06"),
        (12345678.0, "1.2345678e+07"),
        (0.0001, "0.0001"),
        (0.00001, "1e-05"),
        (0.1 + 0.2, "0.30000000000000004"),
        (math.inf, "+Inf"),
        ([math.nan, 1.0], "[NaN 1]"),
        (True, "true"),
        (None, "null"),
        (COMPUTED_NULL, "0"),
        (Unsigned(7), "7"),
        (StringList(["a"]), '["a"]'),
        (Encoded("YQ==", b"a"), '"YQ=="'),
        (
            {"b": [1.0, 1e21], "a": "<&>\u2028é"},
            '{"a":"\\u003c\\u0026\\u003e\\u2028é","b":[1,1e+21]}',
        ),
        ([1e-7, 1e-6, 1e20, 1e300], "[1e-7,0.000001,100000000000000000000,1e+300]"),
    ],
)
def test_text(value: object, text: str) -> None:
    assert to_text(value) == text


def test_no_json() -> None:
    with pytest.raises(ValueError, match="cannot be written as JSON"):
        json_text({"a": [math.inf]})


def test_words() -> None:
    values: tuple[object, ...] = ("a", 1, 1.5, True, {}, [], None, StringList(), OMIT)
    words = [type_words(value) for value in values]
    assert words == [
        "text",
        "a number",
        "a number",
        "a boolean",
        "a map",
        "a list",
        "null",
        "a list",
        "nothing (`oc_omit()`)",
    ]
