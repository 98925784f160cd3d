"""A rendered object as every way out shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from krm_fn.doors.host_annotations import annotated
from krm_fn.identity import labels

if TYPE_CHECKING:
    from krm_fn.assemble import RenderedResource
    from krm_fn.settings import OutputSettings


def presented(resource: RenderedResource, output: OutputSettings) -> dict[str, Any]:
    """Return the object of a rendered resource with the annotations that the settings ask for.

    `origin` names the source files, the template first. An empty `annotations` mapping is left
    out: kustomize and kpt drop it when they take their own annotations away, and all ways out
    shall give the same objects.
    """
    made = resource.object
    if "origin" in output.annotations:
        files = source_files(resource)
        if files:
            return annotated(made, {labels.ORIGIN: ", ".join(files)})
    metadata = made.get("metadata")
    if not isinstance(metadata, dict) or metadata.get("annotations") != {}:
        return made
    kept = {key: value for key, value in metadata.items() if key != "annotations"}
    return {**made, "metadata": kept}


def source_files(resource: RenderedResource) -> list[str]:
    """List the files that decided about a resource, each once; none where no file is known."""
    places = [origin.document.position(()) for origin in resource.sources]
    return list(dict.fromkeys(place.file for place in places if place is not None and place.file))
