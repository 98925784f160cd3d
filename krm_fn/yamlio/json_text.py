"""The quick reader of JSON documents; see `blocks`. Numbers mean what they mean in YAML."""

from __future__ import annotations

import json
import re
from typing import Any

from krm_fn.yamlio.limits import DEPTH_LIMIT, UncommonError
from krm_fn.yamlio.scalars import number

_BRACKETS = re.compile(r'"(?:[^"\\]|\\.)*"|([\[{])|([\]}])', re.DOTALL)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise UncommonError
    return result


def _number(text: str) -> int | float:
    value = number(text)
    if value is None:
        raise UncommonError
    return value


def _constant(text: str) -> Any:
    raise UncommonError(text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_float=_number,
    parse_int=_number,
    parse_constant=_constant,
)


def read_json(text: str) -> Any:
    """Read one JSON value. Raises UncommonError for anything that deserves a second look."""
    if "\\ud" in text or "\\uD" in text:
        raise UncommonError
    if text.count("{") + text.count("[") > DEPTH_LIMIT:
        depth = 0
        for match in _BRACKETS.finditer(text):
            depth += (match[1] is not None) - (match[2] is not None)
            if depth > DEPTH_LIMIT:
                raise UncommonError
    text = text.lstrip(" \n")
    try:
        value, end = _DECODER.raw_decode(text)
    except ValueError as error:
        raise UncommonError from error
    if text[end:].strip(" \n"):
        raise UncommonError
    return value
