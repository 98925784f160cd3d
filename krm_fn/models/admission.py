"""Admission: what the API server does to a document before controllers see it.

Source of the behaviour: spec rendering §1 and §1.10, binding §8; structural pruning and defaulting
of Kubernetes.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final, cast

from krm_fn.models.loading import load_schema
from krm_fn.models.rules import broken_rules
from krm_fn.schema import Violation

Node = dict[str, Any]
Path = tuple[str | int, ...]

_TOLERATED: Final[dict[tuple[str, Path], str]] = {
    ("Project", ("spec", "type")): (
        "add spec.type, such as {kind: ClusterProjectType, name: default}; until then the default"
        " project type is used"
    ),
}
"""Required fields that older repositories lack and rendering can do without: a warning."""


def admit(data: dict[str, Any], kind: str) -> tuple[dict[str, Any], list[Violation]]:
    """Return the document as it would be stored, and what is wrong with it, sorted by place.

    Unknown fields are dropped and reported (`field-unknown`), nulls that mean nothing are dropped,
    defaults applied. The argument is not changed; the result shares its unchanged parts. A kind
    without a schema is returned as it is.
    """
    schema = load_schema(kind)
    if schema is None:
        return data, []
    stored = cast("Node", schema.apply_defaults(data))
    found = schema.validate(stored)
    if found and any(_is_droppable(violation) for violation in found):
        unknown = [violation for violation in found if violation.code == "field-unknown"]
        pruned = _prune(schema.node, data)
        stored = cast("Node", schema.apply_defaults(pruned))
        found = unknown + schema.validate(stored)
    if found:
        found = [_tolerated(violation, kind) for violation in found]
    found += broken_rules(stored, kind)
    if len(found) > 1:
        found.sort(key=Violation.sort_key)
    return stored, found


def _tolerated(violation: Violation, kind: str) -> Violation:
    hint = _TOLERATED.get((kind, violation.path))
    if hint is None or violation.code != "field-required":
        return violation
    return replace(violation, severity="warning", hint=hint)


def _is_droppable(violation: Violation) -> bool:
    return violation.code == "field-unknown" or violation.value is None


def _prune(node: Node, value: Any) -> Any:
    """Drop unknown fields, and nulls of fields that are not nullable and have no default."""
    if isinstance(value, list):
        items = node.get("items")
        return value if items is None else [_prune(items, item) for item in value]
    if not isinstance(value, dict):
        return value
    properties: Node = node.get("properties") or {}
    additional = node.get("additionalProperties")
    keeps = bool(node.get("x-kubernetes-preserve-unknown-fields")) or not properties
    result = {}
    for name, item in value.items():
        child = properties.get(name, additional)
        if child is None:
            if keeps:
                result[name] = item
        elif item is None and not child.get("x-kubernetes-preserve-unknown-fields"):
            if child.get("default") is not None:
                result[name] = item
        else:
            result[name] = _prune(child, item)
    return result
