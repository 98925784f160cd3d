"""Whose output is whose: the mark on generated objects (decision D5).

The mark says which slice of the render an object belongs to:
`<environment>/<namespace>/<project>/<component>/<plane>/<data plane>`. A run replaces exactly the
slices that its own selection covers, so two functions in one pipeline do not delete each other's
files.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from krm_fn.doors.host_annotations import annotations_of
from krm_fn.identity import labels
from krm_fn.settings import Selection

if TYPE_CHECKING:
    from krm_fn.assemble import RenderedResource


def mark(resource: RenderedResource) -> str:
    """Write the mark of a rendered resource."""
    namespace = resource.binding.split("/")[1] if resource.binding.count("/") == 2 else ""
    parts = (
        resource.environment,
        namespace,
        resource.project,
        resource.component,
        resource.plane,
    )
    return "/".join((*parts, resource.data_plane) if resource.data_plane else parts)


def is_generated(item: Any) -> bool:
    """Say whether an object was made by an earlier run, whatever its selection."""
    return labels.GENERATED in annotations_of(item)


def is_replaced(item: Any, selection: Selection) -> bool:
    """Say whether an object was made by an earlier run whose slice this selection covers."""
    found = annotations_of(item).get(labels.GENERATED)
    if found is None:
        return False
    parts = str(found).split("/")
    if len(parts) not in (5, 6):
        return True
    environment, namespace, project, component, plane, *last = parts
    data_plane = last[0] if last else ""
    return (
        _covers(selection.environments, environment)
        and _covers(selection.namespaces, namespace)
        and _covers(selection.projects, project)
        and _covers(selection.components, component)
        and _covers(selection.planes, plane)
        and _covers(selection.data_planes, data_plane)
    )


def _covers(wanted: Iterable[str], value: str) -> bool:
    names = tuple(wanted)
    return not names or not value or value in names
