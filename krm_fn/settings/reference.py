"""The table of settings as Markdown, for the reference page."""

from __future__ import annotations

from typing import Any

from krm_fn.settings.fields import FIELDS, Field
from krm_fn.settings.settings import Settings

_SHAPES = {
    "word": "string",
    "words": "list of strings",
    "switch": "`true`, `false`",
    "name or switch": "name, `true`, `false`",
    "patches": "list of `{target, patch}`",
    "file or map": "path, or a mapping",
}


def settings_table() -> str:
    """Write the table: setting, values, default, meaning, short keys of a ConfigMap."""
    head = "| setting | values | default | meaning | short key |\n|---|---|---|---|---|\n"
    return head + "".join(f"{_row(field)}\n" for field in FIELDS)


def _row(field: Field) -> str:
    values = ", ".join(f"`{choice}`" for choice in field.choices) or _SHAPES[field.shape]
    if field.choices and field.shape == "words":
        values = f"list of {values}"
    short = ", ".join(f"`{key}`" for key in field.short)
    cells = (f"`{field.path}`", values, _default(field), field.meaning, short)
    return f"| {' | '.join(cells)} |"


def _default(field: Field) -> str:
    value: Any = Settings()
    for name in field.attribute.split("."):
        value = getattr(value, name)
    if isinstance(value, bool):
        value = str(value).lower()
    return f"`{value}`" if value else ""
