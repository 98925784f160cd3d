"""Checks of anyOf, oneOf, allOf and not."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from krm_fn.schema.errors import SchemaPath
from krm_fn.schema.keywords import Node
from krm_fn.schema.scalars import Check
from krm_fn.schema.violation import Violation

if TYPE_CHECKING:
    from krm_fn.schema.validation import Checks, Compiler

Locate = Callable[[str], SchemaPath]


def combination_checks(compiler: Compiler, node: Node, locate: Locate) -> list[Check]:
    """Compile the combinators of a node. Null never reaches them, as in the reference."""
    makers = {"anyOf": _any_of, "oneOf": _one_of, "allOf": _all_of}
    checks = []
    for keyword, maker in makers.items():
        branches = cast("list[Node] | None", node.get(keyword))
        if branches:
            below = locate(keyword)
            tables = [
                compiler.checks(branch, (*below, index)) for index, branch in enumerate(branches)
            ]
            checks.append(maker(tables, below))
    negated = node.get("not")
    if isinstance(negated, dict):
        checks.append(_not(compiler.checks(negated, locate("not")), locate("not")))
    return checks


def _run(table: Checks, value: object) -> list[Violation]:
    check = table[type(value)]
    return [] if check is None else check(value) or []


def _closest(failures: list[list[Violation]]) -> list[Violation]:
    """Return the failures of the branch that came nearest: the first with the fewest."""
    return min(failures, key=len)


def _any_of(tables: list[Checks], where: SchemaPath) -> Check:
    def check(value: object) -> list[Violation] | None:
        failures = []
        for table in tables:
            found = _run(table, value)
            if not found:
                return None
            failures.append(found)
        message = "must validate at least one schema (anyOf)"
        return [Violation("field-any-of", message, (), where, value), *_closest(failures)]

    return check


def _one_of(tables: list[Checks], where: SchemaPath) -> Check:
    def check(value: object) -> list[Violation] | None:
        failures = [found for table in tables if (found := _run(table, value))]
        valid = len(tables) - len(failures)
        if valid == 1:
            return None
        outcome = f"Found {valid} valid alternatives" if valid else "Found none valid"
        message = f"must validate one and only one schema (oneOf). {outcome}"
        found = [Violation("field-one-of", message, (), where, value)]
        return found if valid else found + _closest(failures)

    return check


def _all_of(tables: list[Checks], where: SchemaPath) -> Check:
    def check(value: object) -> list[Violation] | None:
        failures = [found for table in tables if (found := _run(table, value))]
        if not failures:
            return None
        message = "must validate all the schemas (allOf)"
        if len(failures) == len(tables):
            message += ". None validated"
        found = [Violation("field-all-of", message, (), where, value)]
        for failure in failures:
            found += failure
        return found

    return check


def _not(table: Checks, where: SchemaPath) -> Check:
    def check(value: object) -> list[Violation] | None:
        if _run(table, value):
            return None
        return [Violation("field-not", "must not validate the schema (not)", (), where, value)]

    return check
