"""The JSON round trip of a context: every number becomes a double (spec: rendering §2.5)."""

from __future__ import annotations

from collections.abc import Mapping


def as_floats(value: object) -> object:
    """Copy plain data with every integer as a float; booleans and the rest stay as they are.

    An integer beyond the range of a double becomes an infinity, as text that large would.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Mapping):
        return {key: as_floats(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_floats(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool):
        try:
            return float(value)
        except OverflowError:
            return float("inf") if value > 0 else float("-inf")
    return value
