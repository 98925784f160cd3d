"""Where the keywords of an inlined schema were written."""

from __future__ import annotations

from krm_fn.schema.errors import SchemaPath
from krm_fn.schema.keywords import Node
from krm_fn.schema.references import Places


class Locator:
    """Finds the raw path of a keyword, through `$ref`s that were inlined."""

    __slots__ = ("_places",)

    def __init__(self, places: Places) -> None:
        self._places = places

    def keyword(self, node: Node, path: SchemaPath, keyword: str) -> SchemaPath:
        """Return the raw path of `keyword` of the node that is reached by `path`."""
        place = self._places.get(id(node))
        if place is None:
            return (*path, keyword)
        definition, reference, overridden = place
        return (*(reference if keyword in overridden else definition), keyword)
