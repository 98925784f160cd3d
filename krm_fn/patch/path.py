"""The grammar of patch paths (spec: rendering §3.9): text becomes steps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from krm_fn.patch.errors import PatchError, invalid

APPEND: Final = "-"
"""The step behind the last element of a list."""

_INTEGER = re.compile(r"[+-]?[0-9]+", re.ASCII)
_FILTER = re.compile(r"@\.([A-Za-z0-9_.-]+)[\t\n\f\r ]*==[\t\n\f\r ]*['\"](.*)['\"]", re.ASCII)
_INTEGER_END = 2**63


class Every:
    """The step `[*]`: every element of a list. There is one, `EVERY`."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "[*]"


EVERY: Final = Every()


@dataclass(frozen=True, slots=True)
class Filter:
    """The step `[?(@.a.b=='text')]`: the elements whose nested field, as text, is `text`."""

    fields: tuple[str, ...]
    text: str


Step = str | int | Every | Filter
"""A key, an index, or a choice of elements. The key `-` stands behind a list's last element."""


@dataclass(frozen=True, slots=True)
class PatchPath:
    """A parsed path. `pointer` is the one place it means, None with a filter or a wildcard."""

    text: str
    steps: tuple[Step, ...]
    pointer: tuple[str | int, ...] | None


def parse_path(text: str) -> PatchPath | PatchError:
    """Parse a path such as `/spec/containers[?(@.name=='main')]/env/-`.

    `/` inside a key is written `~1`, `~` is written `~0`; empty segments do not count, and the
    first `/` may be missing. Segments are cut at `/` before anything else is looked at. The root
    (`""`, `/`) has no steps.
    """
    steps: list[Step] = []
    for segment in text.split("/"):
        if not segment:
            continue
        plain = segment.replace("~1", "/").replace("~0", "~")
        error = _parse_segment(plain, steps)
        if error is not None:
            return error
    pointer = tuple(step for step in steps if isinstance(step, str | int))
    return PatchPath(text, tuple(steps), pointer if len(pointer) == len(steps) else None)


def _parse_segment(segment: str, steps: list[Step]) -> PatchError | None:
    """Append the steps of one segment; the first `]` closes a bracket, whatever stands before."""
    rest = segment
    while rest:
        if rest[0] != "[":
            token, bracket, after = rest.partition("[")
            rest = bracket + after
            index = _integer(token)
            steps.append(token if index is None else index)
            continue
        selector, bracket, rest = rest[1:].partition("]")
        if not bracket:
            return invalid(
                f"the bracket in `{segment}` is not closed; a `/` inside it is written `~1`",
                segment,
            )
        step = _selector(selector)
        if isinstance(step, PatchError):
            return step
        steps.append(step)
    return None


def _selector(selector: str) -> Step | PatchError:
    if selector.startswith("?(") and selector.endswith(")"):
        found = _FILTER.fullmatch(selector[2:-1].strip())
        if found is None:
            return invalid(
                f"the filter `{selector[2:-1]}` is not of the form `@.field=='text'`",
                f"[{selector}]",
            )
        return Filter(tuple(found[1].split(".")), found[2])
    if selector == "*":
        return EVERY
    if selector == APPEND:
        return APPEND
    index = _integer(selector)
    if index is None:
        return invalid(
            f"`[{selector}]` is neither an index, nor `[-]`, `[*]` or a filter "
            "`[?(@.field=='text')]`; a filter cannot hold a `]`",
            f"[{selector}]",
        )
    return index


def _integer(token: str) -> int | None:
    """Read an index the way Go's Atoi does; what does not fit 64 bits is no number."""
    if _INTEGER.fullmatch(token) is None:
        return None
    number = int(token)
    return number if -_INTEGER_END <= number < _INTEGER_END else None
