"""JSON Schemas for editors, completed from what a repository declares."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from krm_fn.catalog import Catalog, CatalogResource, mapping, sequence, text
from krm_fn.models import editor_schema
from krm_fn.schema import SchemaError, resolve_references

Json = dict[str, Any]

_TYPES: Final = ("ComponentType", "ClusterComponentType")
_TRAITS: Final = ("Trait", "ClusterTrait")


def repository_schemas(catalog: Catalog) -> dict[str, Json]:
    """Complete the schemas of Component, Project, Resource and ReleaseBinding, by kind.

    Where a document names a type or trait of the repository, its `parameters` get that one's
    schema; a ReleaseBinding's `componentTypeEnvironmentConfigs` that of the component's type. A
    schema that cannot be built completes nothing: `krm-fn validate` tells why.
    """
    component = editor_schema("Component")
    _add(component, [_component_type(item) for item in _all(catalog, _TYPES)])
    _add(component, [_trait(item) for item in _all(catalog, _TRAITS)])
    schemas = {"Component": component}
    for kind in ("Project", "Resource"):
        schema = editor_schema(kind)
        _add(
            schema, [_typed(item) for item in _all(catalog, (f"{kind}Type", f"Cluster{kind}Type"))]
        )
        schemas[kind] = schema
    binding = editor_schema("ReleaseBinding")
    _add(binding, [_binding(catalog, item) for item in catalog.of_kind("Component")])
    schemas["ReleaseBinding"] = binding
    return schemas


def _all(catalog: Catalog, kinds: Iterable[str]) -> list[CatalogResource]:
    return [resource for kind in kinds for resource in catalog.of_kind(kind)]


def _add(schema: Json, rules: Iterable[Json | None]) -> None:
    found = [rule for rule in rules if rule is not None]
    if found:
        schema["allOf"] = [*schema.get("allOf", []), *found]


def _section(resource: CatalogResource, name: str) -> Json | None:
    raw = mapping(resource.spec.get(name)).get("openAPIV3Schema")
    if not isinstance(raw, dict):
        return None
    try:
        return dict(resolve_references(raw))
    except SchemaError:
        return None


def _spec(properties: Mapping[str, Any], required: Iterable[str] = ()) -> Json:
    return {
        "properties": {
            "spec": {"properties": dict(properties), "required": list(required)},
        },
        "required": ["spec"],
    }


def _named(kind: str, default: str, name: str) -> Json:
    """What a reference to a type looks like; the default kind need not be written."""
    reference: Json = {
        "properties": {"name": {"const": name}, "kind": {"const": kind}},
        "required": ["name"] if kind == default else ["name", "kind"],
    }
    return reference


def _when(condition: Json, then: Json) -> Json:
    return {"if": condition, "then": then}


def _component_type(resource: CatalogResource) -> Json | None:
    parameters = _section(resource, "parameters")
    if parameters is None:
        return None
    full_name = f"{text(resource.spec.get('workloadType'))}/{resource.name}"
    reference = _named(resource.kind, "ComponentType", full_name)
    return _when(
        _spec({"componentType": reference}, ["componentType"]), _spec({"parameters": parameters})
    )


def _trait(resource: CatalogResource) -> Json | None:
    parameters = _section(resource, "parameters")
    if parameters is None:
        return None
    instance = _when(
        _named(resource.kind, "Trait", resource.name), {"properties": {"parameters": parameters}}
    )
    return {"properties": {"spec": {"properties": {"traits": {"items": instance}}}}}


def _typed(resource: CatalogResource) -> Json | None:
    parameters = _section(resource, "parameters")
    if parameters is None:
        return None
    default = resource.kind.removeprefix("Cluster")
    reference = _named(resource.kind, default, resource.name)
    return _when(_spec({"type": reference}, ["type"]), _spec({"parameters": parameters}))


def _binding(catalog: Catalog, component: CatalogResource) -> Json | None:
    reference = mapping(component.spec.get("componentType"))
    kind = text(reference.get("kind")) or "ComponentType"
    name = text(reference.get("name")).partition("/")[2]
    namespace = "" if kind == "ClusterComponentType" else component.namespace
    component_type = catalog.get(kind, namespace, name) if kind in _TYPES else None
    owner = mapping(component.spec.get("owner"))
    configs = component_type and _section(component_type, "environmentConfigs")
    properties: Json = {}
    if configs:
        properties["componentTypeEnvironmentConfigs"] = configs
    instances = _instances(catalog, component)
    if instances:
        properties["traitEnvironmentConfigs"] = {"properties": instances}
    if not properties:
        return None
    wanted: Json = {
        "properties": {
            "projectName": {"const": text(owner.get("projectName"))},
            "componentName": {"const": component.name},
        },
        "required": ["projectName", "componentName"],
    }
    return _when(_spec({"owner": wanted}, ["owner"]), _spec(properties))


def _instances(catalog: Catalog, component: CatalogResource) -> Json:
    found: Json = {}
    for entry in map(mapping, sequence(component.spec.get("traits"))):
        kind = "ClusterTrait" if entry.get("kind") == "ClusterTrait" else "Trait"
        namespace = "" if kind == "ClusterTrait" else component.namespace
        trait = catalog.get(kind, namespace, text(entry.get("name")))
        configs = _section(trait, "environmentConfigs") if trait is not None else None
        if configs:
            found[text(entry.get("instanceName"))] = configs
    return found
