"""The expressions of types and traits, each in its scope (spec: binding §8.2.4, §8.3, §8.6)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from krm_fn.admission.declared import declared_type
from krm_fn.admission.expressions import Expressions
from krm_fn.admission.shapes import Node, Path, child, objects
from krm_fn.admission.variables import (
    applied_type,
    component_variables,
    project_variables,
    resource_variables,
    trait_variables,
)
from krm_fn.cel import DYN, Library, Type, object_type
from krm_fn.schema import SchemaError, Violation, compile_schema
from krm_fn.template import COMPONENT_LIBRARY, LIBRARY

_COMPONENT: Final = (LIBRARY, COMPONENT_LIBRARY)
_OTHERS: Final = (LIBRARY,)


def component_type_expressions(spec: Node) -> Iterator[Violation]:
    """Judge the expressions of a component type; paths are below `spec`."""
    scope = _scope(spec, component_variables(), _COMPONENT)
    yield from _rules(spec, scope)
    for index, resource in objects(spec, "resources"):
        yield from _entry(resource, ("resources", index), scope)
    for index, trait in objects(spec, "traits"):
        for section in ("parameters", "environmentConfigs"):
            place: Path = ("traits", index, section)
            yield from map(_advice, scope.tree(trait.get(section), place))


def trait_expressions(spec: Node) -> Iterator[Violation]:
    """Judge the expressions of a trait; paths are below `spec`."""
    scope = _scope(spec, trait_variables(), _COMPONENT)
    yield from _rules(spec, scope)
    for index, create in objects(spec, "creates"):
        yield from _entry(create, ("creates", index), scope)
    for field in ("patches", "removes"):
        for index, change in objects(spec, field):
            place: Path = (field, index)
            inner, wrong = scope.loop(change, place)
            yield from wrong
            yield from _target(change, place, inner)
            for number, operation in objects(change, "operations"):
                where = (*place, "operations", number)
                yield from map(_advice, inner.tree(operation.get("path"), (*where, "path")))
                if operation.get("op") != "remove":
                    yield from inner.tree(operation.get("value"), (*where, "value"))


def resource_type_expressions(spec: Node) -> Iterator[Violation]:
    """Judge the expressions of a resource type; paths are below `spec`."""
    scope = _scope(spec, resource_variables(), _OTHERS)
    applied = scope.with_variable("applied", applied_type())
    for index, resource in objects(spec, "resources"):
        place: Path = ("resources", index)
        yield from scope.condition(resource.get("includeWhen"), (*place, "includeWhen"))
        yield from applied.condition(resource.get("readyWhen"), (*place, "readyWhen"))
        yield from scope.tree(resource.get("template"), (*place, "template"))
    for index, output in objects(spec, "outputs"):
        place = ("outputs", index)
        yield from applied.tree(output.get("value"), (*place, "value"))
        for source in ("secretKeyRef", "configMapKeyRef"):
            yield from applied.tree(child(output, source), (*place, source))


def project_type_expressions(spec: Node) -> Iterator[Violation]:
    """Advise on the expressions of a project type, at which no control plane looks.

    Rendering sees doubles where a schema says integer, so mixed numbers are no matter here.
    """
    scope = _scope(spec, project_variables(), _OTHERS)
    entries = [
        *_rules(spec, scope),
        *(
            violation
            for index, resource in objects(spec, "resources")
            for violation in _entry(resource, ("resources", index), scope)
        ),
    ]
    yield from (_advice(violation) for violation in entries if violation.code != "expression-type")


def _entry(entry: Node, path: Path, scope: Expressions) -> Iterator[Violation]:
    """Judge includeWhen, which does not see the loop variable, then the loop and the template."""
    yield from scope.condition(entry.get("includeWhen"), (*path, "includeWhen"))
    inner, wrong = scope.loop(entry, path)
    yield from wrong
    yield from inner.tree(entry.get("template"), (*path, "template"))


def _rules(spec: Node, scope: Expressions) -> Iterator[Violation]:
    for field in ("validations", "preRenderValidations"):
        for index, rule in objects(spec, field):
            yield from scope.condition(rule.get("rule"), (field, index, "rule"))
    for index, rule in objects(spec, "postRenderValidations"):
        place: Path = ("postRenderValidations", index)
        yield from scope.condition(rule.get("when"), (*place, "when"))
        inner, wrong = scope.loop(rule, place)
        yield from wrong
        yield from _target(rule, place, inner)
        bound = inner.with_variable("resource", DYN)
        yield from bound.condition(rule.get("rule"), (*place, "rule"))


def _target(entry: Node, path: Path, scope: Expressions) -> Iterator[Violation]:
    where = child(entry, "target").get("where")
    if where:
        bound = scope.with_variable("resource", DYN)
        yield from bound.condition(where, (*path, "target", "where"), bare=True)


def _scope(
    spec: Node, variables: Mapping[str, Type], libraries: tuple[Library, ...]
) -> Expressions:
    sections = {
        "parameters": _section(spec, "parameters", "Parameters"),
        "environmentConfigs": _section(spec, "environmentConfigs", "EnvironmentConfigs"),
    }
    return Expressions({**variables, **sections}, libraries)


def _section(spec: Node, field: str, name: str) -> Type:
    """Return the type of a section; one without a schema, or with a broken one, has no fields."""
    raw = child(spec, field).get("openAPIV3Schema")
    if raw is None:
        return object_type(name, {})
    try:
        schema = compile_schema(raw, floats=True)
    except SchemaError:
        return DYN
    return declared_type(schema.node, name) or object_type(name, {})


def _advice(violation: Violation) -> Violation:
    """Make a warning of what no control plane refuses, but rendering probably does."""
    return replace(violation, severity="warning")
