"""Where something was written: a document and a path inside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from krm_fn.findings.finding import ResourceReference

PathPart = str | int

_PLAIN_FIELD = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*\Z")


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file.

    `line` and `column` count from 1; 0 means that only the file is known (under kpt, where the
    host read the file). `index` counts the documents of the file from 0.
    """

    file: str
    line: int = 0
    column: int = 0
    index: int = 0

    def __str__(self) -> str:
        if self.line:
            return f"{self.file}:{self.line}:{self.column}"
        return f"{self.file}[{self.index}]"


class SourceDocument(Protocol):
    """What an `Origin` needs of the document it points into (`yamlio.Document` is one)."""

    @property
    def file(self) -> str:
        """Name the file, relative to the root of its source; empty when unknown."""
        ...

    @property
    def reference(self) -> ResourceReference:
        """Name the resource that the document holds."""
        ...

    def position(self, path: Sequence[PathPart], *, key: bool = False) -> Position | None:
        """Find the place of the node at `path` (the nearest existing parent if it is absent).

        With `key`, the place of the mapping key instead of its value.
        """
        ...


@dataclass(frozen=True, slots=True)
class Origin:
    """A node of a source document. Cheap to make; the place is computed only when asked for."""

    document: SourceDocument
    path: tuple[PathPart, ...] = ()

    def child(self, *parts: PathPart) -> Origin:
        """Point below this node."""
        return Origin(self.document, self.path + parts)

    def position(self, *, key: bool = False) -> Position | None:
        """Find file, line and column of this node."""
        return self.document.position(self.path, key=key)

    @property
    def field(self) -> str:
        """The path as a JSON path without the leading `$.`: `spec.containers[0].image`."""
        return field_path(self.path)


def field_path(path: Sequence[PathPart]) -> str:
    """Write a path the way KRM results and kubectl do: `spec.containers[0].image`.

    Keys that are no plain word are written as `metadata.annotations["a.b/c"]`.
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        elif _PLAIN_FIELD.match(part):
            text += f".{part}" if text else part
        else:
            escaped = part.replace("\\", "\\\\").replace('"', '\\"')
            text += f'["{escaped}"]'
    return text
