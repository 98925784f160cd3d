"""Encoders, times and regular expressions."""

from __future__ import annotations

import pytest

from tests.cel.evaluation import evaluate, failure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("base64.encode(b'hello')", "aGVsbG8="),
        ("base64.decode('aGVsbG8=')", b"hello"),
        ("base64.decode('aGVsbG8')", b"hello"),
        ("base64.decode('aGVs\\nbG8=')", b"hello"),
        (
            "json.encode({'b': [1, 2.5, null], 'a': '<&>'})",
            '{"a":"\\u003c\\u0026\\u003e","b":[1,2.5,null]}',
        ),
        ("json.encode(9007199254740993)", '"9007199254740993"'),
        ("json.encode([1e21, 1e-7, 1000000.0])", "[1e+21,1e-7,1000000]"),
        ("json.encode([b'ab', duration('90.5s')])", '["YWI=","90.5s"]'),
        ("json.encode([[], {}, optional.of(1)])", "[[],{},1]"),
    ],
)
def test_encoders(text: str, expected: object) -> None:
    assert evaluate(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("base64.decode('aGVs bG8=')", "conversion", "illegal base64 data at input byte 4"),
        ("base64.decode('!')", "conversion", "illegal base64 data at input byte 0"),
        ("base64.decode('aGVsbG8h=')", "conversion", "illegal base64 data at input byte 8"),
        ("json.encode({1: 'a'})", "conversion", "unsupported type conversion from 'int' to string"),
        ("json.encode(type(1))", "other", "type conversion not supported for 'type'"),
        (
            "json.encode(1.0 / 0.0)",
            "other",
            "proto:\u00a0google.protobuf.Value.number_value: invalid +Inf value",
        ),
    ],
)
def test_encoder_errors(text: str, code: str, message: str) -> None:
    assert failure(text) == (code, message)


MOMENT = "timestamp('2023-05-28T23:30:15.250Z')"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{MOMENT}.getFullYear()", 2023),
        (f"{MOMENT}.getMonth()", 4),
        (f"{MOMENT}.getDate()", 28),
        (f"{MOMENT}.getDayOfMonth()", 27),
        (f"{MOMENT}.getDayOfWeek()", 0),
        (f"{MOMENT}.getDayOfYear()", 147),
        (f"{MOMENT}.getHours()", 23),
        (f"{MOMENT}.getMinutes()", 30),
        (f"{MOMENT}.getSeconds()", 15),
        (f"{MOMENT}.getMilliseconds()", 250),
        (f"{MOMENT}.getDate('+01:00')", 29),
        (f"{MOMENT}.getHours('-02:30')", 21),
        (f"{MOMENT}.getHours('America/New_York')", 19),
        (f"{MOMENT}.getHours('')", 23),
        ("duration('3661s').getHours()", 1),
        ("duration('3661s').getMinutes()", 61),
        ("duration('-1.5s').getSeconds()", -1),
        ("duration('1.5s').getMilliseconds()", 1500),
    ],
)
def test_times(text: str, expected: int) -> None:
    assert evaluate(text) == expected


def test_unknown_time_zones() -> None:
    assert failure(f"{MOMENT}.getHours('Nowhere/X')") == ("other", "unknown time zone Nowhere/X")


@pytest.mark.parametrize(
    ("text", "pattern", "expected"),
    [
        ("xabcx", "a.c", True),
        ("abc", "^b", False),
        ("abc\n", "abc$", False),
        ("\v", "\\s", False),
        ("é", "\\w", False),
        ("É", "(?i)é", True),
        ("a{,3}", "a{,3}", True),
        ("\u03b1", "\\p{Greek}", True),
    ],
)
def test_matches_is_the_search_of_re2(text: str, pattern: str, expected: bool) -> None:
    assert evaluate("t.matches(p)", t=text, p=pattern) is expected
    assert evaluate("matches(t, p)", t=text, p=pattern) is expected


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("a(?=b)", "invalid or unsupported Perl syntax: `(?=`"),
        ("(a)\\1", "invalid escape sequence: `\\1`"),
        ("[", "missing closing ]: `[`"),
        ("(", "missing closing ): `(`"),
        ("*", "missing argument to repetition operator: `*`"),
        ("a{1001}", "invalid repeat count: `{1001}`"),
        ("a++", "invalid nested repetition operator: `++`"),
        ("\\C", "invalid escape sequence: `\\C`"),
    ],
)
def test_patterns_go_refuses(pattern: str, message: str) -> None:
    wanted = ("regex_syntax", f"error parsing regexp: {message}")
    assert failure("'x'.matches(p)", p=pattern) == wanted
    assert failure("'x'.matches(p)", p=pattern) == wanted


def test_no_pattern_hangs() -> None:
    assert evaluate("t.matches('^(a+)+$')", t="a" * 5000 + "!") is False
