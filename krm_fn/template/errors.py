"""`TemplateError`: what went wrong at one place of a template."""

from __future__ import annotations

from krm_fn.cel import CelError

Path = tuple[str | int, ...]


class TemplateError(Exception):
    """An error inside a template; a value outside the room, an exception inside.

    `code` is a finding code (`template-expression-invalid`, …). `path` leads to the scalar inside
    the template tree; with `key` it is the mapping key at that path that is wrong. `expression` is
    the text between `${` and `}` (empty where no single expression is to blame), `offset` the
    0-based place inside it or -1, and `cel` the engine's own error, if that is the cause.
    `suggestion` is a “did you mean”, or empty.
    """

    def __init__(
        self,
        code: str,
        message: str,
        path: Path = (),
        expression: str = "",
        *,
        offset: int = -1,
        key: bool = False,
        cel: CelError | None = None,
        suggestion: str = "",
    ) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.path = path
        self.expression = expression
        self.offset = offset
        self.key = key
        self.cel = cel
        self.suggestion = suggestion

    @property
    def reference_class(self) -> str:
        """The class of the error in the words of the reference's vectors."""
        return self.cel.code if self.cel is not None else _CLASSES.get(self.code, "other")


_CLASSES = {
    "template-expression-nested": "nested_expression",
    "template-key-not-text": "dynamic_key_not_string",
}
