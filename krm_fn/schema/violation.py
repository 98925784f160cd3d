"""One disagreement between a value and its schema."""

from __future__ import annotations

from dataclasses import dataclass, replace

Path = tuple[str | int, ...]

# Reported at the parent of the named property, whose path the reference always ends with a dot.
_NAMED_BY_PARENT = frozenset({"field-required", "field-forbidden"})


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong with one node of a value.

    `code` is a finding code (`field-required`, `field-wrong-type` …). `message` says what holds or
    should hold, without the path: `must be of type integer: "string"`. `path` leads to the node
    inside the value (for a missing property: to the place where it belongs), `schema_path` to the
    deciding keyword inside the raw schema, through `$defs` where a `$ref` was followed. `value` is
    the offending value (None for a missing one). `hint` and `severity` (`error`, `warning`), when
    not empty, speak instead of those of the code. `details` is data for machines.
    """

    code: str
    message: str
    path: Path
    schema_path: Path
    value: object = None
    hint: str = ""
    severity: str = ""
    details: tuple[tuple[str, str], ...] = ()

    def under(self, part: str | int) -> Violation:
        """Return the same violation seen from the parent node."""
        return replace(self, path=(part, *self.path))

    @property
    def field(self) -> str:
        """The path the way the reference's validator writes it: `a.b[0]`, `.c` for a missing c."""
        text = ""
        last = len(self.path) - 1
        for index, part in enumerate(self.path):
            if isinstance(part, int):
                text += f"[{part}]"
            elif text or (index == last and self.code in _NAMED_BY_PARENT):
                text += f".{part}"
            else:
                text = part
        return text

    @property
    def text(self) -> str:
        """Path and message in one sentence, shaped as the reference shapes it (spec §3.5)."""
        return f"{self.field} {self.message}" if self.path else self.message

    def sort_key(self) -> tuple[str, str, str]:
        """Order by place, then text."""
        return (self.text, self.code, repr(self.schema_path))
