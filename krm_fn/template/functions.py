"""The `oc_*` functions and the macros of the component pipeline (spec: rendering §2.9, §2.10).

Two libraries for the engine: `LIBRARY` for every pipeline, `COMPONENT_LIBRARY` on top of it for the
component pipeline. Upstream twins: `internal/template/functions.go` and
`internal/pipeline/component/context/cel_extensions.go`.
"""

from __future__ import annotations

from krm_fn.cel import CelError, Optional
from krm_fn.identity import LABEL_LIMIT, NAME_LIMIT, fnv1a_32_hex, kubernetes_name
from krm_fn.template.values import LEAKED_OMIT, OMIT


def _generate(limit: int, parts: list[object]) -> str:
    texts = [part for part in parts if part.__class__ is str]
    if not texts:
        raise CelError("internal_panic", "internal error: runtime error: integer divide by zero")
    return kubernetes_name(limit, texts)  # type: ignore[arg-type]


def generate_name(part: str) -> str:
    """`oc_generate_name(string)`: a name of at most 253 bytes."""
    return kubernetes_name(NAME_LIMIT, (part,))


def generate_name_of_list(parts: list[object]) -> str:
    """`oc_generate_name(list)`: the same of several parts; parts that are no text do not count."""
    return _generate(NAME_LIMIT, parts)


def dns_label(part: str) -> str:
    """`oc_dns_label(string)`: a name of at most 63 bytes."""
    return kubernetes_name(LABEL_LIMIT, (part,))


def dns_label_of_list(parts: list[object]) -> str:
    """`oc_dns_label(list)`: the same of several parts."""
    return _generate(LABEL_LIMIT, parts)


def omit() -> object:
    """`oc_omit()`: the field or item that holds the result is dropped."""
    return OMIT


def merge(left: dict[str, object], right: dict[str, object]) -> dict[str, object]:
    """`oc_merge(map, map)`: the entries of both, those of the right winning; not deep.

    An `oc_omit()` directly in one of the maps is not dropped; an absent optional becomes null.
    """
    merged = left | right
    for key, value in merged.items():
        if value.__class__ in _PLAIN:
            continue
        if value is OMIT:
            merged[key] = LEAKED_OMIT
        elif isinstance(value, Optional) and not value.present:
            merged[key] = None
    return merged


_PLAIN = frozenset((str, float, int, bool, dict, list))
