"""“Did you mean …?” for names that an expression gets wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping

from krm_fn.cel import CelError, Environment
from krm_fn.findings import did_you_mean
from krm_fn.template.nodes import Slot

_UNDECLARED = re.compile(r"undeclared reference to '([^']*)'")
_NO_KEY = re.compile(r"no such key: (.*)", re.DOTALL)
_PATH = re.compile(r"[A-Za-z_]\w*(?:\.\??[A-Za-z_]\w*|\[\??'[^']*'\]|\[\??\"[^\"]*\"\])*", re.ASCII)
_STEP = re.compile(r"[A-Za-z_]\w*|'[^']*'|\"[^\"]*\"", re.ASCII)


def suggest(slot: Slot, error: CelError, scope: Mapping[str, object]) -> str:
    """Return `did you mean "x"?` for an undeclared name or a missing key, or an empty string."""
    undeclared = _UNDECLARED.search(error.message)
    if undeclared is not None:
        return did_you_mean(undeclared[1], _names(slot.environment))
    missing = _NO_KEY.search(error.message)
    if missing is None:
        return ""
    for found in _PATH.finditer(slot.expression):
        container = _container(found[0], missing[1], scope)
        if container is not None:
            return did_you_mean(missing[1], map(str, container))
    return ""


def _names(environment: Environment) -> set[str]:
    """Return the variables, and the functions and macros of the libraries of this room."""
    names = set(environment.variables)
    for library in environment.libraries:
        names.update(function.name for function in library.functions)
        names.update(macro.name for macro in library.macros)
    return names


def _container(path: str, key: str, scope: Mapping[str, object]) -> Mapping[str, object] | None:
    """Follow a path up to the map that lacks `key`; None where the path is not to blame."""
    value: object = scope
    for step in _STEP.findall(path):
        name = step[1:-1] if step[0] in "'\"" else step
        if not isinstance(value, Mapping):
            return None
        if name not in value:
            return value if name == key and value is not scope else None
        value = value[name]
    return None
