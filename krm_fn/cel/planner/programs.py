"""Puts planned expressions together into functions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import FunctionType

from krm_fn.cel.planner import runtime
from krm_fn.cel.planner.calls import plan_call
from krm_fn.cel.planner.comprehensions import plan_comprehension
from krm_fn.cel.planner.literals import plan_list, plan_literal, plan_map, plan_message
from krm_fn.cel.planner.paths import chain_of, plan_ident, plan_select
from krm_fn.cel.planner.planning import Handler, Names, Planner
from krm_fn.cel.planner.writer import compile_source
from krm_fn.cel.syntax import (
    Call,
    Comprehension,
    Expr,
    Ident,
    ListExpr,
    Literal,
    MapExpr,
    Message,
    Select,
)
from krm_fn.cel.values.kinds import Value

_PATH_NODES = frozenset((Call, Ident, Select))

Evaluate = Callable[[Mapping[str, object]], Value]


_HANDLERS: dict[type[Expr], Handler] = {
    Call: plan_call,
    Comprehension: plan_comprehension,
    Ident: plan_ident,
    ListExpr: plan_list,
    Literal: plan_literal,
    MapExpr: plan_map,
    Message: plan_message,
    Select: plan_select,
}


def plan(node: Expr, names: Names) -> tuple[Evaluate, tuple[str, ...] | None]:
    """Return the function of an expression, and its names if it is a plain path, else None."""
    fields = _fields(node, names)
    if fields is not None:
        return _path_function(fields), tuple(name for name, _ in fields)
    planner = Planner(names, _HANDLERS)
    result = planner.value(node)
    source, offsets = planner.writer.finish(result.text)
    scope = {**runtime.NAMES, **planner.writer.constants, "O": offsets}
    exec(compile_source(source), scope)  # noqa: S102
    function = scope["f"]
    assert isinstance(function, FunctionType)
    return function, None


def _fields(node: Expr, names: Names) -> list[tuple[str, int]] | None:
    """Return variable and fields of a plain path, with their places, or None."""
    if type(node) not in _PATH_NODES:
        return None
    start, fields = chain_of(Planner(names, _HANDLERS), node)
    if not isinstance(start, Ident):
        return None
    variable = names.variable(start.name, absolute=start.absolute)
    return None if variable is None else [(variable, start.offset), *fields]


def _path_function(fields: list[tuple[str, int]]) -> Evaluate:
    """Return a closure for a plain path."""
    places = tuple(fields)
    keys = [name for name, _ in fields]
    slow = runtime.root_path
    lookup = runtime.LOOKUP
    quick = _QUICK_PATHS.get(len(keys))
    if quick is not None:
        return quick(*keys, places)

    def function(v: Mapping[str, Value]) -> Value:
        try:
            value: Value = v
            for key in keys:
                value = value[key]
        except lookup:
            return slow(v, places)
        return value

    return function


def _one(a: str, places: tuple[tuple[str, int], ...]) -> Evaluate:
    slow, lookup = runtime.root_path, runtime.LOOKUP

    def function(v: Value) -> Value:
        try:
            return v[a]
        except lookup:
            return slow(v, places)

    return function


def _two(a: str, b: str, places: tuple[tuple[str, int], ...]) -> Evaluate:
    slow, lookup = runtime.root_path, runtime.LOOKUP

    def function(v: Value) -> Value:
        try:
            return v[a][b]
        except lookup:
            return slow(v, places)

    return function


def _three(a: str, b: str, c: str, places: tuple[tuple[str, int], ...]) -> Evaluate:
    slow, lookup = runtime.root_path, runtime.LOOKUP

    def function(v: Value) -> Value:
        try:
            return v[a][b][c]
        except lookup:
            return slow(v, places)

    return function


def _four(a: str, b: str, c: str, d: str, places: tuple[tuple[str, int], ...]) -> Evaluate:
    slow, lookup = runtime.root_path, runtime.LOOKUP

    def function(v: Value) -> Value:
        try:
            return v[a][b][c][d]
        except lookup:
            return slow(v, places)

    return function


_QUICK_PATHS: dict[int, Callable[..., Evaluate]] = {1: _one, 2: _two, 3: _three, 4: _four}


def references_of(node: Expr, names: Names) -> tuple[tuple[str, ...], ...]:
    """Return the context paths an expression reads, in the order of the text, each once.

    A path is the variable and the fields selected from it (`.field`, `['field']`, `.?field`); it
    ends where anything else happens to the value.
    """
    found: dict[tuple[str, ...], None] = {}
    _collect(node, names, frozenset(), found)
    return tuple(found)


def _collect(
    node: Expr, names: Names, bound: frozenset[str], found: dict[tuple[str, ...], None]
) -> None:
    path = _reference(node, names, bound)
    if path is not None:
        found.setdefault(path)
        return
    inner = bound
    if isinstance(node, Comprehension):
        _collect(node.target, names, bound, found)
        inner = bound | frozenset(node.variables)
    for child in children(node):
        _collect(child, names, inner, found)


def children(node: Expr) -> list[Expr]:
    """Return the direct parts of a node in the order of the text; no comprehension target."""
    if isinstance(node, Select):
        return [node.operand]
    if isinstance(node, Call):
        return [*([] if node.target is None else [node.target]), *node.arguments]
    if isinstance(node, ListExpr):
        return list(node.elements)
    if isinstance(node, MapExpr):
        return [part for entry in node.entries for part in (entry.key, entry.value)]
    if isinstance(node, Comprehension):
        return [part for part in (node.predicate, node.result) if part is not None]
    return []


def _reference(node: Expr, names: Names, bound: frozenset[str]) -> tuple[str, ...] | None:
    fields: list[str] = []
    while not isinstance(node, Ident):
        if isinstance(node, Select):
            fields.append(node.field)
            node = node.operand
        elif isinstance(node, Call) and node.function in ("_[_]", "_[?_]"):
            key = node.arguments[1]
            if not isinstance(key, Literal) or not isinstance(key.value, str):
                return None
            fields.append(key.value)
            node = node.arguments[0]
        else:
            return None
    if node.name in bound and not node.absolute:
        return None
    variable = names.variable(node.name, absolute=node.absolute)
    return None if variable is None else (variable, *reversed(fields))
