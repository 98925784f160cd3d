"""The text of a ResourceList, cut into the pieces that are kept as they stand.

What a function passes on it should not touch: comments, quoting and number spellings belong to
the user. So items that stay are slices of the text that came in, and only new items are written.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from krm_fn import yamlio

_KEY: Final = re.compile(r"([A-Za-z][A-Za-z0-9]*):(?=\s|\Z)")
_DASH: Final = re.compile(r"( *)-(?=\s|\Z)")
_ALIAS: Final = re.compile(r"(?:[-:,\[{][ \n]+|[\[{,])\*\w")
_ENVELOPE: Final = {"apiVersion", "kind"}
_DROPPED: Final = frozenset({"items", "results"})


@dataclass(frozen=True, slots=True)
class Envelope:
    """A ResourceList as data and as text.

    `items[i]` was written as `slices[i]`, a block sequence entry with its dash, from line
    `lines[i]` on (counted from 1). `head` and `tail` are the other top-level keys before and after
    `items`. `slices` is empty where the text is not written in block style (JSON, say); then
    everything is written anew.
    """

    data: dict[str, Any]
    head: str = ""
    slices: tuple[str, ...] = ()
    tail: str = ""
    lines: tuple[int, ...] = ()

    @property
    def items(self) -> Sequence[Any]:
        """The items, as read."""
        items = self.data.get("items")
        return items if isinstance(items, list) else []

    @property
    def function_config(self) -> Any:
        """The configuration, as read; None if absent."""
        return self.data.get("functionConfig")

    def item_at(self, line: int) -> int | None:
        """Find the item that was written on a line of the text; None if it is none."""
        if not self.lines or line < self.lines[0]:
            return None
        number = bisect_right(self.lines, line) - 1
        size = self.slices[number].count("\n")
        return number if line < self.lines[number] + size else None

    def write(
        self, kept: Iterable[int], added: Sequence[dict[str, Any]], results: Sequence[object]
    ) -> str:
        """Write a ResourceList of the items `kept` (by index, in this order) and those `added`.

        Out: YAML text, never without `items`.
        """
        kept = list(kept)
        if self.items and (not self.slices or self._entangled(kept)):
            return self._write_anew(kept, added, results)
        head = self.head or f"apiVersion: {_version(self.data)}\nkind: ResourceList\n"
        pieces = [self.slices[index] for index in kept]
        pieces += [_entry(resource) for resource in added]
        items = "".join(["items:\n", *pieces]) if pieces else "items: []\n"
        text = f"{head}{items}{self.tail}"
        return f"{text}{yamlio.dump({'results': list(results)})}" if results else text

    def _entangled(self, kept: Sequence[int]) -> bool:
        """Whether what stays may lose the anchor that an alias of it points to."""
        return len(kept) < len(self.slices) and any(
            _ALIAS.search(text) for text in (*(self.slices[index] for index in kept), self.tail)
        )

    def _write_anew(
        self, kept: Iterable[int], added: Sequence[dict[str, Any]], results: Sequence[object]
    ) -> str:
        items = [self.items[index] for index in kept]
        answer: dict[str, Any] = {
            "apiVersion": _version(self.data),
            "kind": "ResourceList",
            "items": [*items, *added],
        }
        if self.function_config is not None:
            answer["functionConfig"] = self.function_config
        if results:
            answer["results"] = list(results)
        return yamlio.dump(answer)


def cut(text: str, data: dict[str, Any]) -> Envelope:
    """Find the pieces of a ResourceList that was read as `data` from `text`."""
    chunks = _top_level(text)
    if [chunk.name for chunk in chunks] != list(data) or not data.keys() >= _ENVELOPE:
        return Envelope(data)
    head, tail = "", ""
    entries: tuple[_Chunk, ...] = ()
    seen = False
    for chunk in chunks:
        if chunk.name == "items":
            entries, seen = _entries(chunk), True
        elif chunk.name not in _DROPPED:
            head, tail = (head, tail + chunk.text) if seen else (head + chunk.text, tail)
    items = data.get("items")
    if len(entries) != (len(items) if isinstance(items, list) else 0):
        return Envelope(data)
    slices = tuple(entry.text for entry in entries)
    return Envelope(data, head, slices, tail, tuple(entry.line for entry in entries))


class _Chunk:
    """Consecutive lines of the text; `line` is the number of the first, from 1."""

    __slots__ = ("line", "lines", "name")

    def __init__(self, name: str, line: int, lines: list[str]) -> None:
        self.name = name
        self.line = line
        self.lines = lines

    @property
    def text(self) -> str:
        text = "".join(self.lines)
        return text if text.endswith("\n") else f"{text}\n"


def _top_level(text: str) -> list[_Chunk]:
    """Cut a block mapping at column 0 at its keys. A leading `---` and comments go."""
    chunks: list[_Chunk] = []
    for number, line in enumerate(_lines(text), 1):
        key = _KEY.match(line)
        if key is not None:
            chunks.append(_Chunk(key.group(1), number, [line]))
        elif line.startswith(("---", "...", "%")):
            if chunks:
                return []
        elif chunks:
            chunks[-1].lines.append(line)
        elif line.strip() and not line.startswith("#"):
            return []
    return chunks


def _entries(items: _Chunk) -> tuple[_Chunk, ...]:
    """Cut the lines of `items:` at the dashes of the sequence itself, and move it to column 0."""
    indent: str | None = None
    entries: list[_Chunk] = []
    for number, line in enumerate(items.lines[1:], items.line + 1):
        found = _DASH.match(line)
        if found is not None and indent in (None, found.group(1)):
            indent = found.group(1)
            entries.append(_Chunk("", number, [line]))
        elif entries:
            entries[-1].lines.append(line)
    width = len(indent or "")
    for entry in entries:
        entry.lines = _unindented(entry.lines, width)
    return tuple(entries)


def _unindented(lines: list[str], width: int) -> list[str]:
    if not width:
        return lines
    return [line if line[:width].strip() else line[width:] or "\n" for line in lines]


def _entry(resource: dict[str, Any]) -> str:
    """Write a resource as an entry of a block sequence."""
    first, *rest = _lines(yamlio.dump(resource))
    return f"- {first}" + "".join(f"  {line}" if line != "\n" else line for line in rest)


def _lines(text: str) -> list[str]:
    """Split at line feeds only (`str.splitlines` knows a dozen more separators)."""
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]


def _version(data: dict[str, Any]) -> str:
    version = data.get("apiVersion")
    return version if isinstance(version, str) and version else "config.kubernetes.io/v1"
