"""The syntax tree of an expression, after macro expansion.

Every node carries `offset`: the 0-based code point index in the expression text at which the node
is reported, as in cel-go: the operator of an operation (`?` of a ternary), the dot of a selection,
the bracket of an index, the parenthesis of a call or macro, the colon of a map entry, the brace of
a message, the first character of everything else.

Twin: `cel-go/common/ast`, but macros stay recognisable: the comprehension macros become one
`Comprehension` node with a `kind` instead of cel-go's generic fold, so that the planner can write
a plain loop for each and the checker can type each by one rule.

Nodes are never changed once made. They are not frozen because a frozen dataclass takes four times
as long to make, and making nodes is most of the work of the parser.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal as OneOf

LiteralKind = OneOf["int", "uint", "double", "string", "bytes", "bool", "null"]

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


@dataclass(slots=True, eq=False)
class Expr:
    """A node of the tree."""

    offset: int


@dataclass(slots=True, eq=False)
class Literal(Expr):
    """A constant. `value` is int (for int and uint), float, str, bytes, bool or None."""

    kind: LiteralKind
    value: int | float | str | bytes | bool | None


@dataclass(slots=True, eq=False)
class Ident(Expr):
    """A name. `absolute` for a leading dot (`.name`), which skips iteration variables."""

    name: str
    absolute: bool = False


@dataclass(slots=True, eq=False)
class Select(Expr):
    """`operand.field`; `has(operand.field)` with `test_only`; `operand.?field` with `optional`."""

    operand: Expr
    field: str
    test_only: bool = False
    optional: bool = False


@dataclass(slots=True, eq=False)
class Call(Expr):
    """A function call, a method call (with `target`) or an operator.

    Operators have the names of `env-declarations`: `_+_`, `_-_`, `_*_`, `_/_`, `_%_`, `_==_`,
    `_!=_`, `_<_`, `_<=_`, `_>_`, `_>=_`, `@in`, `_&&_`, `_||_`, `!_`, `-_`, `_?_:_`, `_[_]`,
    `_[?_]`. `absolute` for a leading dot (`.f(x)`).
    """

    function: str
    target: Expr | None
    arguments: tuple[Expr, ...]
    absolute: bool = False


@dataclass(slots=True, eq=False)
class ListExpr(Expr):
    """`[a, ?b]`; `optional` holds the indices of the `?` elements."""

    elements: tuple[Expr, ...]
    optional: frozenset[int] = frozenset()


@dataclass(slots=True, eq=False)
class Entry:
    """One `key: value` of a map literal; `optional` for `?key: value`."""

    offset: int
    key: Expr
    value: Expr
    optional: bool = False


@dataclass(slots=True, eq=False)
class MapExpr(Expr):
    """`{k: v, ?k: v}`."""

    entries: tuple[Entry, ...]


@dataclass(slots=True, eq=False)
class Message(Expr):
    """`google.protobuf.Duration{…}`: parsed, and refused by the checker (no such types here)."""

    name: str
    fields: tuple[tuple[str, Expr, bool], ...]


@dataclass(slots=True, eq=False)
class Comprehension(Expr):
    """An expanded comprehension macro.

    `variables` holds one name, or two (key or index, value) for the two-variable forms.
    `predicate` is the condition of all/exists/exists_one/filter and of the forms with a filter;
    `result` is the value of map/transform_list/transform_map/opt_map/opt_flat_map, the key of
    sort_by, and the entry map of transform_map_entry.
    """

    kind: ComprehensionKind
    target: Expr
    variables: tuple[str, ...]
    predicate: Expr | None
    result: Expr | None
