"""The quick reader: documents written in the shape that nearly all of them have.

Block mappings and lists, one scalar or simple flow collection per line, literal blocks, JSON.
Anything else (anchors, tags, scalars over several lines, whatever looks wrong or needs a
warning) raises `UncommonError`, and `compose` reads the document instead. So this module never
reports: what it accepts is sound, and means the same as to the thorough reader.
"""

from __future__ import annotations

import re
from typing import Any

from krm_fn.yamlio.flow import Flow, scanstring
from krm_fn.yamlio.json_text import read_json
from krm_fn.yamlio.limits import DEPTH_LIMIT, UncommonError
from krm_fn.yamlio.scalars import BOOLEAN_WORDS, DATE, Mode, NotFiniteError, resolve

_CACHE_LIMIT = 50_000
_CACHED_LENGTH = 120
_PARAGRAPH = 50
_NO_PARAGRAPH = frozenset(["", *"\"'{[|>#-"])

_KEY = re.compile(r"[A-Za-z0-9_$./][A-Za-z0-9_$./{}()+@-]*\Z", re.ASCII)
_QUOTED_KEY = re.compile(r"\"([^\"\\]*)\"\Z|'([^']*)'\Z")
_SINGLE_QUOTED = re.compile(r"'((?:[^']|'')*)'(?: +#.*)?\Z")
_TAIL = re.compile(r"(?: +#.*)?\Z")
_HEADER = re.compile(r"[|>]([-+]?)(?: +#.*)?\Z")
_OTHER_BREAKS = "\x85\u2028\u2029\ufeff"
_NEVER_PLAIN = frozenset("&*!%@`?,]}:\t")

_MISSING: Any = object()
_NESTED: Any = object()
_BLOCK: Any = object()
_OPEN: Any = object()

_KEYS: dict[str, str] = {}
_SCALARS: dict[Mode, dict[str, Any]] = {
    "kustomize": {"": _NESTED},
    "kubernetes": {"": _NESTED},
}


def read_blocks(text: str, mode: Mode) -> Any:
    """Read one document (line ends are LF). Raises UncommonError where that takes more care."""
    is_json = text.lstrip(" \n")[:1] == "{"
    if not text.isascii() and not is_json and any(map(text.__contains__, _OTHER_BREAKS)):
        raise UncommonError
    lines = text.split("\n")
    last_line_ended = lines[-1] == ""
    if last_line_ended:
        lines.pop()
    start = _skip(lines, 0)
    if start < len(lines) and lines[start].startswith("---"):
        if not _TAIL.match(lines[start][3:].rstrip(" ")):
            raise UncommonError
        start = _skip(lines, start + 1)
    if start == len(lines):
        return None
    first = lines[start].lstrip(" ")
    if first[0] == "{":
        return read_json("\n".join(lines[start:]))
    reader = _Blocks(lines, mode, last_line_ended=last_line_ended)
    value, end = reader.node(start, len(lines[start]) - len(first))
    if _skip(lines, end) != len(lines):
        raise UncommonError
    return value


def plain(text: str, mode: Mode) -> Any:
    """Read a plain scalar that deserves no remark. Raises UncommonError for the others."""
    try:
        value = resolve(text, mode)
    except NotFiniteError as error:
        raise UncommonError from error
    if (
        mode == "kustomize"
        and value.__class__ is str
        and (text in BOOLEAN_WORDS or (text[:4].isdecimal() and DATE.match(text)))
    ):
        raise UncommonError
    return value


def _skip(lines: list[str], index: int) -> int:
    """Find the next line that is neither blank nor a comment."""
    end = len(lines)
    while index < end:
        content = lines[index].lstrip(" ")
        if content and content[0] != "#":
            return index
        index += 1
    return end


