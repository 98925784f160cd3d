"""One trait, written as YAML, applied to a few resources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from krm_fn.findings import Collector, Finding, Origin
from krm_fn.provenance import SILENT, Trace
from krm_fn.template import Draft
from krm_fn.traits import apply_trait
from krm_fn.yamlio import parse

SCOPE: dict[str, object] = {
    "metadata": {"name": "web"},
    "parameters": {"size": 2.0, "names": ["a", "b"], "missing": None},
    "trait": {"name": "t", "instanceName": "i"},
}


def draft(kind: str, name: str, plane: str = "dataplane", **fields: object) -> Draft:
    """Make a resource; `apiVersion` is v1 unless given in `fields`."""
    resource: dict[str, object] = {"apiVersion": "v1", "kind": kind, "metadata": {"name": name}}
    return Draft({**resource, **fields}, plane, None, name)


def read(spec: str) -> tuple[Mapping[str, Any], Origin]:
    """Read the spec of a Trait and point at it."""
    findings = Collector()
    indented = "".join(f"  {line}\n" for line in spec.strip().splitlines())
    text = f"apiVersion: openchoreo.dev/v1alpha1\nkind: Trait\nspec:\n{indented}"
    (document,) = parse(text.encode(), file="trait.yaml", mode="kustomize", findings=findings)
    assert not findings.has_errors(), list(findings)
    return document.data["spec"], Origin(document, ("spec",))


@dataclass(frozen=True)
class Applied:
    """What came out of a trait: the drafts (None after errors) and the findings."""

    drafts: list[Draft] | None
    findings: list[Finding]

    @property
    def objects(self) -> list[Any]:
        assert self.drafts is not None, self.findings
        return [draft.object for draft in self.drafts]

    @property
    def places(self) -> list[tuple[str, str]]:
        """Code and field of each finding."""
        return [(finding.code, finding.field) for finding in self.findings]


def apply(
    spec: str, *drafts: Draft, scope: Mapping[str, object] = SCOPE, trace: Trace = SILENT
) -> Applied:
    """Apply a trait."""
    findings = Collector()
    data, origin = read(spec)
    applied = apply_trait(
        data,
        list(drafts),
        scope,
        trait_name="t",
        instance="i",
        trait_origin=origin,
        findings=findings,
        trace=trace,
    )
    return Applied(applied, list(findings))
