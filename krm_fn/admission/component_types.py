"""ComponentType and ClusterComponentType (spec binding §8.2)."""

from __future__ import annotations

from collections.abc import Iterator

from krm_fn.admission.manifests import manifest_rules, workload_kind
from krm_fn.admission.memory import once_per_content
from krm_fn.admission.schemas import section_rules
from krm_fn.admission.shapes import Node, objects, refusal, repeated
from krm_fn.admission.typed import component_type_expressions
from krm_fn.schema import Violation


@once_per_content
def component_type_rules(spec: Node) -> Iterator[Violation]:
    """Refuse what the webhook refuses; paths are below `spec`."""
    yield from section_rules(spec)
    for index, resource in objects(spec, "resources"):
        yield from manifest_rules(resource.get("template"), ("resources", index, "template"))
    yield from _workloads(spec)
    yield from repeated(spec, "traits", ("instanceName",), "instance name")
    yield from repeated(spec, "allowedTraits", ("kind", "name"), "trait")
    yield from repeated(spec, "allowedWorkflows", ("kind", "name"), "workflow")
    yield from _embedded_and_allowed(spec)
    yield from component_type_expressions(spec)


def _workloads(spec: Node) -> Iterator[Violation]:
    workload_type = spec.get("workloadType")
    if not isinstance(workload_type, str):
        return
    found = []
    for index, resource in objects(spec, "resources"):
        kind = workload_kind(resource.get("template"))
        path = ("resources", index, "template", "kind")
        if kind and kind != workload_type:
            message = f"a {workload_type} type must not render a {kind}"
            hint = "a component has one workload; render this one by a component of its own"
            yield refusal("workload-kind", path, message, hint, kind)
        elif kind:
            found.append(path)
    if workload_type == "proxy" or not isinstance(spec.get("resources"), list):
        return
    if not found:
        message = f"no resource is a {workload_type}"
        hint = f"one resource must be the workload: kind {workload_type.capitalize()}"
        yield refusal("workload-kind", ("resources",), message, hint)
    for path in found[1:]:
        message = f"a second {workload_type}; a component has one workload"
        yield refusal("workload-kind", path, message, "remove all but one", workload_type)


def _embedded_and_allowed(spec: Node) -> Iterator[Violation]:
    embedded = [(trait.get("kind"), trait.get("name")) for _, trait in objects(spec, "traits")]
    for index, trait in objects(spec, "allowedTraits"):
        if (trait.get("kind"), trait.get("name")) in embedded:
            message = f'trait "{trait.get("name")}" is embedded already'
            hint = "a trait is either embedded or allowed; remove one of the two"
            yield refusal("field-rule", ("allowedTraits", index), message, hint)
