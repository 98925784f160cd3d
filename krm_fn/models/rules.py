"""The rules that a schema cannot express: fields that exclude or demand each other.

A table says for each kind which rule looks at which nodes; a rule is a small function.
Source of the behaviour: the validation rules of the CustomResourceDefinitions (spec rendering §1,
binding §8.2, §8.6, §8.7).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from krm_fn.schema import Violation

Path = tuple[str | int, ...]
Node = dict[str, Any]
Broken = tuple[Path, str, str]
Rule = Callable[[Node], Iterator[Broken]]


def _loop_needs_variable(node: Node) -> Iterator[Broken]:
    if "forEach" in node and "var" not in node:
        hint = "name the loop variable: var: item"
        yield ("forEach",), "var is required when forEach is specified", hint


def _one_list_of_validations(node: Node) -> Iterator[Broken]:
    if node.get("validations") and node.get("preRenderValidations"):
        message = "validations and preRenderValidations exclude each other"
        yield ("validations",), message, "move the rules to preRenderValidations"


def _primary_resource(node: Node) -> Iterator[Broken]:
    workload_type = node.get("workloadType")
    resources = node.get("resources")
    if workload_type in (None, "proxy") or not isinstance(resources, list):
        return
    if not any(isinstance(item, dict) and item.get("id") == workload_type for item in resources):
        message = f'no resource has the id "{workload_type}"'
        hint = f"give the resource that runs the workload the id {workload_type}"
        yield ("resources",), message, hint


def _value_or_source(node: Node) -> Iterator[Broken]:
    if "value" in node and "valueFrom" in node:
        yield ("valueFrom",), "value and valueFrom exclude each other", "remove one of the two"


def _one_source(node: Node) -> Iterator[Broken]:
    if ("value" in node) == ("valueFrom" in node):
        yield (), "exactly one of value and valueFrom must be set", "set one of the two"


def _one_output(node: Node) -> Iterator[Broken]:
    kinds = ("value", "secretKeyRef", "configMapKeyRef")
    if sum(kind in node for kind in kinds) != 1:
        message = "exactly one of value, secretKeyRef and configMapKeyRef must be set"
        yield (), message, "set exactly one of them"


def _named_bindings(node: Node) -> Iterator[Broken]:
    for field in ("envBindings", "fileBindings"):
        bindings = node.get(field)
        if isinstance(bindings, dict):
            for name, target in bindings.items():
                if name == "" or target == "":
                    message = f"{field} must not have empty keys or values"
                    yield (field, name), message, "write the output's name and its target"


def _one_owner(node: Node) -> Iterator[Broken]:
    if "componentName" in node and "resourceName" in node:
        yield (), "componentName and resourceName exclude each other", "remove one of the two"


def _channel_settings(node: Node) -> Iterator[Broken]:
    kind = node.get("type")
    field = {"email": "emailConfig", "webhook": "webhookConfig"}.get(kind or "")
    if field is not None and field not in node:
        yield (field,), f"{field} is required when type is {kind}", f"add {field}"


_TYPE: Final[tuple[tuple[str, Rule], ...]] = (
    ("", _one_list_of_validations),
    ("", _primary_resource),
    ("resources.*", _loop_needs_variable),
    ("postRenderValidations.*", _loop_needs_variable),
)
_TRAIT: Final[tuple[tuple[str, Rule], ...]] = (
    ("", _one_list_of_validations),
    ("creates.*", _loop_needs_variable),
    ("patches.*", _loop_needs_variable),
    ("removes.*", _loop_needs_variable),
    ("postRenderValidations.*", _loop_needs_variable),
)
_WORKLOAD: Final[tuple[tuple[str, Rule], ...]] = (
    ("container.env.*", _value_or_source),
    ("container.files.*", _value_or_source),
    ("dependencies.resources.*", _named_bindings),
)
_PROJECT_TYPE: Final[tuple[tuple[str, Rule], ...]] = (("resources.*", _loop_needs_variable),)
_RESOURCE_TYPE: Final[tuple[tuple[str, Rule], ...]] = (("outputs.*", _one_output),)


def _below(prefix: str, rules: tuple[tuple[str, Rule], ...]) -> tuple[tuple[str, Rule], ...]:
    return tuple((f"{prefix}.{path}" if path else prefix, rule) for path, rule in rules)


_BY_KIND: Final[dict[str, tuple[tuple[str, Rule], ...]]] = {
    "ComponentType": _below("spec", _TYPE),
    "ClusterComponentType": _below("spec", _TYPE),
    "Trait": _below("spec", _TRAIT),
    "ClusterTrait": _below("spec", _TRAIT),
    "Workload": _below("spec", _WORKLOAD),
    "ProjectType": _below("spec", _PROJECT_TYPE),
    "ClusterProjectType": _below("spec", _PROJECT_TYPE),
    "ResourceType": _below("spec", _RESOURCE_TYPE),
    "ClusterResourceType": _below("spec", _RESOURCE_TYPE),
    "ComponentRelease": (
        *_below("spec.componentType.spec", _TYPE),
        *_below("spec.traits.*.spec", _TRAIT),
        *_below("spec.workload", _WORKLOAD),
    ),
    "ProjectRelease": _below("spec.projectType.spec", _PROJECT_TYPE),
    "ResourceRelease": _below("spec.resourceType.spec", _RESOURCE_TYPE),
    "ReleaseBinding": _below("spec.workloadOverrides", _WORKLOAD),
    "RenderedRelease": (("spec.owner", _one_owner),),
    "ObservabilityAlertsNotificationChannel": (
        ("spec", _channel_settings),
        ("spec.webhookConfig.headers.*", _one_source),
    ),
}
_RULES: Final[dict[str, tuple[tuple[tuple[str, ...], Rule], ...]]] = {
    kind: tuple((tuple(path.split(".")), rule) for path, rule in rules)
    for kind, rules in _BY_KIND.items()
}


def broken_rules(data: Node, kind: str) -> list[Violation]:
    """Return a `field-rule` violation for every broken rule, in the order of the table."""
    found = []
    for pattern, rule in _RULES.get(kind, ()):
        for path, node in _select(data, pattern):
            for below, message, hint in rule(node):
                found.append(Violation("field-rule", message, (*path, *below), (), node, hint))
    return found


def _select(data: Node, pattern: tuple[str, ...]) -> list[tuple[Path, Node]]:
    """Return the objects that a pattern leads to; `*` stands for every item or entry."""
    level: list[tuple[Path, Any]] = [((), data)]
    for part in pattern:
        if part != "*":
            level = [
                ((*path, part), node[part])
                for path, node in level
                if isinstance(node, dict) and part in node
            ]
            continue
        level = [((*path, key), child) for path, node in level for key, child in _children(node)]
        if not level:
            break
    return [(path, node) for path, node in level if isinstance(node, dict)]


def _children(node: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(node, list):
        yield from enumerate(node)
    elif isinstance(node, dict):
        yield from node.items()
