"""Literals, lists, maps and messages."""

from __future__ import annotations

from krm_fn.cel.planner.planning import Operand, Planner
from krm_fn.cel.syntax import Expr, ListExpr, Literal, MapExpr, Message
from krm_fn.cel.values.kinds import Uint
from krm_fn.cel.values.messages import make_message, message_fields

_KINDS = {"null": "null_type"}


def plan_literal(planner: Planner, node: Expr) -> Operand:
    """Plan a constant."""
    assert isinstance(node, Literal)
    value = node.value
    if node.kind == "uint" and isinstance(value, int):
        value = Uint(value)
    return planner.constant(value, _KINDS.get(node.kind, node.kind))


def plan_list(planner: Planner, node: Expr) -> Operand:
    """Plan `[a, ?b]`."""
    assert isinstance(node, ListExpr)
    writer = planner.writer
    if not node.optional:
        texts = [planner.value(element).text for element in node.elements]
        return Operand(writer.assign(f"[{', '.join(texts)}]", raises=False), "list")
    result = writer.assign("[]", raises=False)
    for number, element in enumerate(node.elements):
        if number not in node.optional:
            writer.emit(f"{result}.append({planner.value(element).text})")
            continue
        operand = planner.plan(element)
        writer.offset = element.offset
        text = operand.text
        if not operand.element:
            text = writer.assign(f"list_element({text})")
        writer.emit(f"if {text} is not M: {result}.append({text})")
    return Operand(result, "list")


def plan_map(planner: Planner, node: Expr) -> Operand:
    """Plan `{a: b, ?c: d}`."""
    assert isinstance(node, MapExpr)
    writer = planner.writer
    entries: list[tuple[Operand, str, bool]] = []
    for entry in node.entries:
        key = planner.value(entry.key)
        operand = planner.plan(entry.value)
        writer.offset = entry.offset
        if not entry.optional:
            entries.append((key, planner.wrapped(operand).text, False))
        elif operand.element:
            entries.append((key, operand.text, True))
        else:
            call = f"entry_element({key.text}, {operand.text})"
            entries.append((key, writer.assign(call), True))
    writer.offset = node.offset
    if any(key.kind != "string" for key, _, _ in entries):
        pairs = ", ".join(f"({key.text}, {text})" for key, text, _ in entries)
        return Operand(writer.assign(f"make_map_of({pairs})"), "map")
    if not any(optional for _, _, optional in entries):
        pairs = ", ".join(f"{key.text}: {text}" for key, text, _ in entries)
        return Operand(writer.assign(f"{{{pairs}}}", raises=False), "map")
    result = writer.assign("{}", raises=False)
    for key, text, optional in entries:
        line = f"{result}[{key.text}] = {text}"
        writer.emit(f"if {text} is not M: {line}" if optional else line)
    return Operand(result, "map")


def plan_message(planner: Planner, node: Expr) -> Operand:
    """Plan `google.protobuf.Duration{seconds: 1}`; unknown messages fail when evaluated."""
    assert isinstance(node, Message)
    writer = planner.writer
    known = message_fields(node.name)
    if known is None or any(field not in known or optional for field, _, optional in node.fields):
        writer.emit(f"unknown_message({writer.constant(node.name)})", raises=True)
        return Operand("None")
    parts = [
        f"({writer.constant(name)}, {planner.value(each).text})" for name, each, _ in node.fields
    ]
    writer.offset = node.offset
    arguments = ", ".join([writer.constant(node.name), *parts])
    return Operand(writer.assign(f"{writer.constant(make_message)}({arguments})"))
