"""Hints for expressions that do not fit their types."""

from __future__ import annotations

import re
from collections.abc import Mapping

from krm_fn.cel import CelError, Type, TypedEnvironment
from krm_fn.findings import did_you_mean

_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")
_UNDEFINED = re.compile(r"undefined field '([^']*)'")
_NUMBERS = re.compile(r"\((?:double, u?int|u?int, double)\)")
_PATH = re.compile(r"[A-Za-z_]\w*(?:\.\??[A-Za-z_]\w*)+", re.ASCII)


def suggestion(error: CelError, expression: str, environment: TypedEnvironment) -> str:
    """Return what to do about a refused expression; empty where only the code can say."""
    undeclared = _UNDECLARED.search(error.message)
    if undeclared is not None:
        names = set(environment.variables)
        for library in environment.libraries:
            names.update(function.name for function in library.functions)
            names.update(macro.name for macro in library.macros)
        if undeclared[1] in names:
            return f"{undeclared[1]} exists, but for another receiver or other arguments"
        return did_you_mean(undeclared[1], names)
    undefined = _UNDEFINED.search(error.message)
    if undefined is not None:
        known = _fields_beside(undefined[1], expression, environment.variables)
        if not known:
            return ""
        listed = ", ".join(sorted(known))
        return did_you_mean(undefined[1], known) or f"known here: {listed}"
    if _NUMBERS.search(error.message):
        return "write both numbers with or both without a decimal point, or convert: double(…)"
    return ""


def _fields_beside(field: str, expression: str, variables: Mapping[str, Type]) -> tuple[str, ...]:
    """Return the fields of the object that lacks `field`, where a plain path leads there."""
    for path in _PATH.findall(expression):
        first, *steps = path.replace("?", "").split(".")
        found = variables.get(first)
        for step in steps:
            if found is None or found.kind == "dyn":
                break
            if found.kind == "object":
                if step == field and step not in found.fields:
                    return tuple(found.fields)
                found = found.fields.get(step)
            else:
                found = found.parameters[1] if found.kind == "map" else None
    return ()
