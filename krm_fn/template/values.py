"""The values that a rendered tree may hold besides plain JSON data.

All of them write themselves as the reference would: `COMPUTED_NULL` is the number 0, a
`StringList` is a list, an `Encoded` is text. Their classes stay recognisable because the
reference's content hash and its patches tell them apart (spec: rendering §2.6, §2.7, §3.11).
"""

from __future__ import annotations

from typing import Final, Self

from krm_fn.cel import TypeValue, register_type

__all__ = [
    "COMPUTED_NULL",
    "LEAKED_OMIT",
    "OMIT",
    "ComputedNull",
    "Encoded",
    "Omit",
    "StringList",
    "Unsigned",
]


class Omit(TypeValue):
    """What `oc_omit()` returns; there is one, `OMIT`. A field or item holding it is dropped.

    It is a type value of its own kind, because the reference's one is its own type.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "oc_omit()"

    def __str__(self) -> str:
        return "{}"

    def __copy__(self) -> Omit:
        return self

    def __deepcopy__(self, memo: object) -> Omit:
        return self


OMIT: Final = Omit("oc_omit")
register_type(Omit, OMIT)
LEAKED_OMIT: Final = Omit("error")
"""An `oc_omit()` that `oc_merge` swallowed: it is not dropped but leaves as an empty object."""


class ComputedNull(int):
    """A null that an expression computed; there is one, `COMPUTED_NULL`.

    The reference turns it into an enumeration value that is written as the number 0, and whose
    debug form in the content hash is `(structpb.NullValue)0`.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        return "0"

    def __copy__(self) -> ComputedNull:
        return self

    def __deepcopy__(self, memo: object) -> ComputedNull:
        return self


COMPUTED_NULL: Final = ComputedNull(0)


class Encoded(str):
    """The JSON text of a value that is no text: bytes as base64, a timestamp as RFC 3339.

    `raw` holds the bytes, or None for a timestamp. Inside other text it appears in quotes.
    """

    __slots__ = ("raw",)

    raw: bytes | None

    def __new__(cls, text: str, raw: bytes | None = None) -> Self:
        """Make one of its text."""
        encoded = super().__new__(cls, text)
        encoded.raw = raw
        return encoded


class StringList(list[object]):
    """What `split()` returns when nothing else touches it.

    The reference keeps it apart from other lists: its debug form in the content hash is
    `([]string)[…]`, a forEach over it is refused, and so is patching into it.
    """

    __slots__ = ()


class Unsigned(int):
    """A CEL uint. The reference's content hash writes it as `(uint64)`."""

    __slots__ = ()
