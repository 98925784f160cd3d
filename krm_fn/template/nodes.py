"""A template as a tree of nodes: what is constant, what is computed, and where.

Made once per template (`read`), walked by `walker` and turned into Python by `generator`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from krm_fn.cel import CelError, Environment, Program
from krm_fn.findings import field_path
from krm_fn.template.scanner import Match, NestedExpressionError, is_whole, scan

_PLAIN_PATH = re.compile(r"\s*([A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z_][A-Za-z0-9_]*)+)\s*\Z", re.ASCII)
_NO_FIELD = frozenset({"in", "true", "false", "null"})


class Slot:
    """One expression, compiled when it is first needed.

    `names` is the path of a plain field selection (`metadata.name`), which needs no engine as long
    as it succeeds; None for every other expression.
    """

    __slots__ = ("_program", "environment", "expression", "may_omit", "names")

    def __init__(self, expression: str, environment: Environment) -> None:
        self.expression = expression
        self.environment = environment
        self.names = _plain_path(expression, environment.variables)
        self.may_omit = "oc_omit" in expression
        self._program: Program | None = None

    @property
    def program(self) -> Program:
        """The compiled expression. Raises CelError where it does not compile."""
        if self._program is None:
            self._program = self.environment.compile(self.expression)
        return self._program

    def evaluate(self, scope: Mapping[str, object]) -> object:
        """Return the value as the engine has it. Raises CelError."""
        if self.names is not None:
            value: object = scope
            for name in self.names:
                if not isinstance(value, Mapping) or name not in value:
                    break
                value = value[name]
            else:
                return value
        return self.program.function(scope)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The context paths that the expression reads, sorted; none where it does not compile."""
        if self.names is not None:
            return (".".join(self.names),)
        try:
            return tuple(sorted(map(field_path, self.program.references)))
        except CelError:
            return ()

    @property
    def splits(self) -> bool:
        """Whether the value is the direct result of `split()`. Raises CelError."""
        return self.names is None and self.program.called == "split"


def _plain_path(expression: str, variables: frozenset[str]) -> tuple[str, ...] | None:
    found = _PLAIN_PATH.match(expression)
    if found is None:
        return None
    names = tuple(found[1].split("."))
    if names[0] not in variables or not _NO_FIELD.isdisjoint(names):
        return None
    return names


# Plain classes: a dataclass costs half a millisecond of start-up each.


class Constant:
    """A scalar without expressions. Numbers are doubles, as in the reference."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


class Standalone:
    """A text that is one expression: renders to the expression's own value."""

    __slots__ = ("slot",)

    def __init__(self, slot: Slot) -> None:
        self.slot = slot


class Interpolated:
    """A text with expressions in it: renders to text.

    `pieces` are the literal parts around the `slots`, one more than those; `sources` the
    expressions as they stand in `text`, with `${` and `}`.
    """

    __slots__ = ("pieces", "slots", "sources", "text")

    def __init__(
        self, text: str, pieces: tuple[str, ...], slots: tuple[Slot, ...], sources: tuple[str, ...]
    ) -> None:
        self.text = text
        self.pieces = pieces
        self.slots = slots
        self.sources = sources


class Broken:
    """A text that cannot be scanned: an expression inside an expression."""

    __slots__ = ("nested", "text")

    def __init__(self, text: str, nested: str) -> None:
        self.text = text
        self.nested = nested


class MapEntry:
    """One entry of a map. `key_node` is None for a key without expressions."""

    __slots__ = ("key", "key_node", "value")

    def __init__(self, key: str, key_node: Node | None, value: Node) -> None:
        self.key = key
        self.key_node = key_node
        self.value = value


class MapNode:
    """A map, in document order."""

    __slots__ = ("entries",)

    def __init__(self, entries: tuple[MapEntry, ...]) -> None:
        self.entries = entries


class ListNode:
    """A list."""

    __slots__ = ("items",)

    def __init__(self, items: tuple[Node, ...]) -> None:
        self.items = items


Node = Constant | Standalone | Interpolated | Broken | MapNode | ListNode


def read(tree: object, environment: Environment) -> Node:
    """Read a decoded YAML or JSON value as a template."""
    if isinstance(tree, str):
        return _read_text(tree, environment)
    if isinstance(tree, dict):
        return MapNode(
            tuple(
                MapEntry(key, _read_key(key, environment), read(value, environment))
                for key, value in tree.items()
            )
        )
    if isinstance(tree, list):
        return ListNode(tuple(read(item, environment) for item in tree))
    if isinstance(tree, int) and not isinstance(tree, bool):
        return Constant(float(tree))
    return Constant(tree)


def _read_key(key: str, environment: Environment) -> Node | None:
    return _read_text(key, environment) if "${" in key else None


def _read_text(text: str, environment: Environment) -> Node:
    if "${" not in text:
        return Constant(text)
    try:
        matches = scan(text)
    except NestedExpressionError as error:
        return Broken(text, error.text)
    if not matches:
        return Constant(text)
    if len(matches) == 1 and is_whole(matches[0], text):
        return Standalone(Slot(matches[0].expression, environment))
    return _interpolated(text, matches, environment)


def _interpolated(text: str, matches: list[Match], environment: Environment) -> Interpolated:
    pieces = []
    position = 0
    for match in matches:
        pieces.append(text[position : match.start])
        position = match.end
    pieces.append(text[position:])
    return Interpolated(
        text,
        tuple(pieces),
        tuple(Slot(match.expression, environment) for match in matches),
        tuple(text[match.start : match.end] for match in matches),
    )
