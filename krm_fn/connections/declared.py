"""`ResourceOutputs`: live values of a resource, declared in Git (decision D3).

A document of `fn.openchoreo.dev/v1alpha1` with the name and namespace of a ResourceReleaseBinding.
`spec.outputs` gives outputs outright; `spec.applied` gives the status of manifests by their id, for
outputs that compute with `applied.<id>.status`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from krm_fn.catalog import mapping, sequence, text
from krm_fn.connections.resources import OutputKind, ResourceOutput
from krm_fn.context import as_floats
from krm_fn.identity import labels
from krm_fn.yamlio import Document

KIND = "ResourceOutputs"
_REFERENCES: tuple[OutputKind, ...] = ("secretKeyRef", "configMapKeyRef")


@dataclass(frozen=True, slots=True)
class DeclaredOutputs:
    """What Git declares for one resource binding.

    `applied` is the variable of that name: id → `{status: …}`, numbers as floats.
    """

    applied: Mapping[str, object] = field(default_factory=dict)
    outputs: Mapping[str, ResourceOutput] = field(default_factory=dict)


NOTHING_DECLARED = DeclaredOutputs()


def declared_outputs(documents: Iterable[Document]) -> dict[tuple[str, str], DeclaredOutputs]:
    """Collect the declarations of a run by namespace and binding name."""
    found: dict[tuple[str, str], DeclaredOutputs] = {}
    for document in documents:
        if document.kind == KIND and document.api_version == labels.FUNCTION_API_VERSION:
            found[document.namespace or "default", document.name] = _read(document)
    return found


def _read(document: Document) -> DeclaredOutputs:
    spec = mapping(document.data.get("spec"))
    applied = mapping(as_floats(mapping(spec.get("applied"))))
    outputs: dict[str, ResourceOutput] = {}
    for entry in map(mapping, sequence(spec.get("outputs"))):
        output = _output(entry)
        if output is not None:
            outputs[text(entry.get("name"))] = output
    return DeclaredOutputs(applied, outputs)


def _output(entry: Mapping[str, object]) -> ResourceOutput | None:
    if text(entry.get("value")):
        return ResourceOutput("value", value=text(entry.get("value")))
    for kind in _REFERENCES:
        reference = mapping(entry.get(kind))
        if reference:
            return ResourceOutput(
                kind, name=text(reference.get("name")), key=text(reference.get("key"))
            )
    return None
