"""Operators: overflow, division, kinds, indexing; texts of their errors."""

from __future__ import annotations

import math
from typing import Any

import pytest

from krm_fn.cel import Duration, Uint
from tests.cel.evaluation import evaluate, failure

NO_OVERLOAD = ("no_such_overload", "no such overload")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + b", 9),
        ("a - b", 5),
        ("a * b", 14),
        ("a / b", 3),
        ("a % b", 1),
        ("-a / b", -3),
        ("-a % b", -1),
        ("-a", -7),
        ("a > b && b < a && a >= a && b <= b", True),
    ],
)
def test_integers(text: str, expected: object) -> None:
    assert evaluate(text, a=7, b=2) == expected


@pytest.mark.parametrize(
    "text",
    ["m + 1", "n - 1", "m * 2", "-n", "n / -1", "n % -1"],
)
def test_int_overflow(text: str) -> None:
    assert failure(text, m=2**63 - 1, n=-(2**63)) == ("overflow", "integer overflow")


def test_uint_overflow() -> None:
    wanted = ("overflow", "unsigned integer overflow")
    assert failure("u - 2u", u=Uint(1)) == wanted
    assert failure("u + 18446744073709551615u", u=Uint(1)) == wanted
    assert evaluate("u + 1u", u=Uint(1)) == Uint(2)


def test_division_by_zero() -> None:
    assert failure("a / 0", a=1) == ("divide_by_zero", "division by zero")
    assert failure("a % 0", a=1) == ("modulus_by_zero", "modulus by zero")
    assert evaluate("a / 0.0", a=1.0) == math.inf
    assert evaluate("a / -0.0", a=1.0) == -math.inf
    assert math.isnan(evaluate("a / 0.0", a=0.0))


def test_arithmetic_does_not_mix_kinds() -> None:
    assert failure("a + 1", a=1.0) == NO_OVERLOAD
    assert failure("a + b", a=True, b=1) == ("no_such_overload", "no such overload: _+_")
    assert failure("a % dyn(2.0)", a=1.0) == ("no_such_overload", "no such overload: _%_")
    assert failure("a - 1", a="s") == NO_OVERLOAD


def test_comparisons_mix_numbers() -> None:
    assert evaluate("a == 3 && a > 2 && a in [1, 3] && l[a - 1.0] == 'z'", a=3.0, l=["x", "y", "z"])


def test_python_booleans_are_no_numbers() -> None:
    assert evaluate("b == 1", b=True) is False
    assert evaluate("b in [1, 1.0]", b=True) is False
    assert failure("b < 2", b=True) == NO_OVERLOAD


def test_nan_is_never_ordered() -> None:
    assert evaluate("[n < 1.0, n > 1.0, n <= n, n == n]", n=math.nan) == [False] * 4


def test_strings_bytes_and_lists_add() -> None:
    assert evaluate("a + b + ['c'][0]", a="a", b="b") == "abc"
    assert evaluate("b'a' + b", b=b"b") == b"ab"
    assert evaluate("l + [3]", l=[1, 2]) == [1, 2, 3]


def test_times() -> None:
    assert evaluate(
        "timestamp('2023-01-01T00:00:00Z') - t > duration('1h')",
        t=evaluate("timestamp('2022-12-31T00:00:00Z')"),
    )
    assert evaluate("duration('1h') + d", d=Duration(1)) == Duration(3_600_000_000_001)


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("m.b", "no_such_key", "no such key: b"),
        ("m['b']", "no_such_key", "no such key: b"),
        ("m.a.x", "no_such_key", "no such key: x"),
        ("n.x", "no_such_key", "no such key: x"),
        ("n[0]", "no_such_key", "no such key: 0"),
        ("l[2]", "index_out_of_range", "index out of bounds: 2"),
        ("l[-1]", "index_out_of_range", "index out of bounds: -1"),
        ("l[m.a]", "index_out_of_range", "index out of bounds: 5"),
        ("l.x", "bad_index", "unsupported index type 'string' in list"),
        ("l[1.5]", "bad_index", "unsupported index value 1.5 in list"),
        ("has(l.x)", "bad_index", "unsupported index type 'string' in list"),
        ("has(m.b.c)", "no_such_key", "no such key: b"),
    ],
)
def test_wrong_selections(text: str, code: str, message: str) -> None:
    assert failure(text, check=False, m={"a": 5}, l=[1, 2], n=None) == (code, message)


def test_presence() -> None:
    context: dict[str, Any] = {"m": {"a": None}, "n": None, "s": "x"}
    assert evaluate("[has(m.a), has(m.b), has(n.a), has(s.a)]", **context) == [
        True,
        False,
        False,
        False,
    ]


def test_in_wants_a_list_or_a_map() -> None:
    assert evaluate("['a' in m, 'b' in m, 1 in l, '1' in l]", m={"a": 0}, l=[1.0]) == [
        True,
        False,
        True,
        False,
    ]
    assert failure("'a' in s", s="abc") == NO_OVERLOAD
