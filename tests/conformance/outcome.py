"""What replaying one vector gave."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """The verdict on one vector.

    `detail` is the first difference (shown with -v). `unjudged` marks vectors that the suite says
    are informational only; they count neither as passed nor as failed.
    """

    id: str
    passed: bool
    detail: str = ""
    unjudged: bool = False
