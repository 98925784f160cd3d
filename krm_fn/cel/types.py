"""Static types: what the checker knows about a value before it exists.

In: type and signature texts of declarations. Out: `Type` and `Signature`.
Types are interned: two equal types are the same object, so `is` compares them.
Twin: `cel-go/common/types/types.go`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Literal

Kind = Literal[
    "bool",
    "bytes",
    "double",
    "duration",
    "dyn",
    "int",
    "list",
    "map",
    "null",
    "object",
    "opaque",
    "parameter",
    "string",
    "timestamp",
    "type",
    "uint",
]


class Type:
    """A static type; `str()` spells it as cel-go does (`map(string, dyn)`, `null_type`).

    `name` is the run-time name. `parameters` holds the element type of a list, key and value of a
    map, the types between the parentheses of an opaque type. `ground` tells that no type
    parameter occurs in it. `nullable` marks the wrapper types, which also accept null. `fields`
    holds the types of the fields of an object type.
    """

    __slots__ = ("fields", "ground", "kind", "name", "nullable", "parameters")

    def __init__(
        self, kind: Kind, name: str, parameters: tuple[Type, ...], *, nullable: bool
    ) -> None:
        self.kind: Kind = kind
        self.name = name
        self.parameters = parameters
        self.nullable = nullable
        self.fields: Mapping[str, Type] = {}
        self.ground: bool = kind != "parameter" and all(each.ground for each in parameters)

    def __str__(self) -> str:
        return _spell(self, displayed=False)

    def __repr__(self) -> str:
        return f"Type({str(self)!r})"

    def displayed(self) -> str:
        """Return the spelling of error messages: `null`, `timestamp`, `duration`."""
        return _spell(self, displayed=True)


def _spell(type_: Type, *, displayed: bool) -> str:
    name = type_.name
    if displayed and type_.kind in _DISPLAYED:
        name = type_.kind
    if type_.nullable:
        return f"wrapper({name})"
    if not type_.parameters:
        return name
    inside = ", ".join(_spell(each, displayed=displayed) for each in type_.parameters)
    return f"{name}({inside})"


_DISPLAYED = frozenset(("null", "timestamp", "duration"))
_interned: dict[tuple[str, tuple[Type, ...], bool], Type] = {}
_objects: dict[tuple[str, tuple[tuple[str, Type], ...]], Type] = {}


def _intern(
    kind: Kind, name: str, parameters: tuple[Type, ...] = (), *, nullable: bool = False
) -> Type:
    key = (name, parameters, nullable)
    known = _interned.get(key)
    if known is None:
        known = _interned[key] = Type(kind, name, parameters, nullable=nullable)
    return known


BOOL = _intern("bool", "bool")
BYTES = _intern("bytes", "bytes")
DOUBLE = _intern("double", "double")
DURATION = _intern("duration", "google.protobuf.Duration")
DYN = _intern("dyn", "dyn")
INT = _intern("int", "int")
NULL = _intern("null", "null_type")
STRING = _intern("string", "string")
TIMESTAMP = _intern("timestamp", "google.protobuf.Timestamp")
TYPE = _intern("type", "type")
UINT = _intern("uint", "uint")


def list_type(element: Type) -> Type:
    """Return `list(element)`."""
    return _intern("list", "list", (element,))


def map_type(key: Type, value: Type) -> Type:
    """Return `map(key, value)`."""
    return _intern("map", "map", (key, value))


def type_type(type_: Type) -> Type:
    """Return `type(…)`, the type of a value that is itself a type."""
    return _intern("type", "type", (type_,))


def opaque_type(name: str, *parameters: Type) -> Type:
    """Return an abstract type `name(…)` that only functions of a library understand."""
    return _intern("opaque", name, parameters)


def optional_type(value: Type) -> Type:
    """Return `optional_type(value)`."""
    return _intern("opaque", "optional_type", (value,))


def wrapper_type(type_: Type) -> Type:
    """Return `wrapper(…)`, a bool, number, string or bytes that may be null."""
    return _intern(type_.kind, type_.name, nullable=True)


def object_type(name: str, fields: Mapping[str, Type]) -> Type:
    """Return a type with these fields and no others.

    Types with the same name and fields are one type; within one environment give every name only
    once.
    """
    key = (name, tuple(fields.items()))
    known = _objects.get(key)
    if known is None:
        known = _objects[key] = Type("object", name, (), nullable=False)
        known.fields = dict(fields)
    return known


def parameter_type(name: str) -> Type:
    """Return the type parameter of that name."""
    return _intern("parameter", f"<{name}>")


DYN_LIST = list_type(DYN)
DYN_MAP = map_type(DYN, DYN)
DYN_OPTIONAL = optional_type(DYN)

_SIMPLE: dict[str, Type] = {
    each.name: each
    for each in (BOOL, BYTES, DOUBLE, DURATION, DYN, INT, NULL, STRING, TIMESTAMP, TYPE, UINT)
} | {
    "any": DYN,
    "duration": DURATION,
    "list": DYN_LIST,
    "map": DYN_MAP,
    "null": NULL,
    "timestamp": TIMESTAMP,
}

IDENTIFIERS: dict[str, Type] = {
    name: type_type(_SIMPLE[name])
    for name in (
        "bool",
        "bytes",
        "double",
        "google.protobuf.Duration",
        "google.protobuf.Timestamp",
        "int",
        "list",
        "map",
        "null_type",
        "string",
        "uint",
    )
} | {"optional_type": type_type(DYN_OPTIONAL), "type": type_type(TYPE)}
"""The names of types that expressions may mention (`type(x) == int`), with the type of each."""

_TOKEN = r"[A-Za-z_][A-Za-z0-9_.]*|\S"


class Signature:
    """The types of one overload.

    `parameters` begins with the receiver when `member` is true; `generic` holds the type
    parameters that occur in it.
    """

    __slots__ = ("generic", "member", "parameters", "result")

    def __init__(
        self,
        parameters: tuple[Type, ...],
        result: Type,
        generic: tuple[Type, ...],
        *,
        member: bool,
    ) -> None:
        self.parameters = parameters
        self.result = result
        self.member = member
        self.generic = generic


@cache
def parse_signature(function: str, text: str) -> Signature:
    """Return the types in the signature text of an overload of `function`.

    `f(int) -> string` is a function, `list(A).f(int) -> A` a method (the receiver may also stand
    in parentheses of its own). Raises ValueError for any other text.
    """
    called, arrow, result = text.rpartition("->")
    called = called.strip()
    member = not called.startswith(f"{function}(")
    receiver, arguments = "", called[len(function) + 1 : -1]
    if member:
        receiver, found, arguments = called.partition(f".{function}(")
        arguments = arguments[:-1]
        if not found:
            raise ValueError(f"not a signature of {function}: {text}")
    if not arrow or not called.endswith(")"):
        raise ValueError(f"not a signature of {function}: {text}")
    parameters = (*_parse_types(receiver), *_parse_types(arguments))
    generic: dict[Type, None] = {}
    result_type = parse_type(result)
    for each in (*parameters, result_type):
        _collect_parameters(each, generic)
    return Signature(parameters, result_type, tuple(generic), member=member)


def _collect_parameters(type_: Type, found: dict[Type, None]) -> None:
    if type_.kind == "parameter":
        found[type_] = None
    for each in type_.parameters:
        _collect_parameters(each, found)


def parse_type(text: str) -> Type:
    """Return the type a text such as `map(string, list(A))` spells; ValueError if it is not one."""
    types = _parse_types(text)
    if len(types) != 1:
        raise ValueError(f"not a type: {text}")
    return types[0]


def _parse_types(text: str) -> tuple[Type, ...]:
    tokens = [*re.findall(_TOKEN, text), ""]
    types, position = _read_types(tokens, 0)
    if tokens[position]:
        raise ValueError(f"not a list of types: {text}")
    return types


def _read_types(tokens: list[str], position: int) -> tuple[tuple[Type, ...], int]:
    """Read types separated by commas; return them and the position after them."""
    types: list[Type] = []
    while tokens[position] not in {"", ")"}:
        token = tokens[position]
        if token == "<":
            types.append(parameter_type(tokens[position + 1]))
            position += 3
        elif token == "(":
            inner, position = _read_types(tokens, position + 1)
            types.extend(inner)
            position += 1
        elif tokens[position + 1] == "(":
            inner, position = _read_types(tokens, position + 2)
            types.append(_applied(token, inner))
            position += 1
        else:
            is_parameter = len(token) == 1 and token.isupper()
            plain = parameter_type(token) if is_parameter else _SIMPLE.get(token)
            types.append(plain or opaque_type(token))
            position += 1
        if tokens[position] == ",":
            position += 1
    return tuple(types), position


def _applied(name: str, parameters: tuple[Type, ...]) -> Type:
    """Return the type `name(parameters…)`."""
    if name == "list":
        return list_type(*parameters)
    if name == "map":
        return map_type(*parameters)
    if name == "type":
        return type_type(*parameters)
    if name == "wrapper":
        return wrapper_type(*parameters)
    return opaque_type(name, *parameters)
