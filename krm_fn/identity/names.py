"""The Kubernetes name generator (spec: binding §1.1, rendering §2.10)."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from typing import Final

NAME_LIMIT: Final = 253
LABEL_LIMIT: Final = 63
_HASH_LENGTH: Final = 8


def _lower(text: str) -> str:
    """Lower-case rune by rune, as Go's `unicode.ToLower` does (one rune in, one rune out)."""
    if text.isascii():
        return text.lower()
    return "".join(_lower_rune(rune) for rune in text)


def _lower_rune(rune: str) -> str:
    # İ is the one letter whose full lower-case form is longer than one rune.
    return "i" if rune == "İ" else rune.lower()


def _is_letter_or_number(rune: str) -> bool:
    return rune.isalpha() or rune.isnumeric()


def _trim(text: str) -> str:
    start, end = 0, len(text)
    while start < end and not _is_letter_or_number(text[start]):
        start += 1
    while end > start and not _is_letter_or_number(text[end - 1]):
        end -= 1
    return text[start:end]


def sanitize_part(part: str) -> str:
    """Lower-case one part and replace everything but letters, numbers, `-` and `.` by `-`.

    Leading and trailing `-` and `.` are stripped; the result may be empty.
    """
    lowered = _lower(part)
    return "".join(
        rune if rune in "-." or _is_letter_or_number(rune) else "-" for rune in lowered
    ).strip("-.")


@lru_cache(maxsize=4096)
def _generate(limit: int, parts: tuple[str, ...], extra: str) -> str:
    text = "-".join(parts)
    if extra:
        text += "-" + extra
    digest = sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_HASH_LENGTH]
    budget = limit - _HASH_LENGTH - (len(parts) - 1) - 1
    share, remainder = divmod(budget, len(parts))
    cut = []
    for index, part in enumerate(parts):
        size = share + 1 if index < remainder else share
        clean = sanitize_part(part)
        if not clean.isascii():
            clean = clean.encode("utf-8", "surrogatepass")[:size].decode("utf-8", "replace")
        cut.append(clean[:size])
    return _trim("-".join(cut) + "-" + digest)


def kubernetes_name(limit: int, parts: Sequence[str], extra: str = "") -> str:
    """Generate a name of at most `limit` bytes from raw parts.

    The name is the sanitised parts, each cut to its share of the limit, joined by `-`, and the
    first eight hex digits of the SHA-256 of the *raw* parts (with `extra`, if any).
    `kubernetes_name(253, ["checkout", "development"])` is `checkout-development-6d570971`.
    Raises ValueError without parts (the reference crashes there).
    """
    if not parts:
        raise ValueError("a name needs at least one part")
    return _generate(limit, tuple(parts), extra)
