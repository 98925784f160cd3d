"""Two objects of one identity (decision D5)."""

from __future__ import annotations

from collections.abc import Iterable

from krm_fn.assemble.rendered import RenderedResource
from krm_fn.findings import Collector, Severity

Identity = tuple[str, str, str, str]


def identity_of(resource: dict[str, object]) -> Identity:
    """Group, kind, namespace, name: the version does not count, no namespace means `default`."""
    api_version = resource.get("apiVersion")
    group = api_version.rpartition("/")[0] if isinstance(api_version, str) else ""
    metadata = resource.get("metadata")
    names = metadata if isinstance(metadata, dict) else {}
    return (
        group,
        str(resource.get("kind") or ""),
        str(names.get("namespace") or "default"),
        str(names.get("name") or ""),
    )


def report_duplicates(
    resources: Iterable[RenderedResource], findings: Collector, severity: Severity | None = None
) -> None:
    """Add a finding for every object whose identity another one of the same plane already has.

    A plain stream keeps both, as the reference does (warning, the default severity); hosts that
    would refuse or overwrite one ask for an error.
    """
    first: dict[tuple[str, str, Identity], RenderedResource] = {}
    for resource in resources:
        identity = identity_of(resource.object)
        key = (resource.environment, resource.plane, identity)
        earlier = first.setdefault(key, resource)
        if earlier is resource:
            continue
        _, kind, namespace, name = identity
        findings.add(
            "object-duplicate",
            f"{kind} {namespace}/{name} is rendered twice: by {earlier.binding} as"
            f' "{earlier.id}" and by {resource.binding} as "{resource.id}"',
            origin=resource.sources[0] if resource.sources else None,
            severity=severity,
            related=[("also rendered from here", origin) for origin in earlier.sources[:1]],
        )
