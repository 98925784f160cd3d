"""A stand-in for the spine: one Namespace per environment, one ConfigMap per Component.

The doors are tested against it where the host matters and the rendering does not.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import ModuleType

import pytest

from krm_fn.assemble import RenderedResource
from krm_fn.findings import Collector, Finding, Severity
from krm_fn.settings import Settings
from krm_fn.yamlio import Document


@dataclass(frozen=True)
class Result:
    resources: tuple[RenderedResource, ...]
    findings: tuple[Finding, ...] = ()


Spine = Callable[[Sequence[Document], Settings], Result]


def resource(made: dict[str, object], environment: str, component: str = "") -> RenderedResource:
    """Wrap an object as the spine does."""
    return RenderedResource(
        object=made,
        environment=environment,
        namespace=f"dp-{environment}",
        project="store",
        component=component,
        plane="dataplane",
        binding=f"ReleaseBinding/default/{component}-{environment}" if component else "",
        release_name=f"{component}-{environment}",
        id="x",
    )


def render(documents: Sequence[Document], settings: Settings) -> Result:
    """Render every Component into a ConfigMap that shows its spec and annotations."""
    made: list[RenderedResource] = []
    findings = Collector()
    components = sorted(
        (document for document in documents if document.kind == "Component"),
        key=lambda document: document.name,
    )
    for environment in settings.select.environments or ("development",):
        if components:
            namespace: dict[str, object] = {
                "apiVersion": "v1",
                "kind": "Namespace",
                "metadata": {"name": f"dp-{environment}"},
            }
            made.append(resource(namespace, environment))
        for document in components:
            spec = document.data.get("spec") or {}
            if "broken" in spec:
                findings.add(
                    "field-unknown",
                    "broken",
                    resource=document.reference,
                    position=document.position(("spec", "broken")),
                    severity=Severity(spec["broken"]),
                )
            seen = sorted(document.data["metadata"].get("annotations", {}))
            config: dict[str, object] = {
                "apiVersion": "v1",
                "kind": spec.get("kind", "ConfigMap"),
                "metadata": {"name": document.name, "namespace": f"dp-{environment}"},
                "data": {"file": document.file, "seen": ",".join(seen), "day": "2024-01-01"},
            }
            if "labels" in spec:
                config["metadata"] = {**document.data["metadata"], "labels": spec["labels"]}
            made.append(resource(config, environment, document.name))
    return Result(tuple(made), findings.sorted())


@pytest.fixture
def spine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the stand-in where the doors look for the spine."""
    module = ModuleType("krm_fn.spine")
    module.render = render  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "krm_fn.spine", module)
    monkeypatch.setattr("krm_fn.spine", module, raising=False)
