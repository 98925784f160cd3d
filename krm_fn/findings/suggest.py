"""Suggestions: “did you mean”."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `did you mean "x"?` for the closest known word, or an empty string."""
    matches = get_close_matches(word, sorted(set(known)), n=1, cutoff=0.6)
    return f'did you mean "{matches[0]}"?' if matches else ""
