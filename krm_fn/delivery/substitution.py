"""Output that survives Flux's substitution of variables (`postBuild`).

Flux substitutes in the text of a whole object. `${` opens a variable there, two dollars become
one, and every other dollar is left alone: `$HOME` and `$(date)` stay what they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal

from krm_fn.findings import Collector, ResourceReference, field_path

if TYPE_CHECKING:
    from krm_fn.assemble import RenderedResource
    from krm_fn.findings import PathPart

Substitution = Literal["none", "check", "escape", "disable"]

SUBSTITUTE: Final = "kustomize.toolkit.fluxcd.io/substitute"
_DISABLED: Final = "disabled"
_SEEN_BY_FLUX: Final = re.compile(r"\$\$+|\$(?=\{)")
_SHOWN: Final = 40


def protect(
    resources: Sequence[RenderedResource], substitution: Substitution, findings: Collector
) -> list[RenderedResource]:
    """Guard rendered objects against Flux's substitution.

    `check` reports what Flux would change as errors; `escape` doubles the dollars that Flux would
    read, so that the object in the cluster is the one rendered, provided that `postBuild` is on;
    `disable` annotates the objects in question, which Flux then leaves alone; `none` does
    nothing. Objects that opt out already, by annotation or label, are safe.
    """
    if substitution == "none":
        return list(resources)
    return [_protected(resource, substitution, findings) for resource in resources]


def escaped(text: str) -> str:
    """Write a text so that Flux's substitution gives it back."""
    return _SEEN_BY_FLUX.sub(lambda found: found.group() * 2, text)


def _protected(
    resource: RenderedResource, substitution: Substitution, findings: Collector
) -> RenderedResource:
    places = list(_places(resource.object, ()))
    if not places or _opted_out(resource.object):
        return resource
    if substitution == "check":
        _report(resource, places, findings)
        return resource
    if substitution == "escape":
        return replace(resource, object=_escaped_tree(resource.object))
    metadata = _mapping(resource.object.get("metadata"))
    annotations = {**_mapping(metadata.get("annotations")), SUBSTITUTE: _DISABLED}
    made = {**resource.object, "metadata": {**metadata, "annotations": annotations}}
    return replace(resource, object=made)


def _places(value: Any, path: tuple[PathPart, ...]) -> Iterator[tuple[tuple[PathPart, ...], str]]:
    """Find the texts that Flux would change: values, and keys, as path and text."""
    if isinstance(value, str):
        if "$" in value and _SEEN_BY_FLUX.search(value):
            yield path, value
    elif isinstance(value, Mapping):
        for key, child in value.items():
            if isinstance(key, str) and _SEEN_BY_FLUX.search(key):
                yield (*path, key), key
            yield from _places(child, (*path, str(key)))
    elif isinstance(value, Sequence):
        for number, child in enumerate(value):
            yield from _places(child, (*path, number))


def _report(
    resource: RenderedResource,
    places: Sequence[tuple[tuple[PathPart, ...], str]],
    findings: Collector,
) -> None:
    made = resource.object
    names = _mapping(made.get("metadata"))
    reference = ResourceReference(
        str(made.get("apiVersion", "")),
        str(made.get("kind", "")),
        str(names.get("namespace", "")),
        str(names.get("name", "")),
    )
    origin = resource.sources[0] if resource.sources else None
    for path, text in places:
        found = _SEEN_BY_FLUX.search(text)
        start = found.start() if found else 0
        shown = text[start : start + _SHOWN].splitlines()[0]
        more = "…" if start + _SHOWN < len(text) else ""
        does = "read a variable in" if "${" in text else "shorten"
        findings.add(
            "flux-substitution",
            f"{reference}, rendered by {resource.binding}: Flux would {does} {field_path(path)}:"
            f" {shown}{more}",
            origin=origin,
        )


def _opted_out(made: Mapping[str, Any]) -> bool:
    names = _mapping(made.get("metadata"))
    return _DISABLED in (
        _mapping(names.get("annotations")).get(SUBSTITUTE),
        _mapping(names.get("labels")).get(SUBSTITUTE),
    )


def _escaped_tree(value: Any) -> Any:
    if isinstance(value, str):
        return escaped(value)
    if isinstance(value, Mapping):
        return {
            escaped(key) if isinstance(key, str) else key: _escaped_tree(child)
            for key, child in value.items()
        }
    if isinstance(value, Sequence):
        return [_escaped_tree(child) for child in value]
    return value


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
