"""Finds `${…}` in a text (spec: rendering §2.2, §2.3; cel §2).

The scanner counts braces outside quotes and knows nothing else of the expression language:
no comments, raw strings or triple quotes. Upstream twin: `internal/template/engine.go`.
"""

from __future__ import annotations

import re

_SIMPLE = re.compile(r"\$\{([^'\"{}$\\]*)\}")

# The characters that Unicode calls white space. Python's `strip()` would also take U+001C..1F.
_WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


class NestedExpressionError(Exception):
    """A `${` inside an expression and outside quotes. `text` runs from the outer to the inner."""

    def __init__(self, text: str, start: int) -> None:
        super().__init__(text)
        self.text = text
        self.start = start


class Match:
    """One `${…}`: its place in the text and the expression between the braces, untrimmed."""

    __slots__ = ("end", "expression", "start")

    def __init__(self, start: int, end: int, expression: str) -> None:
        self.start = start
        self.end = end
        self.expression = expression


def scan(text: str) -> list[Match]:
    """Find every expression of a text, in order.

    An expression that is never closed ends the search; what was found before still counts.
    Raises NestedExpressionError.
    """
    found: list[Match] = []
    start = text.find("${")
    while start >= 0:
        simple = _SIMPLE.match(text, start)
        if simple is not None:
            end = simple.end()
        else:
            end = _closing(text, start)
            if end < 0:
                break
        found.append(Match(start, end, text[start + 2 : end - 1]))
        start = text.find("${", end)
    return found


def _closing(text: str, start: int) -> int:
    """Find the end of the expression that opens at `start`; -1 if it is not closed."""
    depth = 1
    quote = ""
    escaped = False
    position = start + 2
    size = len(text)
    while position < size:
        character = text[position]
        if quote:
            if character == "\\":
                escaped = not escaped
            else:
                if character == quote and not escaped:
                    quote = ""
                escaped = False
        elif character in "'\"":
            quote = character
        elif character == "{":
            depth += 1
        elif character == "}":
            depth -= 1
            if not depth:
                return position + 1
        elif character == "$" and text.startswith("{", position + 1):
            raise NestedExpressionError(text[start : position + 2], start)
        position += 1
    return -1


def is_whole(match: Match, text: str) -> bool:
    """Say whether an expression is all there is in a text, white space around it aside."""
    return text[match.start : match.end] == text.strip(_WHITE_SPACE)
