"""`.krmignore`: which files of a folder are none of our business.

Syntax of gitignore, as kpt reads it: comments, `!`, a trailing `/` for folders, `*`, `?`, `[…]`
and `**`; a pattern with a slash before its end is bound to the folder of the file it stands in.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

FILE_NAME = ".krmignore"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One line of a `.krmignore`; `expression` matches paths relative to the file's folder."""

    expression: re.Pattern[str]
    negated: bool
    only_folders: bool


def parse(text: str) -> tuple[Pattern, ...]:
    """Read the lines of a `.krmignore` file. A line that means nothing is left out."""
    patterns: list[Pattern] = []
    for line in text.splitlines():
        written = line.rstrip()
        if not written or written.startswith("#"):
            continue
        negated = written.startswith("!")
        written = written.removeprefix("!").removeprefix("\\")
        only_folders = written.endswith("/")
        written = written.rstrip("/")
        if not written:
            continue
        anchored = "/" in written
        expression = _translate(written.removeprefix("/"))
        prefix = "" if anchored else "(?:.*/)?"
        patterns.append(Pattern(re.compile(prefix + expression + r"\Z"), negated, only_folders))
    return tuple(patterns)


def is_ignored(patterns: tuple[Pattern, ...], path: str, *, folder: bool) -> bool | None:
    """Judge a path relative to the folder of the patterns; None if no pattern speaks of it."""
    verdict: bool | None = None
    for pattern in patterns:
        if (folder or not pattern.only_folders) and pattern.expression.match(path):
            verdict = not pattern.negated
    return verdict


def _translate(pattern: str) -> str:
    """Turn a glob into the text of a regular expression."""
    out = ""
    index = 0
    while index < len(pattern):
        rest = pattern[index:]
        if rest.startswith("**/"):
            out += "(?:.*/)?"
            index += 3
        elif rest == "**":
            out += ".*"
            index += 2
        elif rest[0] == "*":
            out += "[^/]*"
            index += 1
        elif rest[0] == "?":
            out += "[^/]"
            index += 1
        elif (found := re.match(r"\[([!^]?)((?:\]|[^\]/])[^\]/]*)\]", rest)) is not None:
            out += f"[{'^' if found[1] else ''}{_class(found[2])}]"
            index += found.end()
        elif rest[0] == "\\" and len(rest) > 1:
            out += re.escape(rest[1])
            index += 2
        else:
            out += re.escape(rest[0])
            index += 1
    return out


def _class(text: str) -> str:
    """Keep the ranges of a character class and escape everything else in it."""
    return "".join(
        character if character == "-" or character.isalnum() else re.escape(character)
        for character in text
    )
