"""Comprehension macros as plain loops. Twin: the folds of `cel-go/parser/macro.go`."""

from __future__ import annotations

from collections.abc import Callable

from krm_fn.cel.planner.logic import checked_bool
from krm_fn.cel.planner.planning import Operand, Planner
from krm_fn.cel.syntax import Comprehension, Expr, MapExpr


def plan_comprehension(planner: Planner, node: Expr) -> Operand:
    """Plan any of the comprehension macros."""
    assert isinstance(node, Comprehension)
    return _KINDS[node.kind](planner, node)


def _loop(planner: Planner, node: Comprehension) -> tuple[str, str, dict[str, str]]:
    """Write the range; return the target, the head of the loop and the names it binds."""
    writer = planner.writer
    writer.loops = True
    target = planner.value(node.target).text
    writer.offset = node.offset
    names = {name: writer.temporary() for name in node.variables}
    walk = writer.assign(f"{'items' if len(node.variables) == 1 else 'pairs'}({target})")
    writer.emit(f"c[0] -= len({walk})")
    writer.emit("if c[0] < 0: over_limit()")
    return target, f"for {', '.join(names[name] for name in node.variables)} in {walk}:", names


def _condition(planner: Planner, node: Comprehension, otherwise: str) -> None:
    """Write the filter of a loop, if it has one."""
    if node.predicate is not None:
        text = checked_bool(planner, planner.plan(node.predicate))
        planner.writer.emit(f"if not {text}: {otherwise}")


def _plan_quantifier(planner: Planner, node: Comprehension) -> Operand:
    """Plan `all` and `exists`: a deciding element wins over errors of others."""
    assert node.predicate is not None
    writer = planner.writer
    _, head, names = _loop(planner, node)
    stops = "not " if node.kind == "all" else ""
    result = writer.assign(str(node.kind == "all"), raises=False)
    start = len(writer.lines)
    raising = writer.raising
    failed = writer.temporary()
    with writer.block(head, static=True), planner.scope(names):
        writer.blocks += 1
        writer.indent += 1
        text = checked_bool(planner, planner.plan(node.predicate))
        writer.indent -= 1
        writer.blocks -= 1
        body = writer.cut(start + 1)
        absorbs = writer.raising > raising
        if absorbs:
            writer.emit("try:")
            writer.paste(body)
            writer.emit(f"except CelError as e: {failed} = {failed} or e; continue")
        else:
            writer.paste(body, shallower=1)
        writer.emit(f"if {stops}{text}: {result} = {not stops}; break")
    if absorbs:
        loop = writer.cut(start)
        writer.emit(f"{failed} = None")
        writer.paste(loop)
        undecided = result if stops else f"not {result}"
        writer.emit(f"if {undecided} and {failed} is not None: raise {failed}", raises=True)
    return Operand(result, "bool")


def _plan_exists_one(planner: Planner, node: Comprehension) -> Operand:
    writer = planner.writer
    _, head, names = _loop(planner, node)
    count = writer.assign("0", raises=False)
    with writer.block(head, static=True), planner.scope(names):
        _condition(planner, node, "continue")
        writer.emit(f"{count} += 1")
    return Operand(writer.assign(f"{count} == 1", raises=False), "bool")


def _plan_list(planner: Planner, node: Comprehension) -> Operand:
    """Plan `map`, `filter` and `transformList`."""
    writer = planner.writer
    _, head, names = _loop(planner, node)
    result = writer.assign("[]", raises=False)
    with writer.block(head, static=True), planner.scope(names):
        _condition(planner, node, "continue")
        if node.result is None:
            writer.emit(f"{result}.append({names[node.variables[0]]})")
        else:
            writer.emit(f"{result}.append({planner.value(node.result).text})")
    return Operand(result, "list")


def _plan_map(planner: Planner, node: Comprehension) -> Operand:
    """Plan `transformMap`."""
    assert node.result is not None
    writer = planner.writer
    target, head, names = _loop(planner, node)
    result = writer.assign(f"map_like({target})", raises=False)
    with writer.block(head, static=True), planner.scope(names):
        _condition(planner, node, "continue")
        text = planner.value(node.result).text
        writer.emit(f"{result}[{names[node.variables[0]]}] = {text}")
    return Operand(result, "map")


def _plan_map_entry(planner: Planner, node: Comprehension) -> Operand:
    """Plan `transformMapEntry`."""
    writer = planner.writer
    _, head, names = _loop(planner, node)
    result = writer.assign("{}", raises=False)
    entry = node.result
    with writer.block(head, static=True), planner.scope(names):
        _condition(planner, node, "continue")
        if isinstance(entry, MapExpr) and len(entry.entries) == 1 and not entry.entries[0].optional:
            key = planner.value(entry.entries[0].key).text
            value = planner.value(entry.entries[0].value).text
            writer.offset = entry.offset
            test = f"type({key}) is str and {key} not in {result}"
            writer.emit(f"if {test}: {result}[{key}] = {value}")
            writer.emit(f"else: {result} = insert({result}, {key}, {value})", raises=True)
        else:
            assert entry is not None
            text = planner.value(entry).text
            writer.emit(f"{result} = insert_all({result}, {text})", raises=True)
    return Operand(result, "map")


def _plan_sort_by(planner: Planner, node: Comprehension) -> Operand:
    assert node.result is not None
    writer = planner.writer
    target, head, names = _loop(planner, node)
    keys = writer.assign("[]", raises=False)
    with writer.block(head, static=True), planner.scope(names):
        writer.emit(f"{keys}.append({planner.value(node.result).text})")
    return Operand(writer.assign(f"sort_by({target}, {keys})"), "list")


def _plan_optional(planner: Planner, node: Comprehension) -> Operand:
    """Plan `optMap` and `optFlatMap`."""
    assert node.result is not None
    writer = planner.writer
    operand = planner.plan(node.target)
    writer.offset = node.offset
    held = operand.text
    if not operand.element:
        held = writer.assign(f"method_element({writer.constant('hasValue')}, {held})")
    result = writer.assign(held, raises=False)
    with writer.block(f"if {held} is not M:"):
        planner.in_loop -= 1
        with planner.scope({node.variables[0]: held}):
            inner = planner.plan(node.result)
        planner.in_loop += 1
        if node.kind == "opt_map":
            text = planner.wrapped(inner).text
        elif inner.element:
            text = inner.text
        else:
            text = writer.assign(f"element({inner.text})")
        writer.emit(f"{result} = {text}")
    return Operand(result, element=True)


_KINDS: dict[str, Callable[[Planner, Comprehension], Operand]] = {
    "all": _plan_quantifier,
    "exists": _plan_quantifier,
    "exists_one": _plan_exists_one,
    "map": _plan_list,
    "filter": _plan_list,
    "transform_list": _plan_list,
    "transform_map": _plan_map,
    "transform_map_entry": _plan_map_entry,
    "sort_by": _plan_sort_by,
    "opt_map": _plan_optional,
    "opt_flat_map": _plan_optional,
}
