"""Calls: operators, functions, methods, and the methods of optionals.

Arithmetic on strings is written in line; the rest calls the operators. Functions go through their
dispatcher (`krm_fn.cel.dispatch`). Calls on constants are folded.
"""

from __future__ import annotations

from collections.abc import Callable

from krm_fn.cel.operators import OPERATORS, negate
from krm_fn.cel.planner.logic import (
    plan_conditional,
    plan_equality,
    plan_logical,
    plan_not,
    plan_ordering,
)
from krm_fn.cel.planner.paths import plan_index
from krm_fn.cel.planner.planning import Operand, Planner, dotted_name, first_name, fold
from krm_fn.cel.syntax import Call, Expr

_ARITHMETIC = {
    "_-_": "subtract",
    "_*_": "multiply",
    "_/_": "divide",
    "_%_": "modulo",
    "@in": "is_in",
}
_RESULT_KINDS = frozenset(("bool", "bytes", "double", "int", "string", "list", "map", "uint"))


def plan_call(planner: Planner, node: Expr) -> Operand:
    """Plan an operator, a function or a method."""
    assert isinstance(node, Call)
    operator = _OPERATORS.get(node.function)
    if operator is not None and node.target is None:
        return operator(planner, node)
    if node.target is None:
        name = planner.names.function(node.function, absolute=node.absolute) or node.function
        return _plan_function(planner, node, name, node.arguments)
    qualifier = dotted_name(node.target)
    if qualifier is not None:
        start = first_name(node.target)
        absolute = start is not None and start.absolute
        found = planner.names.function(f"{qualifier}.{node.function}", absolute=absolute)
        if found is not None:
            return _plan_function(planner, node, found, node.arguments)
    method = _METHODS.get((node.function, len(node.arguments)))
    if method is not None:
        return method(planner, node, planner.plan(node.target))
    return _plan_function(planner, node, node.function, (node.target, *node.arguments))


def _plan_function(planner: Planner, node: Call, name: str, arguments: tuple[Expr, ...]) -> Operand:
    writer = planner.writer
    operands = [planner.value(argument) for argument in arguments]
    writer.offset = node.offset
    implementation = planner.dispatch(name, len(operands))
    texts = ", ".join(operand.text for operand in operands)
    if implementation is None:
        known = writer.constant(name)
        if name in planner.names.functions:
            known += f", {texts}" if texts else ""
        writer.emit(f"no_overload({known})", raises=True)
        return Operand("None")
    if operands and not planner.names.functions.is_own(name):
        folded = fold(planner, implementation, operands)
        if folded is not None:
            return folded
    result = Operand(
        writer.assign(f"{writer.constant(implementation)}({texts})"), _result_kind(planner, name)
    )
    planner.spend(*operands, result)
    return result


def _result_kind(planner: Planner, name: str) -> str:
    function = planner.names.functions[name]
    kinds = {each.signature.rpartition(" -> ")[2].partition("(")[0] for each in function.overloads}
    kind = kinds.pop()
    return kind if not kinds and kind in _RESULT_KINDS else ""


def plan_add(planner: Planner, node: Call) -> Operand:
    """Plan `a + b`."""
    left = planner.value(node.arguments[0])
    right = planner.value(node.arguments[1])
    writer = planner.writer
    writer.offset = node.offset
    folded = fold(planner, OPERATORS["_+_"], [left, right])
    if folded is not None:
        return folded
    quick = f"{left.text} + {right.text}"
    call = f"add({left.text}, {right.text})"
    kind = left.kind if left.kind == right.kind else ""
    if planner.in_loop:
        result = Operand(writer.assign(call), kind)
        planner.spend(result)
        return result
    tests = [f"type({each.text}) is str" for each in (left, right) if each.kind != "string"]
    if not tests:
        return Operand(writer.assign(quick, raises=False), "string")
    if all(each.kind in ("string", "") for each in (left, right)):
        text = writer.assign(f"{quick} if {' and '.join(tests)} else {call}")
        return Operand(text, "string" if len(tests) == 1 else "")
    return Operand(writer.assign(call), kind)


def _plan_arithmetic(planner: Planner, node: Call) -> Operand:
    left = planner.value(node.arguments[0])
    right = planner.value(node.arguments[1])
    writer = planner.writer
    writer.offset = node.offset
    folded = fold(planner, OPERATORS[node.function], [left, right])
    if folded is not None:
        return folded
    if node.function == "@in":
        planner.spend(right)
    text = writer.assign(f"{_ARITHMETIC[node.function]}({left.text}, {right.text})")
    return Operand(text, "bool" if node.function == "@in" else "")


def _plan_negate(planner: Planner, node: Call) -> Operand:
    operand = planner.value(node.arguments[0])
    planner.writer.offset = node.offset
    folded = fold(planner, negate, [operand])
    return folded or Operand(planner.writer.assign(f"negate({operand.text})"), operand.kind)


def _element(planner: Planner, node: Call, operand: Operand, *, named: bool = False) -> str:
    """Return the text of what an optional receiver holds."""
    writer = planner.writer
    writer.offset = node.offset
    if operand.element:
        return operand.text
    if named:
        name = writer.constant(node.function)
        return writer.assign(f"method_element({name}, {operand.text})")
    return writer.assign(f"element({operand.text})")


def _plan_value(planner: Planner, node: Call, operand: Operand) -> Operand:
    text = _element(planner, node, operand, named=True)
    planner.writer.emit(f"if {text} is M: none_dereference()", raises=True)
    return Operand(text)


def _plan_has_value(planner: Planner, node: Call, operand: Operand) -> Operand:
    text = _element(planner, node, operand, named=True)
    return Operand(planner.writer.assign(f"{text} is not M", raises=False), "bool")


def _plan_or_value(planner: Planner, node: Call, operand: Operand) -> Operand:
    writer = planner.writer
    text = _element(planner, node, operand)
    result = writer.assign(text, raises=False)
    with writer.block(f"if {result} is M:"):
        other = planner.value(node.arguments[0])
        writer.emit(f"{result} = {other.text}")
    return Operand(result)


def _plan_or(planner: Planner, node: Call, operand: Operand) -> Operand:
    writer = planner.writer
    text = _element(planner, node, operand)
    result = writer.assign(text, raises=False)
    with writer.block(f"if {result} is M:"):
        other = planner.plan(node.arguments[0])
        writer.emit(f"{result} = {_element(planner, node, other)}")
    return Operand(result, element=True)


_METHODS: dict[tuple[str, int], Callable[[Planner, Call, Operand], Operand]] = {
    ("value", 0): _plan_value,
    ("hasValue", 0): _plan_has_value,
    ("or", 1): _plan_or,
    ("orValue", 1): _plan_or_value,
}
_OPERATORS: dict[str, Callable[[Planner, Call], Operand]] = {
    "_&&_": plan_logical,
    "_||_": plan_logical,
    "!_": plan_not,
    "_?_:_": plan_conditional,
    "_==_": plan_equality,
    "_!=_": plan_equality,
    "_<_": plan_ordering,
    "_<=_": plan_ordering,
    "_>_": plan_ordering,
    "_>=_": plan_ordering,
    "_+_": plan_add,
    "_-_": _plan_arithmetic,
    "_*_": _plan_arithmetic,
    "_/_": _plan_arithmetic,
    "_%_": _plan_arithmetic,
    "-_": _plan_negate,
    "@in": _plan_arithmetic,
    "_[_]": plan_index,
    "_[?_]": plan_index,
}
