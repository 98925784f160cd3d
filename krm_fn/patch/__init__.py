"""JSON Patch with OpenChoreo's path language, on one rendered resource.

In: a plain object, an operation (`add`, `replace`, `remove`, `mergeShallow`), a parsed path and a
value. Out: the object changed in place (the value is copied), or a `PatchError` as a value.
The language is not RFC 6902: a path may hold filters and wildcards, missing parents are made,
and a number is always an index (spec: rendering §3.9). Upstream twin: `internal/patch`.
"""

from krm_fn.patch.errors import PatchError
from krm_fn.patch.expansion import STATE_LIMIT, Pointer, expand
from krm_fn.patch.operations import OPERATIONS, Change, apply_operation
from krm_fn.patch.path import EVERY, Every, Filter, PatchPath, Step, parse_path

__all__ = [
    "EVERY",
    "OPERATIONS",
    "STATE_LIMIT",
    "Change",
    "Every",
    "Filter",
    "PatchError",
    "PatchPath",
    "Pointer",
    "Step",
    "apply_operation",
    "expand",
    "parse_path",
]
