"""Which form a string takes in YAML so that every host reads it back as that string.

Source: spec krm §0.6. A string stays plain only if YAML 1.1 readers (kubectl, Argo CD), YAML 1.2
readers and kustomize's own reader all take it for a string. As with kubectl, strings that look
like something else get double quotes, strings that would break the syntax single ones.
"""

from __future__ import annotations

import json
import re

from krm_fn.yamlio.scalars import BOOLEAN_WORDS, CONSTANTS, NOT_FINITE, number

_WORDS = frozenset(
    word.lower() for words in (CONSTANTS, BOOLEAN_WORDS, NOT_FINITE, ("=", "<<")) for word in words
)
_LONGEST_WORD = max(map(len, _WORDS))

# The bulk of all strings: a word that no reader could take for anything else.
_PLAINEST = re.compile(r"[A-Za-z/][A-Za-z0-9_./-]*(?:[:@=][A-Za-z0-9_./-]+)*\Z")
_LOOKS_LIKE_NUMBER = re.compile(
    r"[-+]?(?:"
    r"0[xX][0-9a-fA-F_]*|0[bB][-01_]*|0[oO][-0-7_]*"
    r"|[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9_]+)?"
    r"|\.[0-9_]+(?:[eE][-+]?[0-9_]+)?"
    r"|[0-9][0-9_]*(?::[0-9_]+)+(?:\.[0-9_]*)?"
    r")\Z"
)
_LOOKS_LIKE_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[Tt \t]|\Z)")
_INDICATORS = frozenset(",[]{}#&*!|>'\"%@`")
# No such characters in YAML, or characters that one reader or another takes for a line break.
_SPECIAL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_BLANK_BEFORE_BREAK = re.compile(r"^[ \t]+$", re.MULTILINE)


def plain_or_quoted(text: str) -> str:
    """Write a string on one line: plain where that is safe, else in quotes."""
    if _PLAINEST.match(text):
        if len(text) <= _LONGEST_WORD and text.lower() in _WORDS:
            return f'"{text}"'
        return text
    if not text or _SPECIAL.search(text) or "\n" in text or "\t" in text:
        return double_quoted(text)
    if _is_ambiguous(text):
        return double_quoted(text)
    if _breaks_syntax(text):
        return "'" + text.replace("'", "''") + "'"
    return text


def double_quoted(text: str) -> str:
    """Write a string in double quotes; what is not printable becomes an escape."""
    return _SPECIAL.sub(_escape, json.dumps(text, ensure_ascii=False))


def literal_header(text: str) -> str:
    """Return the header (`|`, `|-`, `|+`, `|2` …) for a literal block, "" if none fits.

    The text has to contain a line break. A literal block is chosen wherever it is readable:
    not for text whose blanks would not be seen.
    """
    content = text.rstrip("\n")
    if not content or content[-1] in " \t" or "\t" in text[: len(text) - len(text.lstrip())]:
        return ""
    if _SPECIAL.search(text) or _BLANK_BEFORE_BREAK.search(content):
        return ""
    indication = "2" if content[0] in " \n" else ""
    breaks = len(text) - len(content)
    return "|" + indication + ("-" if breaks == 0 else "" if breaks == 1 else "+")


def _is_ambiguous(text: str) -> bool:
    if len(text) <= _LONGEST_WORD and text.lower() in _WORDS:
        return True
    if text[0] not in "0123456789+-.":
        return False
    if _LOOKS_LIKE_NUMBER.match(text) or _LOOKS_LIKE_DATE.match(text):
        return True
    return number(text) is not None


def _breaks_syntax(text: str) -> bool:
    first = text[0]
    return (
        first in _INDICATORS
        or first == " "
        or text[-1] in " :"
        or (first in "-?:" and (len(text) == 1 or (text[1] in " -" and text[:2] != "--")))
        or text[:3] in {"---", "..."}
        or ": " in text
        or " #" in text
    )


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    if 0xD800 <= code <= 0xDFFF:
        code = 0xFFFD
    return f"\\u{code:04X}" if code <= 0xFFFF else f"\\U{code:08X}"
