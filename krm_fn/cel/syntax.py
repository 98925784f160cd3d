"""The syntax tree of an expression, after macro expansion.

Every node carries `offset`: the 0-based code point index in the expression text at which the node
is reported, as in cel-go: the operator of an operation (`?` of a ternary), the dot of a selection,
the bracket of an index, the parenthesis of a call or macro, the colon of a map entry, the brace of
a message, the first character of everything else.

Twin: `cel-go/common/ast`, but macros stay recognisable: the comprehension macros become one
`Comprehension` node with a `kind` instead of cel-go's generic fold, so that the planner can write
a plain loop for each and the checker can type each by one rule.

Nodes are never changed once made. They are plain classes because these load and are made several
times faster than dataclasses, and making nodes is most of the work of the parser.
"""

# ruff: noqa: FBT001, FBT002 - the parser makes nodes, and positional arguments are quicker

from __future__ import annotations

from typing import Literal as OneOf

LiteralKind = OneOf["int", "uint", "double", "string", "bytes", "bool", "null"]

LiteralValue = int | float | str | bytes | bool | None

ComprehensionKind = OneOf[
    "all",
    "exists",
    "exists_one",
    "map",
    "filter",
    "transform_list",
    "transform_map",
    "transform_map_entry",
    "sort_by",
    "opt_map",
    "opt_flat_map",
]


class Expr:
    """A node of the tree."""

    __slots__ = ("offset",)

    offset: int

    def __repr__(self) -> str:
        names = [name for name in type(self).__slots__ if name != "offset"]
        parts = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{type(self).__name__}({parts})"


class Literal(Expr):
    """A constant. `value` is int (for int and uint), float, str, bytes, bool or None."""

    __slots__ = ("kind", "value")

    def __init__(self, offset: int, kind: LiteralKind, value: LiteralValue) -> None:
        self.offset = offset
        self.kind: LiteralKind = kind
        self.value = value


class Ident(Expr):
    """A name. `absolute` for a leading dot (`.name`), which skips iteration variables."""

    __slots__ = ("absolute", "name")

    def __init__(self, offset: int, name: str, absolute: bool = False) -> None:
        self.offset = offset
        self.name = name
        self.absolute = absolute


class Select(Expr):
    """`operand.field`; `has(operand.field)` with `test_only`; `operand.?field` with `optional`."""

    __slots__ = ("field", "operand", "optional", "test_only")

    def __init__(
        self,
        offset: int,
        operand: Expr,
        field: str,
        test_only: bool = False,
        optional: bool = False,
    ) -> None:
        self.offset = offset
        self.operand = operand
        self.field = field
        self.test_only = test_only
        self.optional = optional


class Call(Expr):
    """A function call, a method call (with `target`) or an operator.

    Operators have the names of `env-declarations`: `_+_`, `_-_`, `_*_`, `_/_`, `_%_`, `_==_`,
    `_!=_`, `_<_`, `_<=_`, `_>_`, `_>=_`, `@in`, `_&&_`, `_||_`, `!_`, `-_`, `_?_:_`, `_[_]`,
    `_[?_]`. `absolute` for a leading dot (`.f(x)`).
    """

    __slots__ = ("absolute", "arguments", "function", "target")

    def __init__(
        self,
        offset: int,
        function: str,
        target: Expr | None,
        arguments: tuple[Expr, ...],
        absolute: bool = False,
    ) -> None:
        self.offset = offset
        self.function = function
        self.target = target
        self.arguments = arguments
        self.absolute = absolute


class ListExpr(Expr):
    """`[a, ?b]`; `optional` holds the indices of the `?` elements."""

    __slots__ = ("elements", "optional")

    def __init__(
        self, offset: int, elements: tuple[Expr, ...], optional: frozenset[int] = frozenset()
    ) -> None:
        self.offset = offset
        self.elements = elements
        self.optional = optional


class Entry:
    """One `key: value` of a map literal; `optional` for `?key: value`."""

    __slots__ = ("key", "offset", "optional", "value")

    def __init__(self, offset: int, key: Expr, value: Expr, optional: bool = False) -> None:
        self.offset = offset
        self.key = key
        self.value = value
        self.optional = optional

    def __repr__(self) -> str:
        return f"Entry(key={self.key!r}, value={self.value!r}, optional={self.optional})"


class MapExpr(Expr):
    """`{k: v, ?k: v}`."""

    __slots__ = ("entries",)

    def __init__(self, offset: int, entries: tuple[Entry, ...]) -> None:
        self.offset = offset
        self.entries = entries


class Message(Expr):
    """`google.protobuf.Duration{…}`; the fields are triples of name, value and `?`."""

    __slots__ = ("fields", "name")

    def __init__(self, offset: int, name: str, fields: tuple[tuple[str, Expr, bool], ...]) -> None:
        self.offset = offset
        self.name = name
        self.fields = fields


class Comprehension(Expr):
    """An expanded comprehension macro.

    `variables` holds one name, or two (key or index, value) for the two-variable forms.
    `predicate` is the condition of all/exists/exists_one/filter and of the forms with a filter;
    `result` is the value of map/transform_list/transform_map/opt_map/opt_flat_map, the key of
    sort_by, and the entry map of transform_map_entry.
    """

    __slots__ = ("kind", "predicate", "result", "target", "variables")

    def __init__(
        self,
        offset: int,
        kind: ComprehensionKind,
        target: Expr,
        variables: tuple[str, ...],
        predicate: Expr | None,
        result: Expr | None,
    ) -> None:
        self.offset = offset
        self.kind: ComprehensionKind = kind
        self.target = target
        self.variables = variables
        self.predicate = predicate
        self.result = result
