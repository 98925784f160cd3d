"""Comparing as data."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.difference import first_difference


@pytest.mark.parametrize(
    ("expected", "actual"),
    [
        (1, 1.0),
        ({"a": [1, {"b": None}]}, {"a": [1.0, {"b": None}]}),
        ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    ],
)
def test_equal(expected: Any, actual: Any) -> None:
    assert first_difference(expected, actual) == ""


@pytest.mark.parametrize(
    ("expected", "actual", "place"),
    [
        (1, True, "/"),
        (0, False, "/"),
        (1, "1", "/"),
        ("", None, "/"),
        ({}, [], "/"),
        ({}, None, "/"),
        ({"a": None}, {}, "/a"),
        ({}, {"a": None}, "/a"),
        ([1, 2], [2, 1], "/0"),
        ([1], [1, 2], "/"),
        ([1, 2], [1], "/"),
        ({"a": {"b": ["x"]}}, {"a": {"b": ["y"]}}, "/a/b/0"),
        (1.5, 1.25, "/"),
    ],
)
def test_different(expected: Any, actual: Any, place: str) -> None:
    assert first_difference(expected, actual).startswith(f"{place}: ")
