"""What expressions can see: metadata, parameters, workload, data plane, environment, derived lists.

In: a job of `resolve`. Out: a `Scope`, a plain dict of variables (every number a float, as after
the reference's JSON round trip), and findings where parameters do not fit their schema.
Upstream twin: `internal/pipeline/{component,project,resource}/context`.
"""

from krm_fn.context.component import (
    NO_DEPENDENCIES,
    ContextMemo,
    Scope,
    component_scope,
    trait_scope,
)
from krm_fn.context.metadata import base_name, cell_namespace, component_metadata
from krm_fn.context.numbers import as_floats
from krm_fn.context.owners import owner_release_name, owner_scope
from krm_fn.context.sections import resolve_section
from krm_fn.context.workload import merge_overrides

__all__ = [
    "NO_DEPENDENCIES",
    "ContextMemo",
    "Scope",
    "as_floats",
    "base_name",
    "cell_namespace",
    "component_metadata",
    "component_scope",
    "merge_overrides",
    "owner_release_name",
    "owner_scope",
    "resolve_section",
    "trait_scope",
]
