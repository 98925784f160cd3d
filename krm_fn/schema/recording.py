"""Tells which defaults were applied to a value, for provenance."""

from __future__ import annotations

from collections.abc import Callable

from krm_fn.schema.errors import SchemaPath
from krm_fn.schema.keywords import Node, properties_of
from krm_fn.schema.places import Locator
from krm_fn.schema.violation import Path

Write = Callable[[Path, SchemaPath, object], None]


class DefaultRecorder:
    """Walks a value before defaulting and reports each default that will be set in it."""

    def __init__(self, locator: Locator, write: Write) -> None:
        self._locator = locator
        self._write = write

    def walk(self, node: Node, value: object, path: Path, schema_path: SchemaPath) -> None:
        """Report the defaults below `value`, outermost first."""
        if isinstance(value, dict):
            self._properties(node, value, path, schema_path)
        elif isinstance(value, list):
            items = node.get("items")
            if isinstance(items, dict):
                below = self._locator.keyword(node, schema_path, "items")
                for index, item in enumerate(value):
                    self._child(items, item, (*path, index), below)

    def _properties(
        self, node: Node, value: dict[str, object], path: Path, schema_path: SchemaPath
    ) -> None:
        properties = properties_of(node)
        below = self._locator.keyword(node, schema_path, "properties")
        for name, child in properties.items():
            present = name in value
            where = (*path, name)
            self._child(child, value.get(name), where, (*below, name), present=present)
        additional = node.get("additionalProperties")
        if isinstance(additional, dict):
            below = self._locator.keyword(node, schema_path, "additionalProperties")
            for name, item in value.items():
                if name not in properties:
                    self._child(additional, item, (*path, name), below)

    def _child(
        self,
        node: Node,
        value: object,
        path: Path,
        schema_path: SchemaPath,
        *,
        present: bool = True,
    ) -> None:
        default = node.get("default")
        replaces = not present or (value is None and node.get("nullable") is not True)
        if replaces and default is not None:
            self._write(path, self._locator.keyword(node, schema_path, "default"), default)
            value = default
        self.walk(node, value, path, schema_path)
