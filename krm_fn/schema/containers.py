"""Checks of objects and lists."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from krm_fn.schema.errors import SchemaPath
from krm_fn.schema.keywords import Node, properties_of
from krm_fn.schema.scalars import Check, identity_key
from krm_fn.schema.violation import Violation

if TYPE_CHECKING:
    from krm_fn.schema.validation import Checks, Compiler

Locate = Callable[[str], SchemaPath]

# Two names that the reference lets pass under `additionalProperties: false`.
_ALWAYS_ALLOWED = frozenset({"$schema", "id"})


def object_check(compiler: Compiler, node: Node, locate: Locate) -> Check | None:
    """Compile properties, additionalProperties, required, minProperties and maxProperties."""
    properties = properties_of(node)
    below = locate("properties")
    tables = {name: compiler.checks(child, (*below, name)) for name, child in properties.items()}
    additional = node.get("additionalProperties")
    others: Checks | None = None
    if isinstance(additional, dict):
        others = compiler.checks(additional, locate("additionalProperties"))
    closed = additional is False
    unknown = (
        compiler.strict
        and bool(properties)
        and additional is None
        and node.get("x-kubernetes-preserve-unknown-fields") is not True
    )
    required = tuple(cast("list[str]", node.get("required") or ()))
    sizes = _size_check(node, locate, "Properties", "properties", "field-properties")
    silent = others is None or others.silent
    if (
        silent
        and not (closed or unknown or required or sizes)
        and all(table.silent for table in tables.values())
    ):
        return None
    stranger = _stranger(tuple(properties), locate, closed=closed, unknown=unknown)

    def check(value: object) -> list[Violation] | None:
        mapping = cast("dict[str, object]", value)
        if sizes is not None:
            wrong_size = sizes(mapping)
            if wrong_size:
                return wrong_size
        found: list[Violation] | None = None
        for name, item in mapping.items():
            table = tables.get(name, others)
            if table is not None:
                run = table[type(item)]
                if run is None:
                    continue
                more = run(item)
                if not more:
                    continue
                more = [violation.under(name) for violation in more]
            elif stranger is not None:
                more = stranger(name, item)
            else:
                continue
            found = more if found is None else found + more
        for name in required:
            if name not in mapping:
                absent = Violation("field-required", "is required", (name,), locate("required"))
                found = [absent] if found is None else [*found, absent]
        return found

    return check


def _stranger(
    known: tuple[str, ...], locate: Locate, *, closed: bool, unknown: bool
) -> Callable[[str, object], list[Violation]] | None:
    if closed:

        def forbid(name: str, value: object) -> list[Violation]:
            if name in _ALWAYS_ALLOWED:
                return []
            where = locate("additionalProperties")
            message = "is a forbidden property"
            return [Violation("field-forbidden", message, (name,), where, value)]

        return forbid
    if unknown:

        def report(name: str, value: object) -> list[Violation]:
            from krm_fn.findings import did_you_mean

            hint = did_you_mean(str(name), known)
            message = "is an unknown field and has no effect"
            where = locate("properties")
            return [Violation("field-unknown", message, (name,), where, value, hint)]

        return report
    return None


def list_check(compiler: Compiler, node: Node, locate: Locate) -> Check | None:
    """Compile items, minItems, maxItems and uniqueItems (also list types set and map)."""
    items = node.get("items")
    table = compiler.checks(items, locate("items")) if isinstance(items, dict) else None
    if table is not None and table.silent:
        table = None
    sizes = _size_check(node, locate, "Items", "items", "field-items")
    unique = node.get("uniqueItems") is True
    keys = _list_keys(compiler, node)
    if table is None and sizes is None and not unique and keys is None:
        return None

    def check(value: object) -> list[Violation] | None:
        sequence = cast("list[object]", value)
        found: list[Violation] = []
        if table is not None:
            for index, item in enumerate(sequence):
                run = table[type(item)]
                if run is not None:
                    more = run(item)
                    if more:
                        found += [violation.under(index) for violation in more]
        if sizes is not None:
            found += sizes(sequence) or ()
        if unique and len({identity_key(item) for item in sequence}) != len(sequence):
            message = "shouldn't contain duplicates"
            found.append(Violation("field-duplicate", message, (), locate("uniqueItems"), value))
        if keys is not None:
            found += _repeated(sequence, keys, locate)
        return found or None

    return check


def _list_keys(compiler: Compiler, node: Node) -> tuple[str, ...] | None:
    """Return the keys of a list of type map, `()` for a set, None for an atomic list."""
    if not compiler.strict:
        return None
    kind = node.get("x-kubernetes-list-type")
    if kind == "map":
        return tuple(cast("list[str]", node.get("x-kubernetes-list-map-keys") or ()))
    return () if kind == "set" else None


def _repeated(sequence: list[object], keys: tuple[str, ...], locate: Locate) -> list[Violation]:
    seen: set[object] = set()
    found = []
    for index, item in enumerate(sequence):
        if keys and isinstance(item, dict):
            key = identity_key({name: item[name] for name in keys if name in item})
        else:
            key = identity_key(item)
        if key in seen:
            words = f" (same {', '.join(keys)})" if keys else ""
            where = locate("x-kubernetes-list-type")
            message = f"repeats an earlier item{words}"
            found.append(Violation("field-duplicate", message, (index,), where, item))
        seen.add(key)
    return found


def _size_check(
    node: Node, locate: Locate, suffix: str, noun: str, code: str
) -> Callable[[dict[str, object] | list[object]], list[Violation] | None] | None:
    fewest = cast("float | None", node.get(f"min{suffix}"))
    most = cast("float | None", node.get(f"max{suffix}"))
    if fewest is None and most is None:
        return None

    def check(value: dict[str, object] | list[object]) -> list[Violation] | None:
        size = len(value)
        if fewest is not None and size < fewest:
            message = f"should have at least {int(fewest)} {noun}"
            return [Violation(code, message, (), locate(f"min{suffix}"), value)]
        if most is not None and size > most:
            message = f"should have at most {int(most)} {noun}"
            return [Violation(code, message, (), locate(f"max{suffix}"), value)]
        return None

    return check
