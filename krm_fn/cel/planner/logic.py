"""`&&`, `||`, `!`, `?:`, equality and ordering.

`&&` and `||` are commutative over errors: an operand that decides wins over an error of another;
otherwise the first error surfaces. `try` is written only around operands that can fail.
"""

from __future__ import annotations

from krm_fn.cel.operators import OPERATORS
from krm_fn.cel.planner.planning import NOT_CONSTANT, Operand, Planner, fold
from krm_fn.cel.syntax import Call, Expr
from krm_fn.cel.values.equality import equals

_ORDERINGS = {
    "_<_": ("<", "less"),
    "_<=_": ("<=", "less_equals"),
    "_>_": (">", "greater"),
    "_>=_": (">=", "greater_equals"),
}
_SIMPLE = frozenset(("string", "bytes", "null_type", "bool"))
_EXACT = 2**53
_DEEPEST = 2
_NUMERIC = frozenset(("int", "uint", "double"))


def checked_bool(planner: Planner, operand: Operand) -> str:
    """Return the text of a bool; write the refusal of anything else."""
    if operand.kind == "bool":
        return operand.text
    text = planner.wrapped(operand).text
    planner.writer.emit(
        f"if {text} is not True and {text} is not False: no_overload()", raises=True
    )
    return text


def _flatten(node: Expr, function: str) -> list[Expr]:
    pending = [node]
    found: list[Expr] = []
    while pending:
        each = pending.pop()
        if isinstance(each, Call) and each.function == function:
            pending += reversed(each.arguments)
        else:
            found.append(each)
    return found


def plan_logical(planner: Planner, node: Call) -> Operand:
    """Plan a chain of `&&` or of `||`."""
    writer = planner.writer
    is_and = node.function == "_&&_"
    result = writer.temporary()
    bodies: list[tuple[list[tuple[str, int]], bool]] = []
    writer.blocks += 1
    writer.indent += _DEEPEST
    for each in _flatten(node, node.function):
        start = len(writer.lines)
        raising = writer.raising
        writer.emit(f"{result} = {checked_bool(planner, planner.plan(each))}")
        bodies.append((writer.cut(start), writer.raising > raising))
    writer.indent -= _DEEPEST
    writer.blocks -= 1
    absorbs = any(raises for _, raises in bodies[:-1])
    failed = writer.temporary() if absorbs else ""
    if absorbs:
        writer.emit(f"{result} = {is_and}; {failed} = None")
    for number, (body, raises) in enumerate(bodies):
        deeper = 0
        if number:
            writer.emit(f"if {result}:" if is_and else f"if not {result}:")
            deeper = 1
        if absorbs and raises:
            writer.emit(" " * deeper + "try:")
            writer.paste(body, shallower=_DEEPEST - deeper - 1)
            writer.emit(" " * deeper + f"except CelError as e: {failed} = {failed} or e")
        else:
            writer.paste(body, shallower=_DEEPEST - deeper)
    if absorbs:
        condition = result if is_and else f"not {result}"
        writer.emit(f"if {condition} and {failed} is not None: raise {failed}", raises=True)
    return Operand(result, "bool")


def plan_not(planner: Planner, node: Call) -> Operand:
    """Plan `!a`."""
    operand = planner.value(node.arguments[0])
    if operand.kind == "bool":
        return Operand(planner.writer.assign(f"not {operand.text}", raises=False), "bool")
    return Operand(planner.writer.assign(f"logical_not({operand.text})"), "bool")


def plan_conditional(planner: Planner, node: Call) -> Operand:
    """Plan `a ? b : c`; one branch is evaluated."""
    writer = planner.writer
    condition = planner.plan(node.arguments[0])
    writer.offset = node.offset
    test = checked_bool(planner, condition)
    result = writer.temporary()
    kinds = []
    for head, branch in ((f"if {test}:", node.arguments[1]), ("else:", node.arguments[2])):
        with writer.block(head):
            operand = planner.value(branch)
            writer.emit(f"{result} = {operand.text}")
            kinds.append(operand.kind)
    return Operand(result, kinds[0] if kinds[0] == kinds[1] else "")


def plan_equality(planner: Planner, node: Call) -> Operand:
    """Plan `a == b` and `a != b`."""
    left = planner.value(node.arguments[0])
    right = planner.value(node.arguments[1])
    writer = planner.writer
    negated = node.function == "_!=_"
    folded = fold(planner, equals, [left, right])
    if folded is not None:
        return planner.constant(folded.constant is not negated, "bool")
    expression = _equality(left, right) or _equality(right, left)
    if expression is None:
        expression = f"equals({left.text}, {right.text})"
        planner.spend(left)
    if negated:
        expression = f"not ({expression})"
    return Operand(writer.assign(expression, raises=False), "bool")


def _equality(one: Operand, other: Operand) -> str | None:
    """Return a quick comparison where one side is constant or of a simple known kind."""
    value = one.constant
    if value is None or value is True or value is False:
        return f"{other.text} is {one.text}"
    if one.kind in ("string", "bytes"):
        return f"{other.text} == {one.text}"
    if value is not NOT_CONSTANT and one.kind in _NUMERIC and abs(value) <= _EXACT:
        if value in (0, 1):
            return f"{other.text} == {one.text} and type({other.text}) is not bool"
        return f"{other.text} == {one.text}"
    return None


def plan_ordering(planner: Planner, node: Call) -> Operand:
    """Plan `<`, `<=`, `>`, `>=`."""
    left = planner.value(node.arguments[0])
    right = planner.value(node.arguments[1])
    writer = planner.writer
    writer.offset = node.offset
    symbol, slow = _ORDERINGS[node.function]
    folded = fold(planner, OPERATORS[node.function], [left, right])
    if folded is not None:
        return folded
    quick = f"{left.text} {symbol} {right.text}"
    call = f"{slow}({left.text}, {right.text})"
    for one, other in ((left, right), (right, left)):
        if one.kind == other.kind == "int":
            return Operand(writer.assign(quick, raises=False), "bool")
        test = _quick_ordering(one, other.text)
        if test:
            return Operand(writer.assign(f"{quick} if {test} else {call}"), "bool")
    return Operand(writer.assign(call), "bool")


def _quick_ordering(one: Operand, text: str) -> str:
    """Return when Python's own comparison with the text is right."""
    if one.kind == "string":
        return f"type({text}) is str"
    exact = one.constant is not NOT_CONSTANT and one.kind in ("int", "double")
    if exact and abs(one.constant) <= _EXACT:
        return f"type({text}) is int or type({text}) is float"
    return f"type({text}) is int" if one.kind == "int" else ""
