"""Expression text to tokens, with one compiled pattern.

In: text. Out: a flat list `[kind, text, offset, kind, text, offset, …]` that ends with `END`, or
`CelError` (stage parse). The kind of an operator, of punctuation and of the words
`in true false null` is its text; the other kinds are the constants below.
Source: lexer rules of `cel-go/parser/gen/CEL.g4`; spec cel §3.
"""

from __future__ import annotations

import re
from typing import Any

from krm_fn.cel.errors import CelError

IDENTIFIER = "IDENTIFIER"
QUOTED_IDENTIFIER = "ESC_IDENTIFIER"
INT = "NUM_INT"
UINT = "NUM_UINT"
FLOAT = "NUM_FLOAT"
STRING = "STRING"
BYTES = "BYTES"
END = "<EOF>"

WIDTH = 3
"""How many entries of the list a token takes: kind, text, offset (0-based, in code points)."""

MAXIMUM_LENGTH = 100_000
"""The longest expression, in code points, as in cel-go."""

# A backslash hides the character after it; whether the pair is an escape is a question for
# `literals`. A raw string ends at the next quote.
_TEXT = (
    r"(?:'{3}(?:[^\\']|\\(?s:.)|'(?!''))*+'{3}"
    r'|"{3}(?:[^\\"]|\\(?s:.)|"(?!""))*+"{3}'
    r"|'(?:[^'\\\r\n]|\\[^\r\n])*+'"
    r'|"(?:[^"\\\r\n]|\\[^\r\n])*+")'
    r"|[rR](?:'{3}(?s:.*?)'{3}|\"{3}(?s:.*?)\"{3}|'[^'\r\n]*'|\"[^\"\r\n]*\")"
)

# One group for each entry of `_KINDS`; the most frequent come first. Words that could be the
# prefix of a string come after the strings.
_SCANNER = re.compile(
    r"(?:[ \t\r\n\f]+|//[^\n]*)*+(?:"
    r"([AC-QS-Zac-qs-z_][A-Za-z0-9_]*+)"
    r"|(\.(?![0-9])|&&|\|\||[=!<>]=|[,?:()\[\]{}!<>+\-*/%])"
    rf"|([bB]?(?:{_TEXT}))"
    r"|([bBrR][A-Za-z0-9_]*+)"
    r"|([0-9]*\.[0-9]+(?:[eE][+-]?[0-9]+)?|[0-9]+[eE][+-]?[0-9]+)"
    r"|((?:0x[0-9a-fA-F]+|[0-9]+)[uU])"
    r"|(0x[0-9a-fA-F]+|[0-9]+)"
    r"|(`[A-Za-z0-9_./ \-]+`)"
    r"|(\Z)"
    r"|((?s:.))"
    r")"
)
_OPERATOR = ""
_WRONG = "wrong"
_KINDS = (
    "",
    IDENTIFIER,
    _OPERATOR,
    STRING,
    IDENTIFIER,
    FLOAT,
    UINT,
    INT,
    QUOTED_IDENTIFIER,
    END,
    _WRONG,
)
_WORDS = frozenset(("in", "true", "false", "null"))


def tokenize(text: str) -> list[Any]:
    """Return the tokens of an expression; raise `CelError` (`syntax` or `limit`)."""
    if len(text) > MAXIMUM_LENGTH:
        message = f"expression code point size exceeds limit: size: {len(text)}, limit 100000"
        raise CelError("limit", message, 0, "parse")
    tokens: list[Any] = []
    append = tokens.append
    for match in _SCANNER.finditer(text):
        group: int = match.lastindex or 0
        token = match[group]
        kind = _KINDS[group]
        if kind is _OPERATOR or token in _WORDS:
            kind = token
        elif kind is STRING:
            if token[0] in "bB":
                kind = BYTES
        elif kind is _WRONG:
            raise _unrecognized(text, match.start(group))
        append(kind)
        append(token)
        append(match.start(group))
        if kind is END:
            break
    return tokens


def _unrecognized(text: str, offset: int) -> CelError:
    """Return the error of a character no token begins with, or of an unfinished string."""
    wrong = text[offset]
    if wrong in "'\"`":
        wrong = text[offset:].split("\n", 1)[0]
    return CelError(
        "syntax", f"Syntax error: token recognition error at: '{wrong}'", offset, "parse"
    )
