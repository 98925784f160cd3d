"""Workflow and ClusterWorkflow (spec binding §8.7)."""

from __future__ import annotations

from collections.abc import Iterator

from krm_fn.admission.shapes import Node, Path, child, objects, refusal, repeated
from krm_fn.schema import Violation

_NAMESPACE = "${metadata.namespace}"


def workflow_rules(spec: Node) -> Iterator[Violation]:
    """Refuse what the webhook refuses; paths are below `spec`."""
    yield from _template_rules(spec.get("runTemplate"), ("runTemplate",))
    for index, resource in objects(spec, "resources"):
        yield from _template_rules(resource.get("template"), ("resources", index, "template"))
    for field in ("resources", "externalRefs"):
        yield from repeated(spec, field, ("id",), "id")


def _template_rules(template: object, path: Path) -> Iterator[Violation]:
    if not isinstance(template, dict):
        return
    for field in ("apiVersion", "kind"):
        if not template.get(field):
            message = f"{field} is required in a template of a workflow"
            yield refusal("template-head", (*path, field), message)
    metadata = child(template, "metadata")
    if not metadata.get("name"):
        message = "metadata.name is required in a template of a workflow"
        yield refusal("template-head", (*path, "metadata", "name"), message)
    namespace = metadata.get("namespace")
    if namespace != _NAMESPACE:
        where = (*path, "metadata", "namespace")
        message = f"metadata.namespace must be exactly {_NAMESPACE} in a template of a workflow"
        hint = f"write namespace: {_NAMESPACE}"
        yield refusal("template-namespace", where, message, hint, namespace)