class _Blocks:
    """Reads the lines of one document; every method takes and returns line numbers."""

    __slots__ = ("_cache", "_end", "_flow", "_last_line_ended", "_lines", "_mode")

    def __init__(self, lines: list[str], mode: Mode, *, last_line_ended: bool) -> None:
        self._lines = lines
        self._end = len(lines)
        self._mode = mode
        self._cache = _SCALARS[mode]
        self._last_line_ended = last_line_ended
        self._flow = Flow(lambda text: plain(text, mode))
        if len(self._cache) > _CACHE_LIMIT:
            self._cache.clear()
            self._cache[""] = _NESTED

    def node(self, index: int, indent: int) -> tuple[Any, int]:
        """Read the block that begins on a line at this indentation."""
        if indent > DEPTH_LIMIT:
            raise UncommonError
        line = self._lines[index]
        if line[indent] == "-" and (len(line) == indent + 1 or line[indent + 1] == " "):
            return self.sequence(index, indent)
        return self.mapping(index, indent)

    def mapping(self, index: int, indent: int) -> tuple[dict[str, Any], int]:
        """Read a block mapping whose keys stand at this indentation."""
        lines, end, cache, keys = self._lines, self._end, self._cache, _KEYS
        result: dict[str, Any] = {}
        line = lines[index]
        while True:
            written, colon, rest = line[indent:].partition(": ")
            key = keys.get(written + colon)
            if key is None:
                key = _key(written + colon)
            if key in result:
                raise UncommonError
            index += 1
            value = cache.get(rest, _MISSING)
            if value is _MISSING:
                value = self._value(rest)
            if value is _NESTED:
                value, index = self._nested(index, indent)
            elif value is _BLOCK:
                value, index = self._block(rest, index, indent)
            elif value is _OPEN:
                value, index = self._quoted(rest, index, indent)
            result[key] = value
            after = index
            while index < end:
                line = lines[index]
                content = line.lstrip(" ")
                if content and content[0] != "#":
                    break
                index += 1
            else:
                return result, index
            column = len(line) - len(content)
            if column > indent and index == after:
                result[key], index = self._continued(rest, index, indent)
                if index == end:
                    return result, index
                line = lines[index]
                column = len(line) - len(line.lstrip(" "))
            if column != indent:
                if column > indent:
                    raise UncommonError
                return result, index

    def sequence(self, index: int, indent: int) -> tuple[list[Any], int]:
        """Read a block sequence whose dashes stand at this indentation."""
        lines, end, cache = self._lines, self._end, self._cache
        result: list[Any] = []
        line = lines[index]
        while True:
            rest = line[indent + 1 :]
            value = cache.get(rest, _MISSING)
            if value is _MISSING:
                content = rest.lstrip(" ")
                column = len(line) - len(content)
                if content[:2] == "- " or content == "-":
                    value, index = self.node(index, column)
                elif content[:1] not in "\"'{[|>#" and (": " in content or content[-1:] == ":"):
                    value, index = self.mapping(index, column)
                else:
                    value = self._value(rest)
                    index += 1
            else:
                index += 1
            if value is _NESTED:
                value, index = self._nested(index, indent, in_sequence=True)
            elif value is _BLOCK:
                value, index = self._block(rest, index, indent)
            elif value is _OPEN:
                value, index = self._quoted(rest, index, indent)
            result.append(value)
            after = index
            while index < end:
                line = lines[index]
                content = line.lstrip(" ")
                if content and content[0] != "#":
                    break
                index += 1
            else:
                return result, index
            column = len(line) - len(content)
            if column > indent and index == after:
                result[-1], index = self._continued(rest, index, indent)
                if index == end:
                    return result, index
                line = lines[index]
                content = line.lstrip(" ")
                column = len(line) - len(content)
            if column != indent:
                if column > indent:
                    raise UncommonError
                return result, index
            if content[:2] != "- " and content != "-":
                return result, index

    def _nested(self, index: int, indent: int, *, in_sequence: bool = False) -> tuple[Any, int]:
        """Read what stands on the lines below a key or dash that has nothing after it."""
        index = _skip(self._lines, index)
        if index == self._end:
            return None, index
        line = self._lines[index]
        column = len(line) - len(line.lstrip(" "))
        if column > indent:
            return self.node(index, column)
        if column == indent and not in_sequence and (line[column:] + " ")[:2] == "- ":
            return self.sequence(index, column)
        return None, index

    def _value(self, rest: str) -> Any:
        """Read what follows a colon or dash on its line, or say that it continues below."""
        text = rest.strip(" ")
        if not text or text[0] == "#":
            value = _NESTED
        elif text[0] in "\"'":
            value = _quoted(text)
            if value is _OPEN:
                return value
        elif text[0] in "|>":
            return _BLOCK
        elif text[0] in "{[":
            return self._flow.read(text)
        else:
            comment = text.find(" #")
            if comment >= 0:
                text = text[:comment].rstrip(" ")
            if (
                text[0] in _NEVER_PLAIN
                or ": " in text
                or text[-1] == ":"
                or "\t" in text
                or (text[0] == "-" and text[1:2] in {"", " "})
            ):
                raise UncommonError
            value = plain(text, self._mode)
        if len(rest) <= _CACHED_LENGTH:
            self._cache[rest] = value
        return value

    def _quoted(self, rest: str, index: int, indent: int) -> tuple[str, int]:
        """Read a quoted scalar over several lines of one paragraph."""
        text = rest.strip(" ")
        for following in range(index, min(index + _PARAGRAPH, self._end)):
            line = self._lines[following]
            content = line.strip(" ")
            if not content or "\t" in content or line[: indent + 1].strip(" "):
                break
            text = f"{text} {content}"
            value = _quoted(text)
            if value is not _OPEN:
                return value, following + 1
        raise UncommonError

    def _continued(self, rest: str, index: int, indent: int) -> tuple[Any, int]:
        """Read a plain scalar over several lines of one paragraph, the first of them known."""
        first = rest.strip(" ")
        if first[:1] in _NO_PARAGRAPH or " #" in rest or ": " in first or first[-1] == ":":
            raise UncommonError
        parts = [first]
        while index < self._end:
            line = self._lines[index]
            content = line.strip(" ")
            if line[: indent + 1].strip(" "):
                break
            if (
                not content
                or content[0] == "#"
                or ": " in content
                or content[-1] == ":"
                or " #" in content
                or "\t" in content
            ):
                raise UncommonError
            parts.append(content)
            index += 1
        return plain(" ".join(parts), self._mode), index

    def _block(self, rest: str, index: int, indent: int) -> tuple[str, int]:
        """Read a literal block, or a folded one that is a single paragraph."""
        header = rest.strip(" ")
        match = _HEADER.match(header)
        if match is None:
            raise UncommonError
        lines, end = self._lines, self._end
        first = index
        while first < end and not lines[first].strip(" "):
            first += 1
        if first == end:
            raise UncommonError
        content = lines[first].lstrip(" ")
        column = len(lines[first]) - len(content)
        if column <= indent or content[0] == "\t":
            raise UncommonError
        if any(len(lines[blank]) > column for blank in range(index, first)):
            raise UncommonError
        margin = " " * column
        taken: list[str] = []
        while index < end:
            line = lines[index]
            if line.startswith(margin):
                taken.append(line[column:])
            elif line.strip(" "):
                break
            else:
                taken.append("")
            index += 1
        if index == end and not self._last_line_ended:
            raise UncommonError
        text = _fold(taken) if header[0] == ">" else "\n".join(taken)
        if match[1] == "+":
            return text + "\n", index
        text = text.rstrip("\n")
        return (text if match[1] == "-" else text + "\n"), index


