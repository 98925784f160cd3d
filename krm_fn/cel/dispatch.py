"""Which overload serves which arguments at run time.

In: a `Function` and a number of arguments. Out: a callable that picks the overload by the kinds
of its arguments and calls it, or raises `no_such_overload`. As in cel-go's guarded bindings, a
parameter `list(T)` or `map(K, V)` is compared with the first element or entry only, and the
first overload in the order of declaration wins. The choice is remembered by the classes of the
arguments. Twin: `cel-go/common/decls`, `matchesRuntimeSignature`.
"""

from __future__ import annotations

from collections.abc import Callable

from krm_fn.cel.declarations import Function
from krm_fn.cel.operators import overload_error
from krm_fn.cel.values.kinds import Optional, TypeValue, Uint, Value, type_name
from krm_fn.cel.values.mapping import CelMap
from krm_fn.cel.values.time import Duration, Timestamp

Guard = Callable[[Value], bool]
Implementation = Callable[..., Value]

_CLASSES: dict[str, frozenset[type]] = {
    "bool": frozenset((bool,)),
    "bytes": frozenset((bytes,)),
    "double": frozenset((float,)),
    "google.protobuf.Duration": frozenset((Duration,)),
    "google.protobuf.Timestamp": frozenset((Timestamp,)),
    "int": frozenset((int,)),
    "list": frozenset((list,)),
    "map": frozenset((dict, CelMap)),
    "null_type": frozenset((type(None),)),
    "optional_type": frozenset((Optional,)),
    "string": frozenset((str,)),
    "type": frozenset((TypeValue,)),
    "uint": frozenset((Uint,)),
}
_BRACKETS = {"(": 1, ")": -1}


def split_types(text: str) -> list[str]:
    """Split `int, map(string, dyn)` at the commas outside parentheses."""
    parts: list[str] = []
    depth = 0
    start = 0
    for position, letter in enumerate(text):
        depth += _BRACKETS.get(letter, 0)
        if letter == "," and depth == 0:
            parts.append(text[start:position].strip())
            start = position + 1
    last = text[start:].strip()
    return [*parts, last] if last else parts


def parameters(name: str, signature: str) -> list[str]:
    """Return the parameter types of a signature, the receiver first."""
    called = signature.rpartition(" -> ")[0]
    if called.startswith(f"{name}("):
        return split_types(called[len(name) + 1 : -1])
    receiver, _, rest = called.partition(f".{name}(")
    return [receiver, *split_types(rest[:-1])]


def shallow(type_text: str) -> frozenset[type] | None:
    """Return the classes a parameter takes, or None for any (dyn, type parameters)."""
    base = type_text.partition("(")[0]
    if base in ("dyn", "any") or (len(base) == 1 and base.isupper()):
        return None
    return _CLASSES.get(base, frozenset())


def deep(type_text: str) -> Guard | None:
    """Return the check a parameter needs beyond the class of the value, or None."""
    base, _, rest = type_text.partition("(")
    if shallow(type_text) == frozenset():
        return lambda value: type_name(value) == base
    inner = split_types(rest[:-1])
    if base == "list":
        element = guard(inner[0])
        return None if element is None else lambda value: not value or element(value[0])
    if base == "map":
        key_guard, value_guard = guard(inner[0]), guard(inner[1])
        if key_guard is None and value_guard is None:
            return None
        return lambda value: not len(value) or _first_entry(value, key_guard, value_guard)
    return None


def _first_entry(value: Value, key_guard: Guard | None, value_guard: Guard | None) -> bool:
    key, each = next(iter(value.items())) if type(value) is dict else value.first()
    return (key_guard is None or key_guard(key)) and (value_guard is None or value_guard(each))


def guard(type_text: str) -> Guard | None:
    """Return the whole check of a parameter, or None if it takes anything."""
    classes = shallow(type_text)
    if classes is None:
        return None
    check = deep(type_text)
    if not classes:
        return check
    if check is None:
        return lambda value: type(value) in classes
    return lambda value: type(value) in classes and check(value)


class _Choice:
    """The overloads of one function for one number of arguments."""

    def __init__(self, function: Function, count: int) -> None:
        self.name = function.name
        self.overloads: list[tuple[list[str], Implementation]] = []
        for overload in function.overloads:
            types = parameters(function.name, overload.signature)
            if len(types) == count and overload.implementation is not None:
                self.overloads.append((types, overload.implementation))

    def resolve(self, arguments: tuple[Value, ...]) -> Implementation:
        """Return what to call for arguments of these classes."""
        candidates: list[tuple[list[tuple[int, Guard]], Implementation]] = []
        for types, implementation in self.overloads:
            accepted = [shallow(each) for each in types]
            if all(
                not classes or type(argument) in classes
                for classes, argument in zip(accepted, arguments, strict=True)
            ):
                checks = [
                    (position, check)
                    for position, each in enumerate(types)
                    if (check := deep(each)) is not None
                ]
                candidates.append((checks, implementation))
                if not checks:
                    break
        if not candidates:
            raise overload_error(self.name, *arguments)
        if not candidates[0][0]:
            return candidates[0][1]
        return self._checked(candidates)

    def _checked(
        self, candidates: list[tuple[list[tuple[int, Guard]], Implementation]]
    ) -> Implementation:
        def call(*arguments: Value) -> Value:
            for checks, implementation in candidates:
                if all(check(arguments[position]) for position, check in checks):
                    return implementation(*arguments)
            raise overload_error(self.name, *arguments)

        return call


def dispatcher(function: Function, count: int, *, unguarded: bool) -> Implementation | None:
    """Return the callable for `count` arguments, or None if no overload takes so many."""
    choice = _Choice(function, count)
    if not choice.overloads:
        return None
    if unguarded or count == 0:
        return choice.overloads[0][1]
    table: dict[Value, Implementation] = {}

    def call_one(first: Value) -> Value:
        implementation = table.get(type(first))
        if implementation is None:
            implementation = table[type(first)] = choice.resolve((first,))
        return implementation(first)

    def call_two(first: Value, second: Value) -> Value:
        key = (type(first), type(second))
        implementation = table.get(key)
        if implementation is None:
            implementation = table[key] = choice.resolve((first, second))
        return implementation(first, second)

    def call_many(*arguments: Value) -> Value:
        key = tuple(map(type, arguments))
        implementation = table.get(key)
        if implementation is None:
            implementation = table[key] = choice.resolve(arguments)
        return implementation(*arguments)

    if count == 1:
        return call_one
    return call_two if count == 2 else call_many
