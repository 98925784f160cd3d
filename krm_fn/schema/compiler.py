"""`compile_schema`: from raw data to a `Schema`, once per content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from krm_fn.schema.defaults import compile_defaults
from krm_fn.schema.errors import SchemaError, SchemaPath
from krm_fn.schema.keywords import KEYWORDS, Node
from krm_fn.schema.places import Locator
from krm_fn.schema.recording import DefaultRecorder, Write
from krm_fn.schema.references import Places, resolve_with_places
from krm_fn.schema.validation import Compiler
from krm_fn.schema.violation import Violation

_CACHE_LIMIT = 4096


class Schema:
    """A compiled schema. Immutable; safe to share between jobs."""

    __slots__ = ("_checks", "_fill", "_locator", "node", "places")

    def __init__(
        self,
        node: Node,
        places: Places,
        *,
        floats: bool = False,
        strict: bool = False,
        trusted: bool = False,
    ) -> None:
        """Compile an inlined schema. Raises `SchemaError`."""
        self.node = node
        self.places = places
        self._locator = Locator(places)
        compiler = Compiler(self._locator, strict=strict, trusted=trusted)
        self._checks = compiler.checks(node, ())
        self._fill = compile_defaults(node, floats=floats).fill

    def apply_defaults(self, value: object) -> object:
        """Return the value with the schema's defaults (spec §3.5, Defaulting).

        The argument is not changed. The result shares unchanged parts with it, and default values
        with the schema: never modify it in place. A default at the root itself is ignored.
        """
        return value if self._fill is None else self._fill(value)

    def apply_defaults_recorded(self, value: object, write: Write) -> object:
        """Like `apply_defaults`, and call `write(path, schema_path, default)` for each default.

        Outer defaults come before the ones nested in them; paths are tuples, `schema_path` ends in
        `"default"` and counts from the root of the raw schema.
        """
        if self._fill is not None:
            DefaultRecorder(self._locator, write).walk(self.node, value, (), ())
        return self.apply_defaults(value)

    def validate(self, value: object) -> list[Violation]:
        """Return every violation, sorted by place and text. An empty list means valid."""
        check = self._checks[type(value)]
        if check is None:
            return []
        found = check(value)
        return sorted(found, key=Violation.sort_key) if found else []

    def unknown_keywords(self) -> list[SchemaPath]:
        """Return the raw paths of keywords that Kubernetes does not know, in document order.

        They are ignored while rendering; keywords that begin with `x-` are comments.
        """
        found: dict[SchemaPath, None] = {}
        stack: list[tuple[Node, SchemaPath]] = [(self.node, ())]
        while stack:
            node, path = stack.pop()
            below: list[tuple[Node, SchemaPath]] = []
            for keyword, value in node.items():
                where = self._locator.keyword(node, path, keyword)
                if keyword not in KEYWORDS:
                    if not keyword.startswith("x-"):
                        found.setdefault(where)
                elif keyword == "properties":
                    below += [(child, (*where, name)) for name, child in _nodes(value)]
                elif keyword in ("allOf", "anyOf", "oneOf"):
                    below += [(child, (*where, index)) for index, child in _nodes(value)]
                elif keyword in ("items", "additionalProperties", "not"):
                    below += [(value, where)] if isinstance(value, dict) else []
            stack += reversed(below)
        return list(found)


def _nodes(value: object) -> list[tuple[Any, Node]]:
    """Return the schemas in an object or a list, with their keys."""
    if isinstance(value, dict):
        return [(key, child) for key, child in value.items() if isinstance(child, dict)]
    if isinstance(value, list):
        return [(key, child) for key, child in enumerate(value) if isinstance(child, dict)]
    return []


class _Cache:
    """Compiled schemas by identity of the raw object, then by its content.

    The identity table keeps its keys alive, so an identity is never reused while it is known.
    """

    def __init__(self) -> None:
        self._by_identity: dict[tuple[int, bool], tuple[object, Schema | SchemaError]] = {}
        self._by_content: dict[tuple[str, bool], Schema | SchemaError] = {}

    def get(self, raw: Mapping[str, object], *, floats: bool) -> Schema | SchemaError:
        identity = (id(raw), floats)
        known = self._by_identity.get(identity)
        if known is not None:
            return known[1]
        content = (json.dumps(raw, ensure_ascii=False, default=repr), floats)
        result = self._by_content.get(content)
        if result is None:
            try:
                result = Schema(*resolve_with_places(raw), floats=floats)
            except SchemaError as error:
                result = error
            if len(self._by_content) >= _CACHE_LIMIT:
                self._by_content.clear()
            self._by_content[content] = result
        if len(self._by_identity) >= _CACHE_LIMIT:
            self._by_identity.clear()
        self._by_identity[identity] = (raw, result)
        return result


_CACHE = _Cache()


def compile_schema(raw: object, *, floats: bool = False) -> Schema:
    """Return the compiled schema of a raw `openAPIV3Schema` object.

    With `floats`, the numbers of defaults become floats (the rendering context counts in doubles).
    The raw object must not be changed afterwards. Raises `SchemaError` when it is no object, has
    malformed or refused keywords, or a `$ref` that cannot be inlined.
    """
    if not isinstance(raw, dict):
        raise SchemaError("schema-malformed", "a schema must be an object")
    result = _CACHE.get(raw, floats=floats)
    if isinstance(result, SchemaError):
        raise SchemaError(result.code, result.message, result.path)
    return result
