"""The last step before output: numbers as JSON would show them (spec: rendering §2.4)."""

from __future__ import annotations

from krm_fn.template import Encoded

_LARGEST_PLAIN = 1e21


def plain_numbers(resource: dict[str, object]) -> dict[str, object]:
    """Make whole doubles integers, and the markers of `template` plain data.

    The resource is finished and nobody else's: containers change in place.
    """
    for key, value in resource.items():
        kind = value.__class__
        if kind is str:
            continue
        if kind is dict:
            plain_numbers(value)  # type: ignore[arg-type]
        elif kind is list:
            _items(value)  # type: ignore[arg-type]
        elif kind is not bool and value is not None:
            resource[key] = _scalar(value)
    return resource


def _items(items: list[object]) -> None:
    for index, value in enumerate(items):
        kind = value.__class__
        if kind is str:
            continue
        if kind is dict:
            plain_numbers(value)  # type: ignore[arg-type]
        elif kind is list:
            _items(value)  # type: ignore[arg-type]
        elif kind is not bool and value is not None:
            items[index] = _scalar(value)


def _scalar(value: object) -> object:
    if isinstance(value, float):
        if value.is_integer() and abs(value) < _LARGEST_PLAIN:
            return int(value)
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Encoded):
        return str(value)
    if isinstance(value, list):
        plain = list(value)
        _items(plain)
        return plain
    return {} if not isinstance(value, str) else str(value)
