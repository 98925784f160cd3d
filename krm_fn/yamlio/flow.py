"""Simple flow collections on one line: `{name: http, port: 80}`, `["sh", "-c"]`."""

from __future__ import annotations

import re
from collections.abc import Callable
from json import decoder
from typing import Any

from krm_fn.yamlio.limits import UncommonError
from krm_fn.yamlio.scalars import BOOLEAN_WORDS

_KEY = re.compile(r"(?:\"([^\"\\]*)\" *: *|([A-Za-z0-9_./][A-Za-z0-9_./-]*): +)")
_PLAIN = re.compile(r"[A-Za-z0-9_./$+][^,\[\]{}:#\t]*|-[^\s,\[\]{}:#][^,\[\]{}:#\t]*")
_SINGLE_QUOTED = re.compile(r"'((?:[^']|'')*)'")
_DEPTH_LIMIT = 20

scanstring: Callable[[str, int], tuple[str, int]] = decoder.scanstring  # type: ignore[attr-defined]


class Flow:
    """Reads one flow collection; `plain` gives the meaning of a plain scalar."""

    __slots__ = ("_plain",)

    def __init__(self, plain: Callable[[str], Any]) -> None:
        self._plain = plain

    def read(self, text: str) -> Any:
        """Read the collection that is the whole text. Raises UncommonError for anything else."""
        if text == "{}":
            return {}
        if text == "[]":
            return []
        value, end = self._value(text, 0, 0)
        if end != len(text):
            raise UncommonError
        return value

    def _value(self, text: str, start: int, depth: int) -> tuple[Any, int]:
        first = text[start : start + 1]
        if first == "{":
            return self._mapping(text, start + 1, depth + 1)
        if first == "[":
            return self._sequence(text, start + 1, depth + 1)
        if first == '"':
            try:
                value, end = scanstring(text, start + 1)
            except ValueError as error:
                raise UncommonError from error
            if "\\u" in text[start:end]:
                raise UncommonError
            return value, end
        if first == "'":
            match = _SINGLE_QUOTED.match(text, start)
            if match is None:
                raise UncommonError
            return match[1].replace("''", "'"), match.end()
        match = _PLAIN.match(text, start)
        if match is None:
            raise UncommonError
        return self._plain(match[0].rstrip(" ")), match.end()

    def _mapping(self, text: str, start: int, depth: int) -> tuple[dict[str, Any], int]:
        result: dict[str, Any] = {}
        while True:
            start = _spaces(text, start)
            if text[start] == "}":
                return result, start + 1
            match = _KEY.match(text, start)
            if match is None or depth > _DEPTH_LIMIT:
                raise UncommonError
            key = match[1] if match[1] is not None else self._key(match[2])
            if key in result:
                raise UncommonError
            result[key], start = self._value(text, match.end(), depth)
            start = self._separator(text, start, "}")

    def _key(self, written: str) -> str:
        if written in BOOLEAN_WORDS or self._plain(written).__class__ is not str:
            raise UncommonError
        return written

    def _sequence(self, text: str, start: int, depth: int) -> tuple[list[Any], int]:
        result: list[Any] = []
        while True:
            start = _spaces(text, start)
            if text[start] == "]":
                return result, start + 1
            if depth > _DEPTH_LIMIT:
                raise UncommonError
            value, start = self._value(text, start, depth)
            result.append(value)
            start = self._separator(text, start, "]")

    @staticmethod
    def _separator(text: str, start: int, closing: str) -> int:
        start = _spaces(text, start)
        if text[start] == closing:
            return start
        if text[start] != ",":
            raise UncommonError
        return start + 1


def _spaces(text: str, start: int) -> int:
    while text[start : start + 1] == " ":
        start += 1
    if start == len(text):
        raise UncommonError
    return start
