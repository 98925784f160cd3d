"""A rendered object as every way out shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from krm_fn.assemble import RenderedResource


def presented(resource: RenderedResource) -> dict[str, Any]:
    """Return the object of a rendered resource, without an empty `annotations` mapping.

    kustomize and kpt drop that when they take their own annotations away, and all ways out shall
    give the same objects.
    """
    made = resource.object
    metadata = made.get("metadata")
    if not isinstance(metadata, dict) or metadata.get("annotations") != {}:
        return made
    kept = {key: value for key, value in metadata.items() if key != "annotations"}
    return {**made, "metadata": kept}
