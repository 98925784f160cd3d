"""The values of literal tokens: numbers, strings, bytes.

In: the text of one token. Out: int, float, str or bytes, or `CelError` (stage parse) with code
`invalid_literal` or `invalid_escape`. Twins: `cel-go/parser/unescape.go` and the literal visitors
of `cel-go/parser/parser.go`; spec cel §3.
"""

from __future__ import annotations

import re
from math import isinf

from krm_fn.cel.errors import CelError

_INT_LIMIT = 1 << 63
_UINT_LIMIT = 1 << 64
_LONGEST_NUMBER = 4000
# `re` compiles and keeps it when the first escape is met.
_ESCAPES = (
    r"(?s)\\(?:[xX](?P<byte>[0-9a-fA-F]{2})|u(?P<short>[0-9a-fA-F]{4})|U(?P<long>[0-9a-fA-F]{8})"
    r"|(?P<octal>[0-3][0-7][0-7])|(?P<plain>[abfnrtv\"'\\?`])|(?P<wrong>.?))"
)
_PLAIN_ESCAPES = {
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "n": "\n",
    "r": "\r",
    "t": "\t",
    "v": "\v",
}


def int_value(token: str, offset: int, *, negative: bool = False) -> int:
    """Return the value of an int token, with the sign before it; refuse what int64 cannot hold."""
    number = _whole_number(token)
    if negative:
        number = -number
    if -_INT_LIMIT <= number < _INT_LIMIT:
        return number
    raise CelError("invalid_literal", "invalid int literal", offset, "parse")


def uint_value(token: str, offset: int) -> int:
    """Return the value of a uint token (it ends with `u`); refuse what uint64 cannot hold."""
    number = _whole_number(token[:-1])
    if number < _UINT_LIMIT:
        return number
    raise CelError("invalid_literal", "invalid uint literal", offset, "parse")


def float_value(token: str, offset: int, *, negative: bool = False) -> float:
    """Return the value of a double token, with the sign before it; refuse infinity."""
    number = float(token)
    if isinf(number):
        raise CelError("invalid_literal", "invalid double literal", offset, "parse")
    return -number if negative else number


def _whole_number(token: str) -> int:
    if token.startswith("0x"):
        return int(token, 0)
    digits = token.lstrip("0") or "0"
    return int(digits) if len(digits) < _LONGEST_NUMBER else _UINT_LIMIT


def string_value(token: str, offset: int) -> str:
    """Return the text of a string token: without its quotes, escapes replaced."""
    body, raw = _without_quotes(token)
    if raw or "\\" not in body:
        return body
    return re.sub(_ESCAPES, lambda match: _character(match, offset), body)


def bytes_value(token: str, offset: int) -> bytes:
    """Return the bytes of a bytes token: hexadecimal and octal escapes, and UTF-8 of the rest."""
    body, raw = _without_quotes(token[1:])
    if raw or "\\" not in body:
        return body.encode("utf-8", "surrogatepass")
    parts: list[bytes] = []
    position = 0
    for match in re.finditer(_ESCAPES, body):
        parts.append(body[position : match.start()].encode("utf-8", "surrogatepass"))
        if match["byte"] is not None or match["octal"] is not None:
            parts.append(bytes((ord(_character(match, offset)),)))
        elif match["plain"] is not None:
            parts.append(_character(match, offset).encode())
        else:
            _character(match, offset)
            raise CelError("invalid_escape", "unable to unescape string", offset, "parse")
        position = match.end()
    parts.append(body[position:].encode("utf-8", "surrogatepass"))
    return b"".join(parts)


def _without_quotes(token: str) -> tuple[str, bool]:
    """Return what stands between the quotes, line ends normalised, and whether it is raw."""
    raw = token[0] in "rR"
    if raw:
        token = token[1:]
    width = 3 if len(token) > 5 and token.startswith(("'''", '"""')) else 1
    body = token[width:-width]
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    return body, raw


def _character(match: re.Match[str], offset: int) -> str:
    plain = match["plain"]
    if plain is not None:
        return _PLAIN_ESCAPES.get(plain, plain)
    if match["octal"] is not None:
        return chr(int(match["octal"], 8))
    if match["wrong"] is not None:
        message = f"Syntax error: token recognition error at: '{match[0]}'"
        raise CelError("syntax", message, offset, "parse")
    point = int(match["byte"] or match["short"] or match["long"], 16)
    if point > 0x10FFFF or 0xD800 <= point <= 0xDFFF:
        raise CelError("invalid_escape", "invalid unicode code point", offset, "parse")
    return chr(point)
