"""The `oc_*` functions and the macros of the component pipeline (spec: rendering §2.9, §2.10).

Two libraries for the engine: `LIBRARY` for every pipeline, `COMPONENT_LIBRARY` on top of it for the
component pipeline. Upstream twins: `internal/template/functions.go` and
`internal/pipeline/component/context/cel_extensions.go`.
"""

from __future__ import annotations

from collections.abc import Callable

from krm_fn.cel import (
    VARIADIC,
    Call,
    CelError,
    Expr,
    Function,
    Ident,
    Library,
    ListExpr,
    Macro,
    Optional,
    Overload,
    Select,
    macro_error,
)
from krm_fn.identity import LABEL_LIMIT, NAME_LIMIT, fnv1a_32_hex, kubernetes_name
from krm_fn.template.values import MERGED_OMIT, OMIT

_PLAIN = frozenset((str, float, int, bool, dict, list))


def _generate(limit: int, parts: list[object]) -> str:
    texts = [part for part in parts if part.__class__ is str]
    if not texts:
        raise CelError("internal_panic", "internal error: runtime error: integer divide by zero")
    return kubernetes_name(limit, texts)


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
    if left.__class__ is not dict or right.__class__ is not dict:
        raise CelError("internal_panic", "internal error: a key of oc_merge is no string")
    merged = left | right
    for key, value in merged.items():
        if value.__class__ in _PLAIN:
            continue
        if value is OMIT:
            merged[key] = MERGED_OMIT
        elif isinstance(value, Optional) and not value.present:
            merged[key] = None
    return merged


def _pack(call: Call) -> Expr | None:
    """Put the arguments of a variadic call into one list. One argument is left as it is."""
    if len(call.arguments) == 1:
        return None
    return Call(call.offset, call.function, None, (ListExpr(call.offset, call.arguments),))


def _fold(call: Call) -> Expr | None:
    """Write a merge of many maps as merges of two, from the left."""
    if len(call.arguments) < 2:
        raise macro_error("oc_merge requires at least 2 arguments", call.offset)
    folded, *others = call.arguments
    for other in others:
        folded = Call(call.offset, call.function, None, (folded, other))
    return folded


def _read_derived(receiver: str, field: str) -> Callable[[Call], Expr | None]:
    """Rewrite `<receiver>.<macro>()` to a field of `derived`; another receiver is left alone."""

    def expand(call: Call) -> Expr | None:
        if not isinstance(call.target, Ident) or call.target.name != receiver:
            return None
        derived = Select(call.offset, Ident(call.offset, "derived"), field)
        if not call.arguments:
            return derived
        return Call(call.offset, "_[?_]", None, (derived, *call.arguments))

    return expand


def _any_of(*expanders: Callable[[Call], Expr | None]) -> Callable[[Call], Expr | None]:
    def expand(call: Call) -> Expr | None:
        for expander in expanders:
            expanded = expander(call)
            if expanded is not None:
                return expanded
        return None

    return expand


LIBRARY = Library(
    "openchoreo",
    (
        Function("oc_omit", (Overload("oc_omit", "oc_omit() -> dyn", omit),)),
        Function(
            "oc_hash", (Overload("oc_hash_string", "oc_hash(string) -> string", fnv1a_32_hex),)
        ),
        Function(
            "oc_merge",
            (
                Overload(
                    "oc_merge_map_map",
                    "oc_merge(map(string, dyn), map(string, dyn)) -> map(string, dyn)",
                    merge,
                ),
            ),
        ),
        Function(
            "oc_generate_name",
            (
                Overload(
                    "oc_generate_name_string", "oc_generate_name(string) -> string", generate_name
                ),
                Overload(
                    "oc_generate_name_list",
                    "oc_generate_name(list(string)) -> string",
                    generate_name_of_list,
                ),
            ),
        ),
        Function(
            "oc_dns_label",
            (
                Overload("oc_dns_label_string", "oc_dns_label(string) -> string", dns_label),
                Overload(
                    "oc_dns_label_list", "oc_dns_label(list(string)) -> string", dns_label_of_list
                ),
            ),
        ),
    ),
    (
        Macro("oc_generate_name", VARIADIC, receiver=False, expand=_pack),
        Macro("oc_dns_label", VARIADIC, receiver=False, expand=_pack),
        Macro("oc_merge", VARIADIC, receiver=False, expand=_fold),
    ),
)

_DERIVED = {
    "toConfigFileList": (("configurations", "configFileList"),),
    "toSecretFileList": (("configurations", "secretFileList"),),
    "toContainerEnvFrom": (("configurations", "containerEnvFrom"),),
    "toConfigEnvsByContainer": (("configurations", "configEnvs"),),
    "toSecretEnvsByContainer": (("configurations", "secretEnvs"),),
    "toContainerEnvs": (("dependencies", "dependencyEnvVars"),),
    "toServicePorts": (("workload", "servicePorts"),),
    "toContainerVolumeMounts": (
        ("configurations", "configVolumeMounts"),
        ("dependencies", "dependencyVolumeMounts"),
    ),
    "toVolumes": (("configurations", "configVolumes"), ("dependencies", "dependencyVolumes")),
}

COMPONENT_LIBRARY = Library(
    "openchoreo-component",
    macros=(
        *(
            Macro(
                name, 0, receiver=True, expand=_any_of(*(_read_derived(*place) for place in places))
            )
            for name, places in _DERIVED.items()
        ),
        Macro(
            "toEndpointResources",
            1,
            receiver=True,
            expand=_read_derived("workload", "endpointResources"),
        ),
    ),
)
