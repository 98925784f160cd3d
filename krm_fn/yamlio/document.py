"""One document: plain data, and where it was written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from krm_fn.findings import Position, ResourceReference
from krm_fn.yamlio.source import Source

_PATHS = ("internal.config.kubernetes.io/path", "config.kubernetes.io/path")
_INDEXES = ("internal.config.kubernetes.io/index", "config.kubernetes.io/index")


class Document:
    """A mapping read from a file or received from a host.

    `data` is the plain content, `file` the slash-separated relative path ("" when unknown) and
    `index` the number of the document in that file, from 0. Satisfies `findings.SourceDocument`.
    """

    __slots__ = ("_prefix", "_source", "data", "file", "index")

    def __init__(
        self,
        data: dict[str, Any],
        file: str = "",
        index: int = 0,
        *,
        source: Source | None = None,
        prefix: tuple[str | int, ...] = (),
    ) -> None:
        self.data = data
        self.file = file
        self.index = index
        self._source = source
        self._prefix = prefix

    @classmethod
    def from_item(cls, data: dict[str, Any]) -> Document:
        """Wrap an item of a ResourceList; its path annotations, if any, say where it came from."""
        annotations = _mapping(_mapping(data, "metadata"), "annotations")
        file = next((_text(annotations, name) for name in _PATHS if name in annotations), "")
        index = next((_text(annotations, name) for name in _INDEXES if name in annotations), "")
        return cls(data, file, int(index) if file and index.isdecimal() else 0)

    def __repr__(self) -> str:
        return f"<Document {self.reference} {self.file}[{self.index}]>"

    @property
    def api_version(self) -> str:
        """The `apiVersion` field, "" if it is absent or no string."""
        return _text(self.data, "apiVersion")

    @property
    def kind(self) -> str:
        """The `kind` field, "" if it is absent or no string."""
        return _text(self.data, "kind")

    @property
    def name(self) -> str:
        """The `metadata.name` field, "" if it is absent or no string."""
        return _text(_mapping(self.data, "metadata"), "name")

    @property
    def namespace(self) -> str:
        """The `metadata.namespace` field as written, "" if it is absent or no string."""
        return _text(_mapping(self.data, "metadata"), "namespace")

    @property
    def reference(self) -> ResourceReference:
        """The resource this document holds."""
        return ResourceReference(self.api_version, self.kind, self.namespace, self.name)

    def position(self, path: Sequence[str | int], *, key: bool = False) -> Position | None:
        """Find the place of the node at `path`, of its nearest parent if it is absent.

        With `key`, the place of the mapping key instead of the value. Without the text (under
        kpt) only file and index are known; without a file (under kustomize) nothing is.
        """
        if self._source is not None:
            return self._source.position((*self._prefix, *path), key=key)
        return Position(self.file, index=self.index) if self.file else None


def _mapping(data: dict[str, Any], name: str) -> dict[str, Any]:
    value = data.get(name)
    return value if isinstance(value, dict) else {}


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name)
    return value if isinstance(value, str) else ""
