"""Two objects of one identity where the host would refuse or overwrite one (decision D5)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from krm_fn.findings import Collector, Severity
from krm_fn.yamlio import Document

if TYPE_CHECKING:
    from krm_fn.assemble import Identity, RenderedResource


def report_clashes(
    rendered: Sequence[RenderedResource],
    foreign: Iterable[Mapping[str, Any]],
    findings: Collector,
    *,
    one_place: bool,
) -> None:
    """Report as errors all rendered resources whose identity is taken.

    `foreign` are the objects that pass through. With `one_place` (a kustomize build) everything
    ends in one set, else each environment and plane has a folder of its own.
    """
    from krm_fn.assemble import identity_of

    strangers = {identity_of(dict(item)): Document.from_item(dict(item)) for item in foreign}
    taken: dict[tuple[str, str, Identity], RenderedResource] = {}
    for resource in rendered:
        identity = identity_of(resource.object)
        _, kind, namespace, name = identity
        title = f"{kind} {namespace}/{name}"
        origin = resource.sources[0] if resource.sources else None
        stranger = strangers.get(identity)
        if stranger is not None:
            place = stranger.position(())
            findings.add(
                "object-duplicate",
                f"{title} is rendered by {resource.binding} and is among the resources already",
                origin=origin,
                severity=Severity.ERROR,
                related=[("the other one", place)] if place else (),
            )
        scope = ("", "") if one_place else (resource.environment, resource.plane)
        earlier = taken.setdefault((*scope, identity), resource)
        if earlier is not resource:
            findings.add(
                "object-duplicate",
                f'{title} is rendered twice: by {earlier.binding} as "{earlier.id}"'
                f' and by {resource.binding} as "{resource.id}"',
                origin=origin,
                severity=Severity.ERROR,
                related=[("also rendered from here", origin) for origin in earlier.sources[:1]],
            )
