"""`ComponentSnapshot`s from releases in Git, or cut on the spot from sources."""

from __future__ import annotations

from krm_fn.catalog import CatalogResource, mapping, sequence, text
from krm_fn.findings import Origin
from krm_fn.resolve.component_sources import ComponentSources
from krm_fn.resolve.jobs import ComponentSnapshot, TraitInstance, TraitSnapshot
from krm_fn.resolve.release_spec import namespaced_type_spec, workload_template


def snapshot_of_release(release: CatalogResource) -> ComponentSnapshot:
    """Read a ComponentRelease."""
    spec = release.spec
    owner = mapping(spec.get("owner"))
    component_type = mapping(spec.get("componentType"))
    profile = mapping(spec.get("componentProfile"))
    traits: dict[str, TraitSnapshot] = {}
    for index, entry in enumerate(sequence(spec.get("traits"))):
        item = mapping(entry)
        kind, name = text(item.get("kind")) or "Trait", text(item.get("name"))
        traits[f"{kind}:{name}"] = TraitSnapshot(
            kind, name, mapping(item.get("spec")), release.origin("spec", "traits", index, "spec")
        )
    return ComponentSnapshot(
        release_name=release.name,
        namespace=release.namespace,
        project=text(owner.get("projectName")),
        component=text(owner.get("componentName")),
        type_kind=text(component_type.get("kind")) or "ComponentType",
        type_name=text(component_type.get("name")),
        type_spec=mapping(component_type.get("spec")),
        type_origin=release.origin("spec", "componentType", "spec"),
        traits=traits,
        parameters=profile.get("parameters"),
        parameters_origin=release.origin("spec", "componentProfile", "parameters"),
        instances=_instances(
            profile.get("traits"), release.origin("spec", "componentProfile", "traits")
        ),
        workload=mapping(spec.get("workload")),
        workload_origin=release.origin("spec", "workload"),
    )


def snapshot_of_sources(sources: ComponentSources, release_name: str) -> ComponentSnapshot:
    """Freeze the sources as a release of that name would."""
    component = sources.component
    reference = mapping(component.spec.get("componentType"))
    return ComponentSnapshot(
        release_name=release_name,
        namespace=component.namespace,
        project=text(mapping(component.spec.get("owner")).get("projectName")),
        component=component.name,
        type_kind=sources.component_type.kind,
        type_name=text(reference.get("name")),
        type_spec=namespaced_type_spec(sources.component_type),
        type_origin=sources.component_type.origin("spec"),
        traits={
            f"{trait.kind}:{trait.name}": TraitSnapshot(
                trait.kind, trait.name, trait.spec, trait.origin("spec")
            )
            for trait in sources.traits
        },
        parameters=component.spec.get("parameters"),
        parameters_origin=component.origin("spec", "parameters"),
        instances=_instances(component.spec.get("traits"), component.origin("spec", "traits")),
        workload=workload_template(sources.workload),
        workload_origin=sources.workload.origin("spec"),
    )


def _instances(entries: object, origin: Origin) -> tuple[TraitInstance, ...]:
    return tuple(
        TraitInstance(
            kind=text(item.get("kind")) or "Trait",
            name=text(item.get("name")),
            instance_name=text(item.get("instanceName")),
            parameters=item.get("parameters"),
            origin=origin.child(index),
        )
        for index, item in enumerate(mapping(entry) for entry in sequence(entries))
    )
