"""Why a schema could not be built."""

from __future__ import annotations

SchemaPath = tuple[str | int, ...]


class SchemaError(Exception):
    """A schema that cannot be built.

    `code` is a finding code, `message` one sentence, `path` the place inside the raw schema.
    """

    def __init__(self, code: str, message: str, path: SchemaPath = ()) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.path = path
