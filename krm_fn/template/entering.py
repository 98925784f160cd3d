"""From rendered data back to the engine: `resource` in where clauses and rules."""

from __future__ import annotations

from krm_fn.cel import Duration, Uint
from krm_fn.template.values import ComputedNull, Encoded, Nanoseconds, Omit, Unsigned

_SCALARS = frozenset((str, float, int, bool, type(None)))


def enter(value: object) -> object:
    """Make a rendered tree fit to be a variable of a scope.

    Returns the tree itself where it is plain, as nearly every one is. Otherwise a copy in which a
    computed null is null again, bytes are bytes, an unsigned number is a uint, a split text a list.
    """
    return value if _is_plain(value) else _plain(value)


def _is_plain(value: object) -> bool:
    kind = value.__class__
    if kind is dict:
        return all(
            item.__class__ is str or _is_plain(item)
            for item in value.values()  # type: ignore[attr-defined]
        )
    if kind is list:
        return all(
            item.__class__ is str or _is_plain(item)
            for item in value  # type: ignore[attr-defined]
        )
    return kind in _SCALARS


def _plain(value: object) -> object:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, ComputedNull):
        return None
    if isinstance(value, Unsigned):
        return Uint(value)
    if isinstance(value, Nanoseconds):
        return Duration(value)
    if isinstance(value, Encoded):
        return str(value) if value.raw is None else value.raw
    if isinstance(value, Omit):
        return {}
    return value
