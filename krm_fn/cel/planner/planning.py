"""The planner's state while it walks a tree, and what it knows of a planned operand."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from krm_fn.cel.dispatch import Implementation, dispatcher
from krm_fn.cel.errors import CelError
from krm_fn.cel.functions import FunctionTable, is_unguarded
from krm_fn.cel.planner.writer import Writer
from krm_fn.cel.syntax import Expr, Ident, Select
from krm_fn.cel.values.kinds import TYPE_VALUES, TypeValue, Value

NOT_CONSTANT = object()


class Operand:
    """A planned expression: Python text that cannot raise and can be written anywhere.

    `kind` is the CEL type name where it is known while planning, else "". `constant` is the value
    of a constant. With `element`, the text stands for what an optional holds, or `MISSING`.
    """

    __slots__ = ("constant", "element", "kind", "text")

    def __init__(
        self, text: str, kind: str = "", constant: Value = NOT_CONSTANT, *, element: bool = False
    ) -> None:
        self.text = text
        self.kind = kind
        self.constant = constant
        self.element = element


Handler = Callable[["Planner", Expr], Operand]


class Names:
    """What identifiers mean: the variables of the environment, its functions, its container."""

    __slots__ = ("container", "functions", "is_plain", "variables")

    def __init__(
        self, variables: frozenset[str], functions: FunctionTable, container: str = ""
    ) -> None:
        self.variables = variables
        self.functions = functions
        self.container = container
        self.is_plain = not container and not any("." in name for name in variables)

    def candidates(self, name: str, *, absolute: bool = False) -> list[str]:
        """Return the full names a name may stand for, innermost container first."""
        if absolute or not self.container:
            return [name]
        parts = self.container.split(".")
        prefixes = [".".join(parts[:count]) for count in range(len(parts), 0, -1)]
        return [*(f"{prefix}.{name}" for prefix in prefixes), name]

    def variable(self, name: str, *, absolute: bool = False) -> str | None:
        """Return the declared variable a (dotted) name stands for, or None."""
        for candidate in self.candidates(name, absolute=absolute):
            if candidate in self.variables:
                return candidate
        return None

    def type_value(self, name: str, *, absolute: bool = False) -> TypeValue | None:
        """Return the type a (dotted) name stands for, or None."""
        for candidate in self.candidates(name, absolute=absolute):
            if candidate in TYPE_VALUES:
                return TYPE_VALUES[candidate]
        return None

    def function(self, name: str, *, absolute: bool = False) -> str | None:
        """Return the declared function a (dotted) name stands for, or None."""
        for candidate in self.candidates(name, absolute=absolute):
            if candidate in self.functions:
                return candidate
        return None


_FREE = frozenset(("bool", "double", "int", "null_type", "optional_type", "type", "uint"))
_DISPATCHERS: dict[tuple[int, int], tuple[object, Implementation | None]] = {}


class Planner:
    """Writes one expression. `plan` takes a node and returns its operand."""

    handlers: dict[type[Expr], Handler]

    def __init__(self, names: Names, handlers: dict[type[Expr], Handler]) -> None:
        self.names = names
        self.handlers = handlers
        self.writer = Writer()
        self.locals: dict[str, str] = {}
        self.in_loop = 0

    def plan(self, node: Expr) -> Operand:
        """Write what the node needs and return its operand."""
        writer = self.writer
        outer = writer.offset
        writer.offset = node.offset
        if writer.is_deep and type(node) is not Ident:
            operand = self._outline(node)
        else:
            operand = self.handlers[type(node)](self, node)
        writer.offset = outer
        return operand

    def value(self, node: Expr) -> Operand:
        """Plan a node and wrap what an optional holds into an optional value."""
        return self.wrapped(self.plan(node))

    def wrapped(self, operand: Operand) -> Operand:
        """Return the operand as a whole value."""
        if not operand.element:
            return operand
        return Operand(self.writer.assign(f"wrap({operand.text})", raises=False), "optional_type")

    def spend(self, *operands: Operand) -> None:
        """Inside a loop, write what counts the cost of large values; constants are free."""
        sized = [
            operand.text
            for operand in operands
            if operand.constant is NOT_CONSTANT and operand.kind not in _FREE
        ]
        if self.in_loop and sized:
            self.writer.emit(f"spend(c, {', '.join(sized)})", raises=True)

    def held(self, operand: Operand) -> str:
        """Return a text that can be subscripted; `True` and `None` as such draw warnings."""
        if operand.text in ("True", "False", "None"):
            return self.writer.assign(operand.text, raises=False)
        return operand.text

    def constant(self, value: Value, kind: str) -> Operand:
        """Return a constant operand."""
        if value is None or value is True or value is False:
            return Operand(repr(value), kind, value)
        return Operand(self.writer.constant(value), kind, value)

    def _outline(self, node: Expr) -> Operand:
        """Plan a node into a function of its own, which takes all that is in scope."""
        writer = self.writer
        writer.loops = True
        parameters = ["v", "c", *sorted(set(self.locals.values()))]
        with writer.function(parameters) as name:
            inner = self.handlers[type(node)](self, node)
            writer.emit(f"return {inner.text}")
        text = writer.assign(f"{name}({', '.join(parameters)})")
        return Operand(text, inner.kind, element=inner.element)

    @contextmanager
    def scope(self, names: dict[str, str]) -> Iterator[None]:
        """Bind iteration variables to Python locals."""
        outer = self.locals
        self.locals = {**outer, **names}
        self.in_loop += 1
        yield
        self.in_loop -= 1
        self.locals = outer

    def dispatch(self, name: str, count: int) -> Implementation | None:
        """Return what to call for a function and a number of arguments, or None."""
        function = self.names.functions.get(name)
        if function is None:
            return None
        key = (id(function), count)
        known = _DISPATCHERS.get(key)
        if known is None:
            unguarded = is_unguarded(name) and not self.names.functions.is_own(name)
            known = _DISPATCHERS[key] = (function, dispatcher(function, count, unguarded=unguarded))
        return known[1]


def dotted_name(node: Expr) -> str | None:
    """Return `a.b.c` for a chain of plain selections from a name, else None."""
    parts: list[str] = []
    while isinstance(node, Select) and not node.optional and not node.test_only:
        parts.append(node.field)
        node = node.operand
    if not isinstance(node, Ident):
        return None
    return ".".join([node.name, *reversed(parts)])


def first_name(node: Expr) -> Ident | None:
    """Return the name a chain of plain selections starts from, or None."""
    while isinstance(node, Select) and not node.optional and not node.test_only:
        node = node.operand
    return node if isinstance(node, Ident) else None


def fold(
    planner: Planner, implementation: Implementation, operands: list[Operand]
) -> Operand | None:
    """Return the constant result of constant operands, or None where it is none or fails."""
    if any(operand.constant is NOT_CONSTANT for operand in operands):
        return None
    try:
        result = implementation(*(operand.constant for operand in operands))
    except CelError:
        return None
    kind = _SCALARS.get(type(result))
    return None if kind is None else planner.constant(result, kind)


_SCALARS: dict[type, str] = {
    bool: "bool",
    bytes: "bytes",
    float: "double",
    int: "int",
    str: "string",
    type(None): "null_type",
}
