"""Tokens: kinds, text, places, and what no token begins with."""

from __future__ import annotations

import pytest

from krm_fn.cel.errors import CelError
from krm_fn.cel.lexer import END, MAXIMUM_LENGTH, WIDTH, tokenize


def kinds(text: str) -> list[str]:
    return [str(kind) for kind in tokenize(text)[::WIDTH]]


def texts(text: str) -> list[str]:
    return [str(each) for each in tokenize(text)[1::WIDTH]][:-1]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a.b", ["a", ".", "b"]),
        ("x.?y", ["x", ".", "?", "y"]),
        ("a ?.5:1.0", ["a", "?", ".5", ":", "1.0"]),
        ("1.e3", ["1", ".", "e3"]),
        ("1..2", ["1", ".", ".2"]),
        ("1e3 1e+3 1.5e-3", ["1e3", "1e+3", "1.5e-3"]),
        ("0x1Fu 017 0XFF", ["0x1Fu", "017", "0", "XFF"]),
        ("a<=b==c!=d", ["a", "<=", "b", "==", "c", "!=", "d"]),
        ("a&&b||!c", ["a", "&&", "b", "||", "!", "c"]),
        (
            "r'a' R'b' b'c' br'd' bR'e' rest brand",
            ["r'a'", "R'b'", "b'c'", "br'd'", "bR'e'", "rest", "brand"],
        ),
        ("rb'x'", ["rb", "'x'"]),
        ("'''it's'''", ["'''it's'''"]),
        ("''''''", ["''''''"]),
        ("'' ''", ["''", "''"]),
        (r"'a\'b'", [r"'a\'b'"]),
        (r"r'\'", [r"r'\'"]),
        ("'''a\nb'''", ["'''a\nb'''"]),
        ("x.`a-b/c d`", ["x", ".", "`a-b/c d`"]),
        ("a // b\n + c", ["a", "+", "c"]),
        ("a\t\r\n\f b", ["a", "b"]),
        ("x in'abc'", ["x", "in", "'abc'"]),
    ],
)
def test_texts(text: str, expected: list[str]) -> None:
    assert texts(text) == expected


def test_words_and_operators_are_their_own_kind() -> None:
    assert kinds("a in true.in") == ["IDENTIFIER", "in", "true", ".", "in", END]


def test_kinds_of_literals() -> None:
    assert kinds("1 1u 1.0 'a' b'a' `a`") == [
        "NUM_INT",
        "NUM_UINT",
        "NUM_FLOAT",
        "STRING",
        "BYTES",
        "ESC_IDENTIFIER",
        END,
    ]


def test_places_count_code_points() -> None:
    assert tokenize("'é😀' + \n a")[2::WIDTH] == [0, 5, 9, 10]


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("a @ b", 2),
        ("'unterminated", 0),
        ("a = 1", 2),
        ("true & false", 5),
        ("'new\nline'", 0),
        ("1\u00a0+ 1", 1),
        ("é", 0),
        ("x.``", 2),
        ("\ufeffa", 0),
    ],
)
def test_what_is_no_token(text: str, offset: int) -> None:
    with pytest.raises(CelError) as raised:
        tokenize(text)
    assert (raised.value.code, raised.value.stage) == ("syntax", "parse")
    assert raised.value.offset == offset


def test_too_long() -> None:
    assert len(tokenize(" " * (MAXIMUM_LENGTH - 1) + "a")) == 2 * WIDTH
    with pytest.raises(CelError) as raised:
        tokenize(" " * MAXIMUM_LENGTH + "a")
    assert raised.value.code == "limit"


def test_a_hostile_text_is_read_in_linear_time() -> None:
    with pytest.raises(CelError):
        tokenize("'" + "\\a" * 40_000)
