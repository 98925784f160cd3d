"""Names, selections and indexing. Twin: `cel-go/interpreter/attributes.go`."""

from __future__ import annotations

from krm_fn.cel.operators import index
from krm_fn.cel.planner.planning import (
    NOT_CONSTANT,
    Operand,
    Planner,
    dotted_name,
    first_name,
    fold,
)
from krm_fn.cel.syntax import Call, Expr, Ident, Literal, Select


def plan_ident(planner: Planner, node: Expr) -> Operand:
    """Plan a name: an iteration variable, a variable of the environment, a type."""
    assert isinstance(node, Ident)
    if not node.absolute and node.name in planner.locals:
        return Operand(planner.locals[node.name])
    found = planner.names.variable(node.name, absolute=node.absolute)
    if found is None:
        type_value = planner.names.type_value(node.name, absolute=node.absolute)
        if type_value is not None:
            return Operand(planner.writer.constant(type_value), "type")
    writer = planner.writer
    name = writer.constant(found or node.name)
    result = writer.temporary()
    writer.emit(f"try: {result} = v[{name}]")
    writer.emit(f"except LOOKUP: unbound({name})")
    return Operand(result)


def chain_of(planner: Planner, node: Expr) -> tuple[Expr, list[tuple[str, int]]]:
    """Return where a chain of `.field` and `['field']` starts, and its fields with places."""
    fields: list[tuple[str, int]] = []
    while True:
        if isinstance(node, Select) and not node.optional and not node.test_only:
            if _resolved(planner, node) is not None:
                break
            fields.append((node.field, node.offset))
            node = node.operand
        elif isinstance(node, Call) and node.function == "_[_]":
            key = node.arguments[1]
            if not isinstance(key, Literal) or key.kind != "string":
                break
            fields.append((str(key.value), node.offset))
            node = node.arguments[0]
        else:
            break
    fields.reverse()
    return node, fields


def _resolved(planner: Planner, node: Expr) -> Operand | str | None:
    """Return the variable or type a dotted name stands for, or None."""
    start = first_name(node)
    if start is None or (not start.absolute and start.name in planner.locals):
        return None
    if planner.names.is_plain and start.name in planner.names.variables:
        return None
    name = dotted_name(node)
    if name is None or name == start.name:
        return None
    names = planner.names
    variable = names.variable(name, absolute=start.absolute)
    if variable is not None:
        return variable
    if names.variable(start.name, absolute=start.absolute) is None:
        type_value = names.type_value(name, absolute=start.absolute)
        if type_value is not None:
            return Operand(planner.writer.constant(type_value), "type")
    return None


def plan_select(planner: Planner, node: Expr) -> Operand:
    """Plan `a.b`, `a.?b` and `has(a.b)`."""
    assert isinstance(node, Select)
    writer = planner.writer
    if node.optional or node.test_only:
        text = planner.held(planner.plan(node.operand))
        field = writer.constant(node.field)
        if node.test_only:
            expression = f"{field} in {text} if type({text}) is dict else has_path({text}, {field})"
            return Operand(writer.assign(expression), "bool")
        return _optional_step(planner, text, field)
    resolved = _resolved(planner, node)
    if isinstance(resolved, Operand):
        return resolved
    if resolved is not None:
        return plan_ident(planner, Ident(node.offset, resolved, absolute=True))
    return _plan_chain(planner, node)


def _optional_step(planner: Planner, text: str, field: str) -> Operand:
    expression = (
        f"{text}.get({field}, M) if type({text}) is dict else optional_index({text}, {field})"
    )
    return Operand(planner.writer.assign(expression), element=True)


def _plan_chain(planner: Planner, node: Expr) -> Operand:
    writer = planner.writer
    start, fields = chain_of(planner, node)
    if isinstance(start, Ident) and (start.absolute or start.name not in planner.locals):
        variable = planner.names.variable(start.name, absolute=start.absolute)
        if (
            variable is not None
            or planner.names.type_value(start.name, absolute=start.absolute) is None
        ):
            fields.insert(0, (variable or start.name, start.offset))
            return _lookup(planner, "v", "root_path", fields)
    operand = planner.plan(start)
    if operand.element:
        for field, offset in fields:
            writer.offset = offset
            operand = _optional_step(planner, operand.text, writer.constant(field))
        return operand
    return _lookup(planner, planner.held(operand), "path", fields)


def _lookup(planner: Planner, text: str, slow: str, fields: list[tuple[str, int]]) -> Operand:
    writer = planner.writer
    result = writer.temporary()
    keys = "".join(f"[{writer.constant(field)}]" for field, _ in fields)
    writer.emit(f"try: {result} = {text}{keys}")
    writer.emit(
        f"except LOOKUP: {result} = {slow}({text}, {writer.constant(tuple(fields))})", raises=True
    )
    return Operand(result)


def plan_index(planner: Planner, node: Call) -> Operand:
    """Plan `a[b]` and `a[?b]`."""
    container, key_node = node.arguments
    optional = node.function == "_[?_]"
    if not optional and isinstance(key_node, Literal) and key_node.kind == "string":
        return _plan_chain(planner, node)
    operand = planner.plan(container)
    operand.text = planner.held(operand)
    key = planner.value(key_node)
    writer = planner.writer
    writer.offset = node.offset
    if optional or operand.element:
        if key.kind == "string":
            return _optional_step(planner, operand.text, key.text)
        text = writer.assign(f"optional_index({operand.text}, {key.text})")
        return Operand(text, element=True)
    folded = fold(planner, index, [operand, key])
    if folded is not None:
        return folded
    quick = key.constant
    if quick is not NOT_CONSTANT and type(quick) is int and quick >= 0:
        text = operand.text
        expression = (
            f"{text}[{key.text}] if type({text}) is list and len({text}) > {key.text} "
            f"else index({text}, {key.text})"
        )
        return Operand(writer.assign(expression))
    return Operand(writer.assign(f"index({operand.text}, {key.text})"))
