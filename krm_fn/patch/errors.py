"""`PatchError`: why an operation cannot be applied."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PatchError:
    """An error of a path or an operation, as a value.

    `code` is a finding code (`trait-patch-path-invalid`, `trait-patch-no-match`,
    `trait-patch-failed`). `segment` is what the path asks for and does not get: a key, an index,
    the text of a filter, or the bracket that cannot be read. `known` lists what is there in its
    place: the keys of a map, the values that a filter compared. `hint` is what to do, empty where
    the hint of the code will do.
    """

    code: str
    message: str
    segment: str = ""
    known: tuple[str, ...] = ()
    hint: str = ""


def invalid(message: str, segment: str) -> PatchError:
    """Make the error of a path that breaks the grammar."""
    return PatchError("trait-patch-path-invalid", message, segment)


def failed(
    message: str, segment: str = "", known: tuple[str, ...] = (), hint: str = ""
) -> PatchError:
    """Make the error of a path that does not fit the resource."""
    return PatchError("trait-patch-failed", message, segment, known, hint)
