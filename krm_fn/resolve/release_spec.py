"""Cut the spec of a release from sources (spec: binding §9). Upstream twin: `BuildSpec`."""

from __future__ import annotations

from collections.abc import Mapping

from krm_fn.catalog import CatalogResource, mapping, sequence, text
from krm_fn.resolve.component_sources import ComponentSources

_WORKLOAD_FIELDS = ("container", "endpoints", "dependencies")


def component_release_spec(sources: ComponentSources) -> dict[str, object]:
    """Build the `spec` of a ComponentRelease: owner, type, traits, profile and workload."""
    component = sources.component
    reference = mapping(component.spec.get("componentType"))
    spec: dict[str, object] = {
        "owner": {
            "projectName": text(mapping(component.spec.get("owner")).get("projectName")),
            "componentName": component.name,
        },
        "componentType": {
            "kind": sources.component_type.kind,
            "name": text(reference.get("name")),
            "spec": namespaced_type_spec(sources.component_type),
        },
    }
    if sources.traits:
        spec["traits"] = [
            {"kind": trait.kind, "name": trait.name, "spec": dict(trait.spec)}
            for trait in sorted(sources.traits, key=lambda trait: (trait.kind, trait.name))
        ]
    profile = component_profile(component)
    if profile:
        spec["componentProfile"] = profile
    spec["workload"] = workload_template(sources.workload)
    return spec


def namespaced_type_spec(component_type: CatalogResource) -> dict[str, object]:
    """The spec of a type in the namespaced shape, in which a release stores it.

    References of a cluster type gain their explicit cluster kinds.
    """
    spec = dict(component_type.spec)
    if component_type.kind != "ClusterComponentType":
        return spec
    for field in ("traits", "allowedTraits"):
        if field in spec:
            spec[field] = [
                {**mapping(item), "kind": "ClusterTrait"} for item in sequence(spec[field])
            ]
    if "allowedWorkflows" in spec:
        spec["allowedWorkflows"] = [
            {**mapping(item), "kind": "ClusterWorkflow"}
            for item in sequence(spec["allowedWorkflows"])
        ]
    return spec


def component_profile(component: CatalogResource) -> dict[str, object]:
    """The parameters and traits of a component; empty when it has neither."""
    profile: dict[str, object] = {}
    if component.spec.get("parameters") is not None:
        profile["parameters"] = component.spec["parameters"]
    traits = sequence(component.spec.get("traits"))
    if traits:
        profile["traits"] = [_profile_trait(mapping(entry)) for entry in traits]
    return profile


def _profile_trait(entry: Mapping[str, object]) -> dict[str, object]:
    trait: dict[str, object] = {
        "kind": text(entry.get("kind")) or "Trait",
        "name": text(entry.get("name")),
        "instanceName": text(entry.get("instanceName")),
    }
    if entry.get("parameters") is not None:
        trait["parameters"] = entry["parameters"]
    return trait


def workload_template(workload: CatalogResource) -> dict[str, object]:
    """The workload without its owner."""
    return {field: workload.spec[field] for field in _WORKLOAD_FIELDS if field in workload.spec}
