"""What the readers of this room agree on."""

from __future__ import annotations

DEPTH_LIMIT = 200
"""How many mappings and lists may lie inside one another."""

ALIAS_LIMIT = 100_000
"""How many nodes a document may have once its aliases are written out."""


class UncommonError(Exception):
    """The quick reader leaves this document to the thorough one. Never reaches a caller."""
