"""The values that a rendered tree may hold besides plain JSON data.

All of them write themselves as the reference would: `COMPUTED_NULL` is the number 0, a
`StringList` is a list, an `Encoded` is text. They stay recognisable because the reference's patches
tell them apart, and so does its content hash, which is taken of Go's debug form of a value: the
markers carry theirs as `debug_form` (spec: rendering §2.6, §2.7, §3.11).
"""

from __future__ import annotations

from typing import ClassVar, Final, Self

from krm_fn.cel import TypeValue, register_type


class Omit(TypeValue):
    """What `oc_omit()` returns; there is one, `OMIT`. A field or item holding it is dropped.

    It is a type value of its own kind, because the reference's one is its own type.
    """

    __slots__ = ()

    debug_form: ClassVar[str] = "(*template.omitValue){}"

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
MERGED_OMIT: Final = Omit("error")
"""Inside the engine, an `oc_omit()` that `oc_merge` swallowed; it leaves as a `LeakedOmit`."""


class LeakedOmit(dict[str, object]):
    """An `oc_omit()` that `oc_merge` swallowed: not dropped, but written as an empty object."""

    __slots__ = ()

    debug_form: ClassVar[str] = (
        "(*errors.errorString){s:(string)unsupported conversion to ref.Val: "
        "(*template.omitValue)&{}}"
    )


class ComputedNull(int):
    """A null that an expression computed; there is one, `COMPUTED_NULL`.

    The reference turns it into a value of an enumeration, which is written as the number 0.
    """

    __slots__ = ()

    debug_form: ClassVar[str] = "(structpb.NullValue)0"

    def __repr__(self) -> str:
        return "0"

    def __copy__(self) -> ComputedNull:
        return self

    def __deepcopy__(self, memo: object) -> ComputedNull:
        return self


COMPUTED_NULL: Final = ComputedNull(0)


class Unsigned(int):
    """A CEL uint."""

    __slots__ = ()

    @property
    def debug_form(self) -> str:
        """Go's debug form."""
        return f"(uint64){int(self)}"


class Nanoseconds(int):
    """A CEL duration, which is written as a number."""

    __slots__ = ()

    @property
    def debug_form(self) -> str:
        """Go's debug form."""
        return f"(time.Duration){int(self)}"


class Encoded(str):
    """The JSON text of a value that is no text: bytes as base64, a timestamp as RFC 3339.

    `raw` holds the bytes, or None for a timestamp. Inside other text it appears in quotes.
    """

    __slots__ = ("debug_form", "raw")

    raw: bytes | None
    debug_form: str

    def __new__(cls, text: str, raw: bytes | None = None, debug_form: str = "") -> Self:
        """Make one of its text, the bytes it stands for (if any) and Go's debug form."""
        encoded = super().__new__(cls, text)
        encoded.raw = raw
        encoded.debug_form = debug_form
        return encoded


class StringList(list[object]):
    """What `split()` returns when nothing else touches it.

    The reference keeps it apart from other lists: a forEach over it is refused, and so is patching
    into it.
    """

    __slots__ = ()

    @property
    def debug_form(self) -> str:
        """Go's debug form."""
        return f"([]string)[{' '.join(map(str, self))}]"
