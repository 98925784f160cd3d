"""ComponentRelease and ResourceRelease (spec binding §8.5, §8.6)."""

from __future__ import annotations

from collections.abc import Iterator

from krm_fn.admission.component_types import component_type_rules
from krm_fn.admission.resource_types import resource_type_rules
from krm_fn.admission.schemas import value_rules
from krm_fn.admission.shapes import Node, below, child, objects, refusal, repeated
from krm_fn.admission.traits import trait_rules
from krm_fn.schema import Violation


def component_release_rules(spec: Node) -> Iterator[Violation]:
    """Refuse what the webhook refuses; paths are below `spec`."""
    yield from repeated(spec, "traits", ("kind", "name"), "trait")
    type_spec = child(child(spec, "componentType"), "spec")
    for violation in component_type_rules(type_spec):
        yield below(violation, "componentType", "spec")
    frozen: dict[tuple[object, object], Node] = {}
    for index, trait in objects(spec, "traits"):
        frozen[trait.get("kind"), trait.get("name")] = child(trait, "spec")
        for violation in trait_rules(child(trait, "spec")):
            yield below(violation, "traits", index, "spec")
    profile = child(spec, "componentProfile")
    where = ("componentProfile", "parameters")
    yield from value_rules(type_spec, "parameters", profile.get("parameters"), where)
    for violation in repeated(profile, "traits", ("instanceName",), "instance name"):
        yield below(violation, "componentProfile")
    for index, use in objects(profile, "traits"):
        trait_spec = frozen.get((use.get("kind"), use.get("name")))
        path = ("componentProfile", "traits", index)
        if trait_spec is None:
            message = f'the release has no {use.get("kind")} "{use.get("name")}"'
            hint = "cut the release again, so that it holds all its traits"
            yield refusal("release-incomplete", (*path, "name"), message, hint)
        else:
            parameters = use.get("parameters")
            yield from value_rules(trait_spec, "parameters", parameters, (*path, "parameters"))


def resource_release_rules(spec: Node) -> Iterator[Violation]:
    """Refuse what the webhook refuses; paths are below `spec`."""
    type_spec = child(child(spec, "resourceType"), "spec")
    for violation in resource_type_rules(type_spec):
        yield below(violation, "resourceType", "spec")
    yield from value_rules(type_spec, "parameters", spec.get("parameters"), ("parameters",))
