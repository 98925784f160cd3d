"""Values: equality, order, maps with keys of any kind, texts of numbers and times."""

from __future__ import annotations

import math
import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krm_fn.cel import (
    CelError,
    CelMap,
    Duration,
    Optional,
    Timestamp,
    TypeValue,
    Uint,
    display,
    equals,
    format_double,
    format_plain_double,
    make_map,
    register_type,
    type_name,
)
from krm_fn.cel.values.equality import compare, contains, hash_key
from krm_fn.cel.values.mapping import MISSING, sorted_items, sorted_keys
from krm_fn.cel.values.time import make_timestamp, parse_duration, parse_timestamp

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats()
    | st.text(max_size=3)
    | st.binary(max_size=3)
    | st.integers(0, 2**53).map(Uint)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=2), inner),
    max_leaves=6,
)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        (1, 1.0, True),
        (1, Uint(1), True),
        (True, 1, False),
        (False, 0, False),
        (0.0, -0.0, True),
        (math.nan, math.nan, False),
        (None, None, True),
        (None, False, False),
        ("1", 1, False),
        ("a", b"a", False),
        ([1, [2.0]], [1.0, [2]], True),
        ([True], [1], False),
        ({"a": True}, {"a": 1}, False),
        ({"a": [1]}, {"a": [1.0]}, True),
        ({"a": 1}, {"b": 1}, False),
        (Optional(1), Optional(1.0), True),
        (Optional(None), Optional.none(), False),
        (Duration(1), Duration(1), True),
        (Duration(1), 1, False),
        (Timestamp(0), Duration(0), False),
        (9007199254740993, 9007199254740992.0, True),
        (9007199254740993, 9007199254740992, False),
    ],
)
def test_equality_is_that_of_cel(left: object, right: object, expected: bool) -> None:
    assert equals(left, right) is expected
    assert equals(right, left) is expected


@given(VALUES, VALUES)
def test_grouping_keys_agree_with_equality(left: object, right: object) -> None:
    assert (hash_key(left) == hash_key(right)) is equals(left, right)


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [(1, 2.5, -1), (Uint(3), 3, 0), ("b", "a", 1), (b"a", b"b", -1), (False, True, -1)],
)
def test_order_across_numbers(left: object, right: object, expected: int) -> None:
    assert compare(left, right) == expected


def test_nan_has_no_order() -> None:
    assert compare(math.nan, 1) is None


@pytest.mark.parametrize(("left", "right"), [(1, "1"), (True, 1), (None, None), ([], [])])
def test_other_kinds_have_no_order(left: object, right: object) -> None:
    with pytest.raises(CelError, match="no such overload"):
        compare(left, right)


def test_list_membership_ignores_pythons_booleans() -> None:
    assert contains([1.0, "a"], 1)
    assert not contains([1, 0], True)


def test_map_keys_of_different_kinds_stay_apart() -> None:
    subject = make_map(iter([(1, "int"), (1.0, "double"), (True, "bool"), ("1", "string")]))
    assert isinstance(subject, CelMap)
    assert len(subject) == 4
    assert subject.find(1) == "int"
    assert subject.find(1.0) == "double"
    assert subject.find(True) == "bool"
    assert subject.find(Uint(1)) == "int"
    assert subject.find(2) is MISSING


def test_a_double_finds_a_whole_key_but_an_int_finds_no_double() -> None:
    assert make_map(iter([(1, "x")])).find(1.0) == "x"  # type: ignore[union-attr]
    assert make_map(iter([(1.0, "x")])).find(1) is MISSING  # type: ignore[union-attr]


def test_string_keys_make_a_plain_dict() -> None:
    assert make_map(iter([("a", 1), ("a", 2)])) == {"a": 2}


def test_entries_come_in_key_order() -> None:
    assert sorted_keys({"b": 1, "a": 2}) == ["a", "b"]
    mixed = make_map(iter([("a", 1), (2, 2), (1.5, 3), (False, 4)]))
    assert [key for key, _ in sorted_items(mixed)] == [False, 1.5, 2, "a"]


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.0, "0"),
        (-0.0, "-0"),
        (1.5, "1.5"),
        (100000.0, "100000"),
        (999999.0, "999999"),
        (1000000.0, "1e+06"),
        (123456789.0, "1.23456789e+08"),
        (0.0001, "0.0001"),
        (0.00001, "1e-05"),
        (-2097152.0, "-2.097152e+06"),
        (1e100, "1e+100"),
        (5e-324, "5e-324"),
        (math.inf, "+Inf"),
        (-math.inf, "-Inf"),
        (math.nan, "NaN"),
    ],
)
def test_doubles_print_as_in_go(number: float, text: str) -> None:
    assert format_double(number) == text


@given(st.integers(0, 2**64 - 1))
def test_both_texts_of_a_double_read_back(bits: int) -> None:
    (number,) = struct.unpack("<d", struct.pack("<Q", bits))
    if math.isfinite(number):
        assert float(format_double(number)) == number
        assert float(format_plain_double(number)) == number
        assert "e" not in format_plain_double(number)


@pytest.mark.parametrize(
    ("text", "nanoseconds"),
    [
        ("0", 0),
        ("1h30m", 5_400_000_000_000),
        ("-1.5s", -1_500_000_000),
        ("1.000000001s", 1_000_000_001),
        ("1us", 1000),
        (".5s", 500_000_000),
    ],
)
def test_durations_are_read_as_in_go(text: str, nanoseconds: int) -> None:
    assert parse_duration(text).nanoseconds == nanoseconds


@pytest.mark.parametrize("text", ["", "-", "1", "h", "1 h", "1d", "9223372036.854775808s"])
def test_texts_that_are_no_durations(text: str) -> None:
    with pytest.raises(CelError):
        parse_duration(text)


def test_timestamps_keep_nanoseconds_and_the_offset_they_were_written_with() -> None:
    moment = parse_timestamp("2023-01-01T00:00:00.123456789+05:30")
    assert str(moment) == "2022-12-31T18:30:00.123456789Z"
    assert moment.written() == "2023-01-01T00:00:00.123456789+05:30"
    assert moment == parse_timestamp("2022-12-31T18:30:00.123456789Z")


@pytest.mark.parametrize(
    "text", ["2023-01-01", "2023-02-30T00:00:00Z", "2023-01-01t00:00:00z", "2023-01-01T24:00:00Z"]
)
def test_texts_that_are_no_timestamps(text: str) -> None:
    with pytest.raises(CelError):
        parse_timestamp(text)


def test_timestamps_end_with_year_9999() -> None:
    with pytest.raises(CelError, match="timestamp overflow"):
        make_timestamp(253_402_300_800 * 10**9)


def test_values_display_in_errors_as_in_go() -> None:
    shown = display({"b": [1, 2.5, None], "a": True, "c": Optional.none()})
    assert shown == "{a: true, b: [1, 2.5, null], c: optional.none()}"


def test_a_library_can_name_the_type_of_its_own_class() -> None:
    class Marker:
        pass

    register_type(Marker, TypeValue("marker"))
    assert type_name(Marker()) == "marker"
    assert type_name(Uint(1)) == "uint"
