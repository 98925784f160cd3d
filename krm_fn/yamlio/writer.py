"""Data → text: block style, stable, read back the same by every host.

Source: spec krm §0.6 and §8; the shape is that of `kubectl -o yaml` (dashes not indented, no
anchors, no line folding), the numbers are those of Go's JSON encoder.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

from krm_fn.yamlio.quoting import double_quoted, literal_header, plain_or_quoted

_CACHE_LIMIT = 50_000
_CACHED_LENGTH = 120

_SCALARS = frozenset((int, float, bool, type(None)))
_COLLECTIONS = frozenset((dict, list))

_WRITTEN: dict[str, str] = {}


def dump(value: Any, *, sort_keys: bool = False) -> str:
    """Write one value as a YAML document that ends with a line feed.

    Takes dict, list, str, int, float, bool and None; any other object is written as what its
    `__json__()` returns. Keys come in the given order, or sorted. Raises TypeError for other
    objects and ValueError for NaN and infinities, which JSON does not have.
    """
    if len(_WRITTEN) > _CACHE_LIMIT:
        _WRITTEN.clear()
    writer = _Writer(sort_keys=sort_keys)
    value = _plainly(value)
    if isinstance(value, dict) and value:
        writer.mapping(value, "", "")
    elif isinstance(value, list) and value:
        writer.sequence(value, "")
    elif isinstance(value, str):
        writer.lines.append(double_quoted(value))
    else:
        writer.lines.append(_scalar(value))
    writer.lines.append("")
    return "\n".join(writer.lines)


def dump_all(values: Iterable[Any], *, sort_keys: bool = False) -> str:
    """Write a stream of documents, separated by `---`."""
    return "---\n".join([dump(value, sort_keys=sort_keys) for value in values])


def dump_json(value: Any) -> str:
    """Write one value as indented JSON with a final line feed, numbers as `dump` writes them."""
    return json.dumps(to_json(value), ensure_ascii=False, indent=2) + "\n"


def to_json(value: Any) -> Any:
    """Copy a value into what `json` writes the way Go does: whole floats become integers."""
    if isinstance(value, dict):
        return {key: to_json(child) for key, child in value.items()}
    if isinstance(value, (list, tuple)):
        return [to_json(child) for child in value]
    if isinstance(value, float):
        if not math.isfinite(value):
            raise ValueError(f"{value} has no JSON form")
        return _integer(value) if value.is_integer() and abs(value) < 1e21 else value
    if value is None or isinstance(value, (str, int)):
        return value
    return to_json(_hook(value))


def number_text(value: float) -> str:
    """Write a number as Go's JSON encoder does. Raises ValueError for NaN and infinities."""
    if isinstance(value, int):
        return str(int(value))
    if not math.isfinite(value):
        raise ValueError(f"{value} has no JSON form")
    size = abs(value)
    if size < 1e21:
        if value.is_integer():
            return str(_integer(value))
        if size >= 1e-6:
            text = repr(float(value))
            return _without_exponent(text) if "e" in text else text
    mantissa, _, exponent = repr(float(value)).partition("e")
    return f"{mantissa.removesuffix('.0')}e{exponent[0]}{exponent[1:].lstrip('0')}"


def _integer(value: float) -> int:
    """Turn a whole float into the integer that Go writes: its shortest digits, then zeros."""
    if abs(value) < 1 << 53:
        return int(value)
    return int(_without_exponent(repr(value)))


def _without_exponent(text: str) -> str:
    from decimal import Decimal

    return format(Decimal(text).normalize(), "f")


def _hook(value: Any) -> Any:
    convert = getattr(value, "__json__", None)
    if convert is None:
        raise TypeError(f"cannot write a {type(value).__name__} as YAML")
    return convert()


def _string(text: str) -> str:
    written = plain_or_quoted(text)
    if len(text) <= _CACHED_LENGTH:
        _WRITTEN[text] = written
    return written


def _scalar(value: Any) -> str:
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, (int, float)):
        return number_text(value)
    if isinstance(value, str):
        return _string(str(value))
    return "{}" if isinstance(value, dict) else "[]"


def _plainly(value: Any) -> Any:
    """Turn an object of a derived class into one of the classes that JSON has."""
    if isinstance(value, dict):
        return dict(value)
    if isinstance(value, (list, tuple)):
        return list(value)
    if isinstance(value, str):
        return str(value)
    if value is None or value.__class__ in _SCALARS:
        return value
    if isinstance(value, int):
        return int(value)
    return float(value) if isinstance(value, float) else _plainly(_hook(value))


class _Writer:
    """Gathers the lines of one document."""

    __slots__ = ("_sort_keys", "lines")

    def __init__(self, *, sort_keys: bool) -> None:
        self.lines: list[str] = []
        self._sort_keys = sort_keys

    def mapping(self, value: dict[str, Any], first: str, indent: str) -> None:
        """Write a mapping; its first line begins with `first`, the others with `indent`."""
        lines, known = self.lines, _WRITTEN
        for key in sorted(value) if self._sort_keys else value:
            child = value[key]
            name = known.get(key) or _string(key)
            kind = child.__class__
            if kind is str:
                if "\n" in child and (header := literal_header(child)):
                    lines.append(f"{first}{name}: {header}")
                    self._literal(child, indent)
                else:
                    lines.append(f"{first}{name}: {known.get(child) or _string(child)}")
            elif kind is dict and child:
                lines.append(f"{first}{name}:")
                inner = indent + "  "
                self.mapping(child, inner, inner)
            elif kind is list and child:
                lines.append(f"{first}{name}:")
                self.sequence(child, indent)
            elif kind is int:
                lines.append(f"{first}{name}: {child}")
            elif kind in _SCALARS or (kind in _COLLECTIONS and not child):
                lines.append(f"{first}{name}: {_scalar(child)}")
            else:
                self.mapping({key: _plainly(child)}, first, indent)
            first = indent

    def sequence(self, value: list[Any], indent: str) -> None:
        """Write a list whose dashes stand at this indentation."""
        lines, known = self.lines, _WRITTEN
        dash = indent + "- "
        inner = indent + "  "
        for child in value:
            kind = child.__class__
            if kind is str:
                if "\n" in child and (header := literal_header(child)):
                    lines.append(dash + header)
                    self._literal(child, indent)
                else:
                    lines.append(dash + (known.get(child) or _string(child)))
            elif kind is dict and child:
                self.mapping(child, dash, inner)
            elif kind is list and child:
                start = len(lines)
                self.sequence(child, inner)
                lines[start] = dash + lines[start][len(inner) :]
            elif kind in _SCALARS or (kind in _COLLECTIONS and not child):
                lines.append(dash + _scalar(child))
            else:
                self.sequence([_plainly(child)], indent)

    def _literal(self, text: str, indent: str) -> None:
        margin = indent + "  "
        content = text.removesuffix("\n").split("\n")
        self.lines.extend([margin + line if line else "" for line in content])
