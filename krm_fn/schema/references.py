"""Inlines `$ref`.

Source of the behaviour: spec rendering §3.5 (`$ref` resolution), OpenChoreo `internal/schema`.
"""

from __future__ import annotations

from collections.abc import Mapping

from krm_fn.schema.errors import SchemaError, SchemaPath

_DEPTH_LIMIT = 64
_NESTED = ("items", "additionalProperties", "not", "if", "then", "else", "allOf", "oneOf", "anyOf")
_NAMED = ("properties", "patternProperties")
_POINTER_SEGMENTS = 2

Places = dict[int, tuple[SchemaPath, SchemaPath, frozenset[str]]]
"""Where an inlined node was written: `id(node)` → (path of the definition, path of the reference,
keys that the reference overrides)."""


def resolve_references(raw: Mapping[str, object]) -> dict[str, object]:
    """Return the schema with every `$ref` inlined and `$defs` dropped.

    Unchanged parts are shared with the argument. Raises `SchemaError` for references that are
    circular, unknown, not local, not of the form `#/$defs/Name`, or nested too deeply.
    """
    return resolve_with_places(raw)[0]


def resolve_with_places(raw: Mapping[str, object]) -> tuple[dict[str, object], Places]:
    """Like `resolve_references`, and tell where inlined nodes come from."""
    definitions = raw.get("$defs")
    resolver = _Resolver(definitions if isinstance(definitions, dict) else None)
    resolved = resolver.node(raw, (), (), 0)
    if not isinstance(resolved, dict):
        raise SchemaError("schema-malformed", "a schema must be an object")
    if "$defs" in resolved:
        resolved = {key: value for key, value in resolved.items() if key != "$defs"}
    return resolved, resolver.places


class _Resolver:
    def __init__(self, definitions: Mapping[str, object] | None) -> None:
        self._definitions = definitions
        self._finished: dict[str, dict[str, object]] = {}
        self.places: Places = {}

    def node(self, node: object, path: SchemaPath, visiting: tuple[str, ...], depth: int) -> object:
        if depth > _DEPTH_LIMIT:
            raise SchemaError(
                "schema-reference",
                f"$ref resolution is deeper than {_DEPTH_LIMIT} levels",
                path,
            )
        if isinstance(node, list):
            items = [
                self.node(item, (*path, index), visiting, depth + 1)
                for index, item in enumerate(node)
            ]
            return items if any(a is not b for a, b in zip(items, node, strict=True)) else node
        if not isinstance(node, dict):
            return node
        if "$ref" in node:
            return self._reference(node, path, visiting, depth)
        changes: dict[str, object] = {}
        for key in _NESTED:
            if key in node:
                child = self.node(node[key], (*path, key), visiting, depth + 1)
                if child is not node[key]:
                    changes[key] = child
        for key in _NAMED:
            named = node.get(key)
            if isinstance(named, dict):
                new = {
                    name: self.node(child, (*path, key, name), visiting, depth + 1)
                    for name, child in named.items()
                }
                if any(new[name] is not child for name, child in named.items()):
                    changes[key] = new
        if not changes:
            return node
        copy = {**node, **changes}
        if id(node) in self.places:
            self.places[id(copy)] = self.places[id(node)]
        return copy

    def _reference(
        self, node: dict[str, object], path: SchemaPath, visiting: tuple[str, ...], depth: int
    ) -> object:
        reference = node["$ref"]
        name = _definition_name(reference, path)
        where = (*path, "$ref")
        if name in visiting:
            cycle = " → ".join((*visiting, name))
            raise SchemaError("schema-reference", f"circular $ref: {cycle}", where)
        if self._definitions is None or name not in self._definitions:
            raise SchemaError(
                "schema-reference", f'$ref "{reference}" names nothing under $defs', where
            )
        definition = self._definitions[name]
        if not isinstance(definition, dict):
            raise SchemaError("schema-reference", f'$ref "{reference}" is not an object', where)
        place = ("$defs", name)
        chain = (*visiting, name)
        resolved = self._finished.get(name)
        if resolved is None:
            inlined = self.node(definition, place, chain, depth + 1)
            if not isinstance(inlined, dict):
                raise SchemaError("schema-malformed", "a schema must be an object", place)
            resolved = self._finished[name] = inlined
            self.places.setdefault(id(resolved), (place, place, frozenset()))
        siblings = {key: value for key, value in node.items() if key != "$ref"}
        if not siblings:
            return resolved
        merged = self.node({**resolved, **siblings}, path, chain, depth + 1)
        if isinstance(merged, dict):
            self.places[id(merged)] = (place, path, frozenset(siblings))
        return merged


def _definition_name(reference: object, path: SchemaPath) -> str:
    where = (*path, "$ref")
    if not isinstance(reference, str):
        raise SchemaError("schema-reference", "$ref must be a string", where)
    if not reference.startswith("#/"):
        raise SchemaError(
            "schema-reference", f'only references inside the schema work, got "{reference}"', where
        )
    segments = reference[2:].split("/")
    if len(segments) != _POINTER_SEGMENTS or segments[0] != "$defs" or not segments[1]:
        raise SchemaError(
            "schema-reference",
            f'unsupported $ref path "{reference}": expected #/$defs/Name',
            where,
        )
    return segments[1]