def _fold(lines: list[str]) -> str:
    """Join the lines of a folded block: breaks stay around lines that are indented further."""
    text = ""
    empty = 0
    indented: bool | None = None
    for line in lines:
        if not line:
            empty += 1
            continue
        more = line[0] in " \t"
        if indented is None:
            text = "\n" * empty
        elif indented or more:
            text += "\n" + "\n" * empty
        else:
            text += "\n" * empty or " "
        text += line
        indented = more
        empty = 0
    return text + "\n" * empty


def _key(written: str) -> str:
    """Check and keep a key, given with its colon. Raises UncommonError for an unusual one."""
    text = written.removesuffix(" ")
    if text[-1:] != ":":
        raise UncommonError
    text = text[:-1]
    match = _QUOTED_KEY.match(text)
    if match is not None:
        key: str = match[1] if match[1] is not None else match[2]
    else:
        if not _KEY.match(text) or text in BOOLEAN_WORDS:
            raise UncommonError
        if plain(text, "kustomize").__class__ is not str:
            raise UncommonError
        key = text
    if len(_KEYS) > _CACHE_LIMIT:
        _KEYS.clear()
    _KEYS[written] = key
    return key


def _quoted(text: str) -> Any:
    """Read a quoted scalar whose escapes JSON knows too; `_OPEN` if it does not end here."""
    if text[0] == "'":
        match = _SINGLE_QUOTED.match(text)
        return _OPEN if match is None else match[1].replace("''", "'")
    if "\\u" in text:
        raise UncommonError
    try:
        value, end = scanstring(text, 1)
    except ValueError:
        return _OPEN
    if end != len(text) and not _TAIL.match(text, end):
        raise UncommonError
    return value
