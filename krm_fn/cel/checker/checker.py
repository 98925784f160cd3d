"""The type of every node, bottom up.

Twin: `cel-go/checker/checker.go`, with two differences: the first mistake is raised instead of a
list of all, and what a function gives for known types is remembered between expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from operator import attrgetter
from typing import Any, NoReturn

from krm_fn.cel.checker.comprehensions import comprehension_type
from krm_fn.cel.checker.unification import (
    Bindings,
    all_assignable,
    assignable,
    most_general,
    substitute,
)
from krm_fn.cel.declarations import Function
from krm_fn.cel.errors import CelError
from krm_fn.cel.parser import qualified_name
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
from krm_fn.cel.types import (
    BOOL,
    BYTES,
    DOUBLE,
    DYN,
    DYN_OPTIONAL,
    IDENTIFIERS,
    INT,
    NULL,
    STRING,
    UINT,
    Type,
    list_type,
    map_type,
    optional_type,
    parameter_type,
    parse_signature,
    parse_type,
)

Variables = Mapping[str, Type] | Collection[str]
"""The variables with their types, or only their names: then all are dyn."""

_LITERALS: dict[str, Type] = {
    "bool": BOOL,
    "bytes": BYTES,
    "double": DOUBLE,
    "int": INT,
    "null": NULL,
    "string": STRING,
    "uint": UINT,
}
_GROUND = attrgetter("ground")
_COMPARISONS = frozenset(("_<_", "_<=_", "_>_", "_>=_"))
_LOGIC = frozenset(("_&&_", "_||_"))
_QUALIFIED_ENDS = frozenset(name.rpartition(".")[2] for name in IDENTIFIERS if "." in name)

_Results = dict[tuple[Any, ...], Type]
_MAXIMUM_REMEMBERED = 1000
_remembered: dict[int, tuple[Function, _Results]] = {}


def check(
    expression: Expr,
    variables: Variables,
    functions: Mapping[str, Function],
    container: str = "",
) -> Type:
    """Return the type of an expression, or raise `CelError` (stage check).

    `container` is the namespace names are resolved in: within `a.b`, the name `c` may mean
    `a.b.c`, `a.c` or `c`, in this order.
    """
    checker = Checker(variables, functions, container)
    try:
        type_ = checker.check(expression)
    except RecursionError:
        raise CelError("limit", "expression is nested too deeply", -1, "check") from None
    if checker.format_calls:
        from krm_fn.cel.checker.format_calls import verify_format_call

        for call, types in checker.format_calls:
            verify_format_call(call, [checker.final(each) for each in types])
    return checker.final(type_)


class Checker:
    """The state of one check: the variables in scope and the bindings of type variables."""

    def __init__(
        self, variables: Variables, functions: Mapping[str, Function], container: str
    ) -> None:
        self.variables = variables
        self.typed = isinstance(variables, Mapping)
        self.functions = functions
        self.container = container
        self.qualified = bool(container) or any("." in name for name in variables)
        self.scope: dict[str, Type] = {}
        self.bindings: Bindings = {}
        self.format_calls: list[tuple[Call, list[Type]]] = []
        self._variable_count = 0

    def check(self, node: Expr) -> Type:
        """Return the type of a node; it may still hold free type variables."""
        return _RULES[type(node)](self, node)

    def final(self, type_: Type) -> Type:
        """Return a type without type variables."""
        return substitute(self.bindings, type_, free_to_dyn=True)

    def known(self, type_: Type) -> Type:
        """Return a type with what is known of its type variables."""
        return substitute(self.bindings, type_)

    def fresh(self) -> Type:
        """Return a new type variable."""
        self._variable_count += 1
        return parameter_type(f"_var{self._variable_count}")

    def fits(self, source: Type, target: Type) -> bool:
        """Return whether `source` is assignable to `target`, binding type variables."""
        return assignable(self.bindings, source, target)

    # Errors.

    def refuse(self, code: str, message: str, offset: int) -> NoReturn:
        """Raise a `CelError` of this stage."""
        raise CelError(code, message, offset, "check")

    def undeclared(self, name: str, offset: int) -> NoReturn:
        """Refuse a name that is not declared."""
        message = f"undeclared reference to '{name}' (in container '{self.container}')"
        self.refuse("undeclared_reference", message, offset)

    def mismatch(self, expected: Type, found: Type, offset: int) -> NoReturn:
        """Refuse a type where another one is needed."""
        wanted, given = self.final(expected).displayed(), self.final(found).displayed()
        message = f"expected type '{wanted}' but found '{given}'"
        self.refuse("type_mismatch", message, offset)

    def no_overload(
        self, function: str, target: Type | None, arguments: tuple[Type, ...], offset: int
    ) -> NoReturn:
        """Refuse a call whose argument types fit no overload."""
        receiver = "" if target is None else f"{self.final(target).displayed()}."
        types = ", ".join(self.final(each).displayed() for each in arguments)
        message = f"found no matching overload for '{function}' applied to '{receiver}({types})'"
        self.refuse("no_matching_overload", message, offset)

    # Names.

    def candidates(self, name: str) -> list[str]:
        """Return what a name may stand for in the container, the longest first."""
        if name.startswith("."):
            return [name[1:]]
        prefix = self.container
        found: list[str] = []
        while prefix:
            found.append(f"{prefix}.{name}")
            prefix = prefix.rpartition(".")[0]
        return [*found, name]

    def lookup(self, name: str) -> Type | None:
        """Return the type of a variable or type name, resolved in the container."""
        for candidate in self.candidates(name) if self.container else (name.removeprefix("."),):
            if candidate in self.variables:
                return self.variables[candidate] if self.typed else DYN  # type: ignore[index]
            named = IDENTIFIERS.get(candidate)
            if named is not None:
                return named
        return None

    def function(self, name: str) -> Function | None:
        """Return a declared function, resolved in the container."""
        if not self.container:
            return self.functions.get(name.removeprefix("."))
        for candidate in self.candidates(name):
            found = self.functions.get(candidate)
            if found is not None:
                return found
        return None

    # Nodes.

    def literal(self, node: Literal) -> Type:
        """Type a constant."""
        return _LITERALS[node.kind]

    def ident(self, node: Ident) -> Type:
        """Type a variable, an iteration variable or a type name."""
        name = node.name
        if not node.absolute:
            local = self.scope.get(name)
            if local is not None:
                return local
            if not self.qualified and not self.typed and name in self.variables:
                return DYN
        found = self.lookup(f".{name}" if node.absolute else name)
        if found is None:
            self.undeclared(name, node.offset)
        return found

    def qualified_ident(self, node: Select) -> Type | None:
        """Type a selection that is really a variable or a type with dots in its name."""
        name = qualified_name(node)
        if name is None or name.partition(".")[0] in self.scope:
            return None
        return self.lookup(name)

    def select(self, node: Select) -> Type:
        """Type a field selection, plain, optional or tested."""
        plain = not (node.test_only or node.optional)
        if plain and (self.qualified or node.field in _QUALIFIED_ENDS):
            found = self.qualified_ident(node)
            if found is not None:
                return found
        operand = self.check(node.operand)
        if operand is DYN:
            if plain:
                return DYN
            return DYN_OPTIONAL if node.optional else BOOL
        result = self.field(node, operand)
        return BOOL if node.test_only else self.known(result)

    def field(self, node: Select, operand: Type) -> Type:
        """Return the type of a field of a map, object or dyn value, or of an optional one."""
        holder = self.known(operand)
        wrapped = holder.name == "optional_type"
        if wrapped:
            holder = holder.parameters[0]
        if holder.kind == "map":
            result = holder.parameters[1]
        elif holder.kind == "object":
            if node.field not in holder.fields:
                self.refuse("undefined_field", f"undefined field '{node.field}'", node.offset)
            result = holder.fields[node.field]
        elif holder.kind == "parameter":
            self.fits(DYN, holder)
            result = DYN
        elif holder.kind == "dyn":
            result = DYN
        else:
            message = f"type '{self.final(holder).displayed()}' does not support field selection"
            self.refuse("bad_field_selection", message, node.offset)
        return optional_type(result) if wrapped or node.optional else result

    def call(self, node: Call) -> Type:
        """Type a call of an operator, a function or a method."""
        name, target = node.function, node.target
        if name in _LOGIC:
            for argument in node.arguments:
                type_ = self.check(argument)
                if type_ is not BOOL and not self.fits(type_, BOOL):
                    self.mismatch(BOOL, type_, argument.offset)
            return BOOL
        function, receiver = None, None
        if target is None:
            function = self.function(f".{name}" if node.absolute else name)
        else:
            namespace = qualified_name(target)
            if namespace is not None:
                function = self.function(f"{namespace}.{name}")
            if function is None:
                receiver = self.check(target)
                function = self.function(name)
        if function is None:
            self.undeclared(name, node.offset)
        return self.resolve(function, receiver, self.arguments(node), node.offset)

    def arguments(self, node: Call) -> tuple[Type, ...]:
        """Return the types of the arguments; note a `format` call whose arguments are known."""
        if node.function == "format" and len(node.arguments) == 1:
            text, values = node.target, node.arguments[0]
            if type(text) is Literal and text.kind == "string" and type(values) is ListExpr:
                types = [self.check(each) for each in values.elements]
                self.format_calls.append((node, types))
                return (self.joined_list(values, types),)
        return tuple([self.check(each) for each in node.arguments])

    def list_literal(self, node: ListExpr) -> Type:
        """Type `[a, ?b]`."""
        return self.joined_list(node, [self.check(each) for each in node.elements])

    def joined_list(self, node: ListExpr, types: list[Type]) -> Type:
        """Return the type of a list of elements of these types."""
        element: Type | None = None
        for index, type_ in enumerate(types):
            if index in node.optional:
                element = self.join(element, self.unwrapped(node.elements[index], type_))
            else:
                element = self.join(element, type_)
        return list_type(self.fresh() if element is None else element)

    def map_literal(self, node: MapExpr) -> Type:
        """Type `{k: v, ?k: v}`."""
        key: Type | None = None
        value: Type | None = None
        for entry in node.entries:
            key = self.join(key, self.check(entry.key))
            type_ = self.check(entry.value)
            value = self.join(
                value, self.unwrapped(entry.value, type_) if entry.optional else type_
            )
        if key is None or value is None:
            return map_type(self.fresh(), self.fresh())
        return map_type(key, value)

    def unwrapped(self, node: Expr, type_: Type) -> Type:
        """Return the type inside the optional a `?` entry needs."""
        if type_.name == "optional_type":
            return type_.parameters[0]
        if type_.kind != "dyn":
            self.mismatch(optional_type(type_), type_, node.offset)
        return type_

    def join(self, previous: Type | None, current: Type) -> Type:
        """Return the common type of the elements so far; dyn when they have none."""
        if previous is None or previous is current:
            return current
        if self.fits(previous, current):
            return most_general(previous, current)
        return DYN

    def message(self, node: Message) -> Type:
        """Type a message literal; only few well-known messages exist."""
        from krm_fn.cel.values.messages import message_fields, message_type

        fields = message_fields(node.name)
        if fields is None:
            self.undeclared(node.name, node.offset)
        for name, value, _ in node.fields:
            found = self.check(value)
            if name not in fields:
                self.refuse("undefined_field", f"undefined field '{name}'", value.offset)
            if not self.fits(found, parse_type(fields[name])):
                self.mismatch(parse_type(fields[name]), found, value.offset)
        return parse_type(message_type(node.name))

    # Overloads.

    def resolve(
        self, function: Function, target: Type | None, arguments: tuple[Type, ...], offset: int
    ) -> Type:
        """Return the result type of a call: of all overloads that fit, dyn where they differ.

        The overloads that compare numbers of different types serve dyn values only: the checker
        leaves them out, as in OpenChoreo's environment.
        """
        types = arguments if target is None else (target, *arguments)
        member = target is not None
        comparison = function.name in _COMPARISONS
        ground = all(map(_GROUND, types))
        key = (member, *types)
        if ground:
            results = _results_of(function)
            known = results.get(key)
            if known is not None:
                return known
        bindings: Bindings = {} if ground else self.bindings
        result: Type | None = None
        for overload in function.overloads:
            signature = parse_signature(function.name, overload.signature)
            if signature.member is not member:
                continue
            parameters, returned = signature.parameters, signature.result
            if comparison and parameters[0] is not parameters[1]:
                continue
            if signature.generic:
                renamed: Bindings = {each: self.fresh() for each in signature.generic}
                parameters = tuple([substitute(renamed, each) for each in parameters])
                returned = substitute(renamed, returned)
            if not all_assignable(bindings, types, parameters):
                continue
            returned = substitute(bindings, returned)
            if result is None:
                result = returned
            elif result is not returned and result is not DYN:
                result = DYN
        if result is None:
            self.no_overload(function.name, target, arguments, offset)
        if ground and result.ground:
            results[key] = result
        return result


def _results_of(function: Function) -> _Results:
    """Return what is remembered of a function: types of receiver and arguments → type."""
    found = _remembered.get(id(function))
    if found is None or found[0] is not function:
        found = _remembered[id(function)] = (function, {})
    elif len(found[1]) >= _MAXIMUM_REMEMBERED:
        found[1].clear()
    return found[1]


_RULES: dict[type[Expr], Callable[[Checker, Any], Type]] = {
    Call: Checker.call,
    Comprehension: comprehension_type,
    Ident: Checker.ident,
    ListExpr: Checker.list_literal,
    Literal: Checker.literal,
    MapExpr: Checker.map_literal,
    Message: Checker.message,
    Select: Checker.select,
}
