"""What a plain scalar means, in both modes of decision D7.

Source: the resolvers of the Go libraries behind kubectl (`sigs.k8s.io/yaml`) and kustomize
(`sigs.k8s.io/kustomize/kyaml`), as tabulated in the vectors and probed with both programs.
"""

from __future__ import annotations

import re
from typing import Literal

Mode = Literal["kustomize", "kubernetes"]

Scalar = str | int | float | bool | None

CONSTANTS: dict[str, bool | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
}

# Words that only a YAML 1.1 reader (kubectl, the control plane) takes for booleans.
BOOLEAN_WORDS: dict[str, bool] = {
    **dict.fromkeys(("y", "Y", "yes", "Yes", "YES", "on", "On", "ON"), True),
    **dict.fromkeys(("n", "N", "no", "No", "NO", "off", "Off", "OFF"), False),
}

NOT_FINITE = frozenset(
    sign + word
    for sign, words in (
        ("", (".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN")),
        ("+", (".inf", ".Inf", ".INF")),
        ("-", (".inf", ".Inf", ".INF")),
    )
    for word in words
)

DATE = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}"
    r"(?:(?:[Tt]|[ \t]+)\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d*)?[ \t]*(?:Z|[-+]\d{1,2}(?::?\d{2})?)?)?\Z"
)

_INTEGER = re.compile(
    r"[-+]?(?:0[xX](?P<hex>[0-9a-fA-F]+)|0[bB](?P<bin>[01]+)|0[oO](?P<oct>[0-7]+)"
    r"|0(?P<old>[0-7]+)|(?P<dec>0|[1-9][0-9]*))\Z"
)
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_ODD_BINARY = re.compile(r"0b-[01]+\Z")
_NUMBER_START = frozenset("0123456789+-.")
_BASES = (("hex", 16), ("bin", 2), ("oct", 8), ("old", 8))

LARGEST_UNSIGNED = (1 << 64) - 1
SMALLEST_SIGNED = -(1 << 63)
LARGEST_SIGNED = (1 << 63) - 1


class NotFiniteError(ValueError):
    """`.inf` and `.nan` have no JSON form, so no Kubernetes tool accepts them."""


def number(text: str) -> int | float | None:
    """Read a plain scalar as a number; None if it is not one.

    Whole floats within 64 bits come out as int, as they do after the way through JSON that every
    Kubernetes tool takes; integers beyond 64 bits come out as float. Raises NotFiniteError.
    """
    if not text or text[0] not in _NUMBER_START:
        return None
    if text in NOT_FINITE:
        raise NotFiniteError(text)
    plain = text.replace("_", "") if "_" in text and text[0] != "." else text
    match = _INTEGER.match(plain)
    if match is not None:
        decimal = match["dec"]
        if decimal is not None and len(plain) < 19:
            return int(plain)
        return _integer(plain, match)
    if _FLOAT.match(plain):
        value = float(plain)
        return None if value in (float("inf"), float("-inf")) else whole(value)
    if _ODD_BINARY.match(plain):
        return int(plain.removeprefix("0b"), base=2)
    return None


def whole(value: float) -> int | float:
    """Turn a whole float that fits 64 bits into an int, as JSON does."""
    if value.is_integer() and SMALLEST_SIGNED <= value <= LARGEST_SIGNED:
        return int(value)
    return value


def _integer(plain: str, match: re.Match[str]) -> int | float:
    value = 0
    for name, base in _BASES:
        digits = match[name]
        if digits is not None:
            value = int(digits, base)
            break
    else:
        if len(match["dec"]) > 20:
            return float(plain)
        value = int(match["dec"])
    if plain[0] == "-":
        value = -value
    return value if SMALLEST_SIGNED <= value <= LARGEST_UNSIGNED else float(value)


def resolve(text: str, mode: Mode) -> Scalar:
    """Read a plain scalar as the hosts of `mode` do. Dates stay text. Raises NotFiniteError."""
    if text in CONSTANTS:
        return CONSTANTS[text]
    if text in BOOLEAN_WORDS:
        return BOOLEAN_WORDS[text] if mode == "kubernetes" else text
    value = number(text)
    return text if value is None else value
