"""Compiles the defaults of a schema.

Source of the behaviour: spec rendering §3.5 (Defaulting), structural defaulting of Kubernetes.
"""

from __future__ import annotations

from collections.abc import Callable

from krm_fn.schema.keywords import Node, properties_of

Fill = Callable[[object], object]
Entry = tuple[str, bool, object, bool, Fill | None]


class Filled:
    """The defaults of one schema node.

    `fill` completes an existing value (None where nothing below has a default); `has_default` and
    `default` describe an absent value, `default` being complete itself.
    """

    __slots__ = ("default", "fill", "has_default", "nullable")

    def __init__(self, fill: Fill | None, node: Node, *, floats: bool) -> None:
        self.fill = fill
        self.nullable = node.get("nullable") is True
        default = node.get("default")
        self.has_default = default is not None
        if floats:
            default = as_floats(default)
        self.default = fill(default) if fill is not None else default


def compile_defaults(node: Node, *, floats: bool) -> Filled:
    """Compile a node and everything below it. Branches of oneOf/anyOf/allOf have no say."""
    entries: list[Entry] = []
    properties = properties_of(node)
    for name, child in properties.items():
        filled = compile_defaults(child, floats=floats)
        if filled.has_default or filled.fill is not None:
            replaces_null = filled.has_default and not filled.nullable
            entries.append((name, filled.has_default, filled.default, replaces_null, filled.fill))
    additional = _child(node.get("additionalProperties"), floats=floats)
    items = _child(node.get("items"), floats=floats)
    if not entries and additional is None and items is None:
        return Filled(None, node, floats=floats)
    return Filled(
        _fill(tuple(entries), frozenset(properties), additional, items), node, floats=floats
    )


def _child(node: object, *, floats: bool) -> Filled | None:
    if not isinstance(node, dict):
        return None
    filled = compile_defaults(node, floats=floats)
    return filled if filled.fill is not None or filled.has_default else None


def _fill(
    entries: tuple[Entry, ...],
    known: frozenset[str],
    additional: Filled | None,
    items: Filled | None,
) -> Fill:
    def fill(value: object) -> object:
        if isinstance(value, dict):
            result = fill_properties(value)
            return result if additional is None else _fill_values(result, known, additional)
        if items is not None and isinstance(value, list):
            return _fill_items(value, items)
        return value

    def fill_properties(value: dict[str, object]) -> dict[str, object]:
        result = value
        for name, has_default, default, replaces_null, child in entries:
            if name in value:
                old = value[name]
                if old is None:
                    if not replaces_null:
                        continue
                    new = default
                elif child is None:
                    continue
                else:
                    new = child(old)
                    if new is old:
                        continue
            elif has_default:
                new = default
            else:
                continue
            if result is value:
                result = dict(value)
            result[name] = new
        return result

    return fill


def _fill_values(
    value: dict[str, object], known: frozenset[str], additional: Filled
) -> dict[str, object]:
    result = value
    for name, old in value.items():
        if name in known:
            continue
        new = _fill_one(old, additional)
        if new is not old:
            if result is value:
                result = dict(value)
            result[name] = new
    return result


def _fill_items(value: list[object], items: Filled) -> list[object]:
    new = [_fill_one(old, items) for old in value]
    return new if any(a is not b for a, b in zip(new, value, strict=True)) else value


def _fill_one(old: object, filled: Filled) -> object:
    if old is None:
        return old if filled.nullable or not filled.has_default else filled.default
    return old if filled.fill is None else filled.fill(old)


def as_floats(value: object) -> object:
    """Return the value with every integer as a float (booleans stay), sharing what is unchanged."""
    if isinstance(value, dict):
        changed = {key: as_floats(item) for key, item in value.items()}
        same = all(changed[key] is item for key, item in value.items())
        return value if same else changed
    if isinstance(value, list):
        items = [as_floats(item) for item in value]
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    if isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    return value
