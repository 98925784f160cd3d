"""`CelError`, the one error of the engine. It is a value outside and an exception inside."""

from __future__ import annotations

from typing import Literal

Stage = Literal["parse", "check", "program", "eval"]


class CelError(Exception):
    """What went wrong with an expression.

    `stage` tells when (parse and check are both compile time), `code` is a stable class such as
    `undeclared_reference`, `no_such_overload`, `no_such_key`, `index_out_of_range`,
    `divide_by_zero`; `message` has cel-go's wording where vectors record it; `offset` is the
    0-based code point index in the expression, or -1 where it is not known.
    """

    __slots__ = ("code", "message", "offset", "stage")

    def __init__(self, code: str, message: str, offset: int = -1, stage: Stage = "eval") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.offset = offset
        self.stage: Stage = stage

    def copy(self) -> CelError:
        """Return an equal error without a traceback, for raising a remembered one again."""
        return CelError(self.code, self.message, self.offset, self.stage)

    def __repr__(self) -> str:
        return f"CelError({self.code!r}, {self.message!r}, {self.offset}, {self.stage!r})"
