"""The debug dump that the dp-resource-hash is taken of (spec: rendering §3.11).

Upstream twin: `github.com/davecgh/go-spew` through `k8s.io/utils/dump`, for plain JSON data.
"""

from __future__ import annotations

from krm_fn.cel import format_double
from krm_fn.identity import fnv1a_32, safe_encode


def content_hash(resources: list[dict[str, object]]) -> str:
    """Hash a list of resources as the reference does: a short text such as `6cc6bf9757`."""
    return safe_encode(fnv1a_32(dump(resources)))


def dump(resources: list[dict[str, object]]) -> str:
    """Write a list of JSON objects in the reference's debug form, keys sorted bytewise."""
    return "([]map[string]interface {})[" + " ".join(map(_object, resources)) + "]"


def _object(value: dict[str, object]) -> str:
    return (
        "map["
        + " ".join(
            [
                f"{key}:(string){item}" if item.__class__ is str else f"{key}:{_value(item)}"
                for key, item in sorted(value.items())
            ]
        )
        + "]"
    )


def _value(value: object) -> str:
    kind = value.__class__
    if kind is str:
        return f"(string){value}"
    if kind is dict:
        return "(map[string]interface {})" + _object(value)  # type: ignore[arg-type]
    if kind is list:
        return "([]interface {})[" + " ".join(map(_value, value)) + "]"  # type: ignore[call-overload]
    if kind is float:
        return f"(float64){format_double(value)}"  # type: ignore[arg-type]
    if kind is bool:
        return "(bool)true" if value else "(bool)false"
    if kind is int:
        return f"(int64){value}"
    return _rare(value)


def _rare(value: object) -> str:
    if value is None:
        return "(interface {})<nil>"
    form = getattr(value, "debug_form", "")
    return form or f"(string){value}"
