"""Functions on strings; indices count code points. Twin: `cel-go/ext/strings.go`."""

from __future__ import annotations

from krm_fn.cel.errors import CelError
from krm_fn.cel.operators import MAXIMUM_SIZE, checked_size, overload_error
from krm_fn.cel.values.kinds import Value
from krm_fn.cel.values.text import display

_WHITE_SPACE = (
    "\t\n\v\f\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_UPPER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
_QUOTED = str.maketrans(
    {
        "\a": "\\a",
        "\b": "\\b",
        "\f": "\\f",
        "\n": "\\n",
        "\r": "\\r",
        "\t": "\\t",
        "\v": "\\v",
        "\\": "\\\\",
        '"': '\\"',
    }
)


def _out_of_range(position: int) -> CelError:
    return CelError("index_out_of_range", f"index out of range: {position}")


def char_at(text: str, position: int) -> str:
    """Return one code point; the empty string right behind the end."""
    if 0 <= position <= len(text):
        return text[position : position + 1]
    raise _out_of_range(position)


def index_of(text: str, part: str, start: int = 0) -> int:
    """Return where `part` first occurs from `start` on, or -1."""
    if start < 0:
        raise _out_of_range(start)
    if not part:
        return min(start, len(text))
    return text.find(part, start)


def last_index_of(text: str, part: str, start: int | None = None) -> int:
    """Return where `part` last occurs at or before `start`, or -1."""
    if start is None:
        return text.rfind(part)
    if start < 0:
        raise _out_of_range(start)
    if not part:
        return min(start, len(text))
    return -1 if start >= len(text) else text.rfind(part, 0, start + len(part))


def substring(text: str, start: int, end: int | None = None) -> str:
    """Return the code points from `start` up to `end`."""
    size = len(text)
    if end is None:
        end = size
    elif start > end:
        raise CelError("other", f"invalid substring range. start: {start}, end: {end}")
    for position in (start, end):
        if not 0 <= position <= size:
            raise _out_of_range(position)
    return text[start:end]


def replace(text: str, old: str, new: str, limit: int = -1) -> str:
    """Return the text with the first `limit` (all if negative) occurrences replaced."""
    count = len(text) + 1 if not old else text.count(old)
    if count * len(new) > MAXIMUM_SIZE:
        count = count if limit < 0 else min(count, limit)
        size = len(text) + count * (len(new) - len(old))
        if size > MAXIMUM_SIZE:
            raise CelError("limit", f"value of size {size} exceeds the limit of {MAXIMUM_SIZE}")
    return text.replace(old, new, max(limit, -1))


def split(text: str, separator: str, limit: int = -1) -> list[str]:
    """Return at most `limit` (any number if negative) parts; no separator gives code points."""
    if limit == 0:
        return []
    if separator:
        return text.split(separator, limit - 1 if limit > 0 else -1)
    if limit < 0 or limit >= len(text):
        return list(text)
    return [*text[: limit - 1], text[limit - 1 :]]


def join(items: list[Value], separator: str = "") -> str:
    """Return the strings of a list put together."""
    try:
        return str(checked_size(separator.join(items)))
    except TypeError:
        wrong = next(item for item in items if type(item) is not str)
        raise CelError("other", f"join: invalid input: {display(wrong)}") from None


def lower_ascii(text: str) -> str:
    """Return the text with A to Z in lower case."""
    return text.lower() if text.isascii() else text.translate(_LOWER)


def upper_ascii(text: str) -> str:
    """Return the text with a to z in upper case."""
    return text.upper() if text.isascii() else text.translate(_UPPER)


def trim(text: str) -> str:
    """Return the text without Unicode white space at its ends."""
    return text.strip(_WHITE_SPACE)


def quote(text: str) -> str:
    """Return the text in double quotes, with the escapes of one letter."""
    return f'"{text.translate(_QUOTED)}"'


def contains(text: Value, part: Value) -> bool:
    """Return whether `part` occurs in the text."""
    if type(text) is str and type(part) is str:
        return part in text
    raise overload_error()


def starts_with(text: Value, part: Value) -> bool:
    """Return whether the text starts with `part`."""
    if type(text) is str and type(part) is str:
        return text.startswith(part)
    raise overload_error()


def ends_with(text: Value, part: Value) -> bool:
    """Return whether the text ends with `part`."""
    if type(text) is str and type(part) is str:
        return text.endswith(part)
    raise overload_error()


FUNCTIONS = {
    "charAt": {"string.charAt(int) -> string": char_at},
    "contains": {"string.contains(string) -> bool": contains},
    "endsWith": {"string.endsWith(string) -> bool": ends_with},
    "indexOf": {
        "string.indexOf(string) -> int": index_of,
        "string.indexOf(string, int) -> int": index_of,
    },
    "join": {
        "list(string).join() -> string": join,
        "list(string).join(string) -> string": join,
    },
    "lastIndexOf": {
        "string.lastIndexOf(string) -> int": last_index_of,
        "string.lastIndexOf(string, int) -> int": last_index_of,
    },
    "lowerAscii": {"string.lowerAscii() -> string": lower_ascii},
    "replace": {
        "string.replace(string, string) -> string": replace,
        "string.replace(string, string, int) -> string": replace,
    },
    "split": {
        "string.split(string) -> list(string)": split,
        "string.split(string, int) -> list(string)": split,
    },
    "startsWith": {"string.startsWith(string) -> bool": starts_with},
    "strings.quote": {"strings.quote(string) -> string": quote},
    "substring": {
        "string.substring(int) -> string": substring,
        "string.substring(int, int) -> string": substring,
    },
    "trim": {"string.trim() -> string": trim},
    "upperAscii": {"string.upperAscii() -> string": upper_ascii},
}
UNGUARDED = frozenset(("contains", "endsWith", "startsWith"))
