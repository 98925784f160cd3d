"""The origin annotation: the files that an object was made of."""

from __future__ import annotations

from collections.abc import Iterable

from krm_fn.assemble.rendered import RenderedResource
from krm_fn.identity import labels
from krm_fn.provenance import source_files


def annotate_origins(resources: Iterable[RenderedResource]) -> None:
    """Write `fn.openchoreo.dev/origin` onto every object: its source files.

    The objects are this run's own and change in place. Where a host gave no file names, the
    resources are named instead (`Workload shop/cart`).
    """
    for resource in resources:
        files = set(source_files(resource.record)) if resource.record is not None else set()
        for origin in resource.sources:
            files.add(origin.document.file or str(origin.document.reference))
        metadata = resource.object.get("metadata")
        if not isinstance(metadata, dict):
            continue
        annotations = metadata.get("annotations")
        known = dict(annotations) if isinstance(annotations, dict) else {}
        known[labels.ORIGIN] = ", ".join(sorted(files))
        metadata["annotations"] = known
