"""Compiles the validation of a schema node into one check per Python type.

A `Checks` table maps the type of a value to the check to run (None: nothing to check), so that the
parent looks up and calls at most one function per child. The first failing value costs; a valid
one costs a few dictionary look-ups.

Source of the behaviour: spec rendering §3.5 (Validation), `kube-openapi`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from krm_fn.schema.combinations import combination_checks
from krm_fn.schema.containers import list_check, object_check
from krm_fn.schema.errors import SchemaPath
from krm_fn.schema.keywords import Node, check_keywords
from krm_fn.schema.places import Locator
from krm_fn.schema.scalars import (
    Check,
    Locate,
    enum_check,
    is_integral,
    number_check,
    string_check,
)
from krm_fn.schema.violation import Violation

_KINDS: dict[type, str] = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    dict: "object",
    list: "array",
    type(None): "null",
}


class Checks(dict[type, Check | None]):
    """The checks of one schema node by the type of the value."""

    __slots__ = ()

    @property
    def silent(self) -> bool:
        """Whether no value of any type can fail."""
        return not any(self.values())

    def __missing__(self, kind: type) -> Check | None:
        """Serve subclasses of the JSON types; anything else is of no JSON type at all."""
        for base in kind.__mro__[1:]:
            if base in self:
                found = self[kind] = dict.__getitem__(self, base)
                return found
        found = self[kind] = _foreign
        return found


class LazyChecks(Checks):
    """Checks that are compiled when the first value of a type arrives.

    For large schemas of which a document uses few fields.
    """

    __slots__ = ("_compile",)

    def __init__(self, compile_kind: Callable[[type], Check | None]) -> None:
        super().__init__()
        self._compile = compile_kind

    @property
    def silent(self) -> bool:
        """Unknown before compilation, so never."""
        return False

    def __missing__(self, kind: type) -> Check | None:
        """Compile the check of one type and keep it."""
        base = next((base for base in kind.__mro__ if base in _KINDS), None)
        found = self[kind] = _foreign if base is None else self._compile(base)
        return found


def _foreign(value: object) -> list[Violation] | None:
    message = f"is of type {type(value).__name__}, which no schema can describe"
    return [Violation("field-wrong-type", message, (), (), value)]


class Compiler:
    """Compiles the nodes of one schema.

    `strict` reports properties that the schema does not know (admission of documents). `trusted`
    schemas are our own: compiled as far as values need them, without checks of the schema itself,
    their patterns run by Python's own regular expressions.
    """

    def __init__(self, locator: Locator, *, strict: bool = False, trusted: bool = False) -> None:
        self.locator = locator
        self.strict = strict
        self.trusted = trusted

    def checks(self, node: Node, path: SchemaPath) -> Checks:
        """Compile a node and everything below it. Raises `SchemaError` for malformed keywords."""
        locate = self._locate(node, path)
        if self.trusted:
            return LazyChecks(
                lambda kind: self._check(node, locate, kind, combination_checks(self, node, locate))
            )
        check_keywords(node, path)
        combined = combination_checks(self, node, locate)
        return Checks((kind, self._check(node, locate, kind, combined)) for kind in _KINDS)

    def _check(self, node: Node, locate: Locate, kind: type, combined: list[Check]) -> Check | None:
        allowed = _types(node)
        wrong = _wrong_type(allowed, locate) if allowed else None
        enum = enum_check(node, locate) if "enum" in node else None
        name = _KINDS[kind]
        if name == "null":
            return _sequence([wrong if node.get("nullable") is not True else None, enum])
        own: Check | None = None
        if name == "object":
            own = object_check(self, node, locate)
        elif name == "array":
            own = list_check(self, node, locate)
        elif name == "string":
            own = string_check(node, locate, trusted=self.trusted)
        elif name in ("integer", "number"):
            own = number_check(node, locate)
        return _sequence([_type_check(name, allowed, wrong), *combined, own, enum])

    def _locate(self, node: Node, path: SchemaPath) -> Locate:
        locator = self.locator

        def locate(keyword: str) -> SchemaPath:
            return locator.keyword(node, path, keyword)

        return locate


def _types(node: Node) -> tuple[str, ...]:
    if node.get("x-kubernetes-int-or-string") is True:
        return ("integer", "string")
    kind = cast("str | None", node.get("type"))
    return (kind,) if kind else ()


def _type_check(name: str, allowed: tuple[str, ...], wrong: Check | None) -> Check | None:
    if wrong is None or name in allowed or (name == "integer" and "number" in allowed):
        return None
    if name != "number" or "integer" not in allowed:
        return wrong
    refuse = wrong

    def check(value: object) -> list[Violation] | None:
        return None if is_integral(cast(float, value)) else refuse(value)

    return check


def _wrong_type(allowed: tuple[str, ...], locate: Locate) -> Check:
    words = ",".join(allowed)

    def check(value: object) -> list[Violation] | None:
        kind = next((_KINDS[base] for base in type(value).__mro__ if base in _KINDS), "")
        message = f'must be of type {words}: "{kind}"'
        return [Violation("field-wrong-type", message, (), locate("type"), value)]

    return check


def _sequence(checks: list[Check | None]) -> Check | None:
    present = tuple(check for check in checks if check is not None)
    if not present:
        return None
    if len(present) == 1:
        return present[0]

    def check(value: object) -> list[Violation] | None:
        found: list[Violation] | None = None
        for one in present:
            more = one(value)
            if more:
                found = more if found is None else found + more
        return found

    return check
