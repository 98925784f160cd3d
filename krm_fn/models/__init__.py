"""The kinds of OpenChoreo: typed models at the border, admission while rendering.

In: a decoded document and its kind. Out: the document as the API server would store it (unknown
fields and meaningless nulls dropped, defaults applied) and `Violation`s for what it would refuse or
drop. The typed models (pydantic) live one file per kind, are the source of the schemas, and are
never imported by this door: rendering reads the generated schemas from package data.

Upstream twins: the CustomResourceDefinitions of OpenChoreo (`api/v1alpha1`) and the API server's
handling of custom resources. Behaviour: spec rendering §1, binding §8.
"""

from typing import Any

from krm_fn.models.admission import admit
from krm_fn.models.kinds import MODELS
from krm_fn.models.loading import load_schema

__all__ = ["MODELS", "admit", "editor_schema", "load_schema"]


def editor_schema(kind: str) -> dict[str, Any]:
    """Return the JSON Schema of a kind (or of `Render`) with descriptions, for editors.

    Builds the typed models. Raises KeyError for a kind without one.
    """
    from krm_fn.models.generate import editor_schema as generate

    return generate(kind)
