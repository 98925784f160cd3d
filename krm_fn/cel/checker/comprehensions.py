"""The type of a comprehension macro.

In: a `Comprehension` node and the checker that meets it. Out: its type, or `CelError` with the
wording cel-go gives for the fold it expands the macro to. Twins: `checkComprehension` of
`cel-go/checker/checker.go` with the expansions of `cel-go/parser/macro.go` and `cel-go/ext`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from krm_fn.cel.syntax import Comprehension, Expr
from krm_fn.cel.types import BOOL, DYN, INT, Type, list_type, map_type, optional_type

if TYPE_CHECKING:
    from krm_fn.cel.checker.checker import Checker

_QUANTIFIERS = frozenset(("all", "exists"))
_LISTS = frozenset(("map", "transform_list"))
_OPTIONALS = frozenset(("opt_map", "opt_flat_map"))


def comprehension_type(checker: Checker, node: Comprehension) -> Type:
    """Return the type of a comprehension."""
    if node.kind in _OPTIONALS:
        return _optional_type(checker, node)
    range_type = checker.known(checker.check(node.target))
    types = _variable_types(checker, node, range_type)
    outer = checker.scope
    checker.scope = outer | dict(zip(node.variables, types, strict=True))
    predicate = None if node.predicate is None else checker.check(node.predicate)
    result = None if node.result is None else checker.check(node.result)
    checker.scope = outer
    return _folded(checker, node, range_type, types, predicate, result)


def _variable_types(checker: Checker, node: Comprehension, range_type: Type) -> tuple[Type, ...]:
    """Return the types of the iteration variables."""
    two = len(node.variables) == 2
    if range_type.kind == "list":
        element = range_type.parameters[0]
        return (INT, element) if two else (element,)
    if range_type.kind == "map":
        return range_type.parameters if two else range_type.parameters[:1]
    if range_type.kind not in {"dyn", "parameter"}:
        found = checker.final(range_type).displayed()
        message = (
            f"expression of type '{found}' cannot be range of a comprehension "
            "(must be list, map, or dynamic)"
        )
        checker.refuse("bad_comprehension_range", message, node.target.offset)
    checker.fits(DYN, range_type)
    return (DYN, DYN) if two else (DYN,)


def _folded(
    checker: Checker,
    node: Comprehension,
    range_type: Type,
    types: tuple[Type, ...],
    predicate: Type | None,
    result: Type | None,
) -> Type:
    """Return the type of what the comprehension collects."""
    kind = node.kind
    if kind in _QUANTIFIERS:
        assert predicate is not None
        assert node.predicate is not None
        if not checker.fits(predicate, BOOL):
            checker.mismatch(BOOL, predicate, node.predicate.offset)
        return BOOL
    if kind == "exists_one":
        _condition(checker, node, predicate, INT)
        return BOOL
    if kind == "filter":
        collected = list_type(types[0])
        _condition(checker, node, predicate, collected)
        return checker.known(collected)
    assert result is not None
    if kind == "sort_by":
        return _sorted(checker, node, range_type, result)
    if kind in _LISTS:
        collected = list_type(result)
    elif kind == "transform_map":
        collected = map_type(types[0], result)
    else:
        collected = map_type(checker.fresh(), checker.fresh())
        if not checker.fits(result, collected):
            checker.no_overload("cel.@mapInsert", None, (collected, result), node.offset)
    _condition(checker, node, predicate, collected)
    return checker.known(collected)


def _condition(
    checker: Checker, node: Comprehension, predicate: Type | None, collected: Type
) -> None:
    """Require that the filter of a comprehension can be a bool."""
    if predicate is not None and not checker.fits(predicate, BOOL):
        checker.no_overload("_?_:_", None, (predicate, collected, collected), node.offset)


def _sorted(checker: Checker, node: Comprehension, range_type: Type, key: Type) -> Type:
    """Return the type of `sortBy`, whose keys must be of one sortable type."""
    function = checker.functions.get("@sortByAssociatedKeys")
    if function is None:
        checker.undeclared("@sortByAssociatedKeys", node.offset)
    return checker.resolve(function, range_type, (list_type(key),), node.offset)


def _optional_type(checker: Checker, node: Comprehension) -> Type:
    """Return the type of `optMap` or `optFlatMap`."""
    target = checker.check(node.target)
    value = _method(checker, "value", target, node)
    _method(checker, "hasValue", target, node)
    outer = checker.scope
    checker.scope = outer | {node.variables[0]: value}
    assert node.result is not None
    result = checker.check(node.result)
    checker.scope = outer
    if node.kind == "opt_map":
        return optional_type(result)
    none = optional_type(checker.fresh())
    joined = checker.fresh()
    if not (checker.fits(result, joined) and checker.fits(none, joined)):
        checker.no_overload("_?_:_", None, (BOOL, result, none), node.offset)
    return checker.known(joined)


def _method(checker: Checker, name: str, target: Type, node: Expr) -> Type:
    """Return the type of the method of an optional that the macro calls."""
    function = checker.functions.get(name)
    if function is None:
        checker.undeclared(name, node.offset)
    return checker.resolve(function, target, (), node.offset)
