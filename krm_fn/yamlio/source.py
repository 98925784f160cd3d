"""One YAML document's text and the places inside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from krm_fn.findings import Position

if TYPE_CHECKING:
    from yaml.nodes import Node


class Source:
    """The text of one document of a file; its nodes are composed only when a place is asked for.

    `first_line` is the number of lines of the file before this text.
    """

    __slots__ = ("_root", "file", "first_line", "index", "text")

    def __init__(self, text: str, file: str, first_line: int, index: int) -> None:
        self.text = text
        self.file = file
        self.first_line = first_line
        self.index = index
        self._root: Node | None = None

    def place(self, line: int, column: int) -> Position:
        """Turn a zero-based line and column of the text into a place in the file."""
        return Position(self.file, self.first_line + line + 1, column + 1, self.index)

    def position(self, path: Sequence[str | int], *, key: bool) -> Position:
        """Find the node at `path`, or its nearest existing parent."""
        from krm_fn.yamlio.compose import compose

        if self._root is None:
            self._root = compose(self.text)
        node = self._root
        if node is None:
            return self.place(0, 0)
        mark = node.start_mark
        for part in path:
            step = _child(node, part)
            if step is None:
                break
            key_node, node = step
            mark = (key_node if key else node).start_mark
        return self.place(mark.line, mark.column)


def _child(node: Any, part: str | int) -> tuple[Any, Any] | None:
    if node.id == "sequence":
        if isinstance(part, int) and 0 <= part < len(node.value):
            return node.value[part], node.value[part]
        return None
    if node.id != "mapping":
        return None
    merged: list[Any] = []
    wanted = str(part)
    for key_node, value_node in node.value:
        if key_node.value == wanted:
            return key_node, value_node
        if key_node.value == "<<" and key_node.tag == "":
            merged.append(value_node)
    for value_node in merged:
        for parent in value_node.value if value_node.id == "sequence" else (value_node,):
            found = _child(parent, part)
            if found is not None:
                return found
    return None
