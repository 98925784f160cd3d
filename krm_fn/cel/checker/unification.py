"""Type variables and what they stand for: assignability, the most general type, substitution.

In: types that may hold type parameters. Out: verdicts and types. `Bindings` is the only state: the
type each type variable stands for so far. Twins: `cel-go/checker/types.go` and `mapping.go`.
"""

from __future__ import annotations

from krm_fn.cel.types import DYN, Type, list_type, map_type, opaque_type, type_type

Bindings = dict[Type, Type]
"""Type variable → type. May grow in any call below that takes it."""

_VAGUE = frozenset(("dyn", "parameter"))
_NULLABLE = frozenset(("opaque", "object", "duration", "timestamp", "null"))


def assignable(bindings: Bindings, source: Type, target: Type) -> bool:
    """Return whether `source` fits `target`; if not, `bindings` stays as it was."""
    if source is target:
        return True
    if source.ground and target.ground:
        return _assignable(bindings, source, target)
    before = bindings.copy()
    if _assignable(bindings, source, target):
        return True
    bindings.clear()
    bindings.update(before)
    return False


def all_assignable(
    bindings: Bindings, sources: tuple[Type, ...], targets: tuple[Type, ...]
) -> bool:
    """Return whether each source fits the target at its place; if not, nothing is bound."""
    if len(sources) != len(targets):
        return False
    before = bindings.copy()
    if all(map(_assignable, (bindings,) * len(sources), sources, targets)):
        return True
    bindings.clear()
    bindings.update(before)
    return False


def _assignable(bindings: Bindings, source: Type, target: Type) -> bool:
    if source is target:
        return True
    source_kind, target_kind = source.kind, target.kind
    if target_kind == "parameter":
        valid, bound = _substitutable(bindings, source, target)
        if valid or bound:
            return valid
    if source_kind == "parameter":
        return _substitutable(bindings, target, source)[0]
    if source_kind == "dyn" or target_kind == "dyn":
        return True
    if source_kind == "null":
        return target.nullable or target_kind in _NULLABLE
    if target_kind == "null":
        return source.nullable or source_kind in _NULLABLE
    if source_kind == "type":
        return target_kind == "type"
    if source_kind != target_kind or source.name != target.name:
        return False
    return len(source.parameters) == len(target.parameters) and all(
        map(
            _assignable,
            (bindings,) * len(source.parameters),
            source.parameters,
            target.parameters,
        )
    )


def _substitutable(bindings: Bindings, type_: Type, variable: Type) -> tuple[bool, bool]:
    """Return whether `type_` may stand for `variable`, and whether the variable was bound."""
    known = bindings.get(variable)
    if known is None:
        if occurs(bindings, variable, type_):
            return False, False
        bindings[variable] = type_
        return True, False
    if type_ is known:
        return True, True
    if not _assignable(bindings, type_, known):
        return False, True
    wider = most_general(type_, known)
    if not occurs(bindings, variable, wider):
        bindings[variable] = wider
    return True, True


def most_general(first: Type, second: Type) -> Type:
    """Return the less specific of two types that are known to fit each other."""
    return first if _less_specific(first, second) else second


def _less_specific(first: Type, second: Type) -> bool:
    if first.kind in _VAGUE or first is second:
        return True
    if second.kind in _VAGUE or first.kind != second.kind:
        return False
    if first.kind == "type":
        return True
    return (
        first.name == second.name
        and len(first.parameters) == len(second.parameters)
        and all(map(_less_specific, first.parameters, second.parameters))
    )


def occurs(bindings: Bindings, variable: Type, within: Type) -> bool:
    """Return whether a type variable occurs in a type, directly or through bindings."""
    if variable is within:
        return True
    if within.kind == "parameter":
        bound = bindings.get(within)
        return bound is not None and occurs(bindings, variable, bound)
    return not within.ground and any(occurs(bindings, variable, each) for each in within.parameters)


def substitute(bindings: Bindings, type_: Type, *, free_to_dyn: bool = False) -> Type:
    """Return the type with every bound variable replaced; free ones become dyn on request."""
    if type_.ground:
        return type_
    if type_.kind == "parameter":
        bound = bindings.get(type_)
        if bound is None:
            return DYN if free_to_dyn else type_
        return substitute(bindings, bound, free_to_dyn=free_to_dyn)
    parameters = [substitute(bindings, each, free_to_dyn=free_to_dyn) for each in type_.parameters]
    if type_.kind == "list":
        return list_type(*parameters)
    if type_.kind == "map":
        return map_type(*parameters)
    if type_.kind == "type":
        return type_type(*parameters)
    return opaque_type(type_.name, *parameters)
