"""`matches`: RE2 search. The engine (`re2`) is imported at the first match.

Twin: `cel-go/common/types/string.go`. What Go's `regexp` refuses and the C++ RE2 accepts is
refused here too, with Go's wording.
"""

from __future__ import annotations

import re
from functools import lru_cache

from krm_fn.cel.errors import CelError
from krm_fn.cel.operators import overload_error
from krm_fn.cel.values.kinds import Value

_GO_TEXTS = (
    (re.compile(r"invalid perl operator: (.*)"), "invalid or unsupported Perl syntax: `%s`"),
    (re.compile(r"invalid escape sequence: (.*)"), "invalid escape sequence: `%s`"),
    (re.compile(r"missing \]: (.*)"), "missing closing ]: `%s`"),
    (re.compile(r"missing \): (.*)"), "missing closing ): `%s`"),
    (re.compile(r"unexpected \): (.*)"), "unexpected ): `%s`"),
    (
        re.compile(r"no argument for repetition operator: (.*)"),
        "missing argument to repetition operator: `%s`",
    ),
    (re.compile(r"invalid repetition size: (.*)"), "invalid repeat count: `%s`"),
    (re.compile(r"bad repetition operator: (.*)"), "invalid nested repetition operator: `%s`"),
    (
        re.compile(r"invalid character class range: (.*)"),
        "invalid character class range: `%s`",
    ),
    (re.compile(r"invalid named capture group: (.*)"), "invalid named capture: `%s`"),
)
_ESCAPE = re.compile(r"\\Q(?:.*?)(?:\\E|$)|\\(.)", re.DOTALL)


def _failure(text: str) -> CelError:
    return CelError("regex_syntax", f"error parsing regexp: {text}")


def _go_text(message: str) -> str:
    for pattern, text in _GO_TEXTS:
        match = pattern.fullmatch(message)
        if match:
            return text % match[1]
    return message


@lru_cache(maxsize=500)
def compile_pattern(pattern: str) -> object:
    """Return the compiled expression, or the `CelError` for a pattern that is none."""
    import re2

    for escape in _ESCAPE.finditer(pattern):
        if escape[1] == "C":
            return _failure("invalid escape sequence: `\\C`")
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        message = error.args[0] if error.args else ""
        text = message.decode("utf-8", "replace") if isinstance(message, bytes) else str(message)
        return _failure(_go_text(text))


def matches(text: Value, pattern: Value) -> bool:
    """Return whether the pattern is found somewhere in the text."""
    if type(text) is not str:
        raise overload_error("matches")
    if type(pattern) is not str:
        raise overload_error()
    compiled = compile_pattern(pattern)
    if isinstance(compiled, CelError):
        raise compiled.copy()
    return compiled.search(text) is not None  # type: ignore[attr-defined]


FUNCTIONS = {
    "matches": {
        "matches(string, string) -> bool": matches,
        "string.matches(string) -> bool": matches,
    }
}
UNGUARDED = frozenset(("matches",))
