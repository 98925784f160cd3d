"""Functions on numbers, and conversions."""

from __future__ import annotations

import math

import pytest

from krm_fn.cel import Duration, Timestamp, Uint
from tests.cel.evaluation import evaluate, failure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("math.greatest(1, 2.5, 2u)", 2.5),
        ("math.least([3, 1, 2])", 1),
        ("math.least(-1)", -1),
        ("math.ceil(1.2)", 2.0),
        ("math.floor(-1.2)", -2.0),
        ("math.round(0.5)", 1.0),
        ("math.round(-1.5)", -2.0),
        ("math.round(0.49999999999999994)", 0.0),
        ("math.trunc(-1.9)", -1.0),
        ("math.abs(-5)", 5),
        ("math.abs(-0.5)", 0.5),
        ("math.sign(-3)", -1),
        ("math.sign(2.5)", 1.0),
        ("math.sqrt(81)", 9.0),
        ("math.isNaN(math.sqrt(-1.0))", True),
        ("math.isInf(1.0 / 0.0) && !math.isFinite(1.0 / 0.0)", True),
        ("math.bitAnd(12, 10)", 8),
        ("math.bitOr(12, 10)", 14),
        ("math.bitXor(12, 10)", 6),
        ("math.bitNot(1)", -2),
        ("math.bitShiftLeft(1, 63)", -(2**63)),
        ("math.bitShiftLeft(1, 64)", 0),
        ("math.bitShiftRight(-1, 1)", 2**63 - 1),
    ],
)
def test_math(text: str, expected: object) -> None:
    found = evaluate(text)
    assert found == expected
    assert type(found) is type(expected)


def test_uint_results_stay_uint() -> None:
    assert repr(evaluate("math.bitNot(0u)")) == "18446744073709551615u"
    assert type(evaluate("math.sign(7u)")) is Uint


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("math.abs(n)", "overflow", "integer overflow"),
        ("math.least(dyn([]))", "other", "math.@min(list) argument must not be empty"),
        ("math.least(dyn('a'))", "no_such_overload", "no such overload: math.@min(string)"),
        ("math.greatest(dyn([1, 'a']))", "no_such_overload", "no such overload: math.@max"),
        ("math.least(1.0, double('nan'))", "other", "NaN values cannot be ordered: math.@min"),
        ("math.bitShiftLeft(1, -1)", "other", "math.bitShiftLeft() negative offset: -1"),
        ("math.floor(dyn(1))", "no_such_overload", "no such overload: math.floor(int)"),
    ],
)
def test_math_errors(text: str, code: str, message: str) -> None:
    assert failure(text, n=-(2**63)) == (code, message)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("int(-1.9)", -1),
        ("int('+12')", 12),
        ("int(9u)", 9),
        ("int(timestamp('1970-01-01T00:00:01.9Z'))", 1),
        ("int(duration('1us'))", 1000),
        ("double('1e3')", 1000.0),
        ("double('-inf')", -math.inf),
        ("double('0x1p-2')", 0.25),
        ("bool('T')", True),
        ("bool('False')", False),
        ("bytes('ñ')", b"\xc3\xb1"),
        ("string(b'\\xc3\\xb1')", "ñ"),
        ("string(1000000.0)", "1e+06"),
        ("string(duration('90m'))", "5400s"),
        ("string(true) + string(7u)", "true7"),
        ("timestamp(0)", Timestamp(0)),
        ("duration('1ms')", Duration(1_000_000)),
        ("type(1u) == uint && type(null) == null_type && type(type(1)) == type", True),
        ("type(duration('1s')) == google.protobuf.Duration", True),
        ("google.protobuf.Duration{seconds: 1, nanos: 5}", Duration(1_000_000_005)),
        ("google.protobuf.Int32Value{value: 5}", 5),
    ],
)
def test_conversions(text: str, expected: object) -> None:
    assert evaluate(text) == expected


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("int('1.5')", "conversion"),
        ("int('9223372036854775808')", "conversion"),
        ("int(1e19)", "overflow"),
        ("int(18446744073709551615u)", "overflow"),
        ("uint(-1)", "overflow"),
        ("uint(-0.5)", "overflow"),
        ("uint('-1')", "conversion"),
        ("double('1e400')", "conversion"),
        ("double(' 1')", "conversion"),
        ("bool('yes')", "conversion"),
        ("string(b'\\xff')", "conversion"),
        ("string(dyn(null))", "no_such_overload"),
        ("string(dyn([1]))", "no_such_overload"),
        ("google.protobuf.Int32Value{value: 2147483648}", "overflow"),
    ],
)
def test_refused_conversions(text: str, code: str) -> None:
    assert failure(text)[0] == code
