"""The engine's environments: one per set of variable names (spec: rendering §2.8, §2.12)."""

from __future__ import annotations

from collections.abc import Iterable

from krm_fn.cel import Environment
from krm_fn.template.functions import COMPONENT_LIBRARY, LIBRARY

_LIMIT = 512

_by_order: dict[tuple[tuple[str, ...], bool], Environment] = {}
_by_names: dict[tuple[frozenset[str], bool], Environment] = {}


def environment_for(variables: Iterable[str], component_macros: bool = True) -> Environment:  # noqa: FBT001, FBT002
    """Return the environment with these variables, all of dynamic type; the same one each time.

    A scope may be given as it is. `component_macros` adds the macros of the component pipeline
    (`configurations.toVolumes()` …) to the functions of all pipelines (`oc_merge` …).
    """
    order = (tuple(variables), component_macros)
    environment = _by_order.get(order)
    if environment is None:
        names = (frozenset(order[0]), component_macros)
        environment = _by_names.get(names)
        if environment is None:
            libraries = [LIBRARY, COMPONENT_LIBRARY] if component_macros else [LIBRARY]
            environment = Environment(sorted(names[0]), libraries)
            if len(_by_names) >= _LIMIT:
                _by_names.clear()
            _by_names[names] = environment
        if len(_by_order) >= _LIMIT:
            _by_order.clear()
        _by_order[order] = environment
    return environment
