"""Reads parts of documents whose shape is not certain, and makes violations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from krm_fn.schema import Violation

Node = dict[str, Any]
Path = tuple[str | int, ...]


def objects(node: Node, field: str) -> Iterator[tuple[int, Node]]:
    """Yield index and content of the objects in a list field."""
    items = node.get(field)
    if isinstance(items, list):
        for index, item in enumerate(items):
            if isinstance(item, dict):
                yield index, item


def child(node: Node, field: str) -> Node:
    """Return an object field; empty if it is none."""
    value = node.get(field)
    return value if isinstance(value, dict) else {}


def refusal(code: str, path: Path, message: str, hint: str = "", value: object = None) -> Violation:
    """Make a violation that no schema keyword stands for."""
    return Violation(code, message, path, (), value, hint)


def below(violation: Violation, *path: str | int) -> Violation:
    """Return the violation seen from further up."""
    return replace(violation, path=(*path, *violation.path))


def repeated(node: Node, field: str, keys: tuple[str, ...], noun: str) -> Iterator[Violation]:
    """Refuse items of a list whose keys an earlier item has, too."""
    seen: set[tuple[object, ...]] = set()
    for index, item in objects(node, field):
        identity = tuple(item.get(key) for key in keys)
        if not all(isinstance(part, str) for part in identity):
            continue
        if identity in seen:
            words = "/".join(str(part) for part in identity)
            message = f'{noun} "{words}" is used twice'
            yield refusal("field-duplicate", (field, index, keys[-1]), message, value=identity[-1])
        seen.add(identity)
