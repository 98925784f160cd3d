"""The head of a resource template: apiVersion, kind, name, namespace (spec binding §8.2.2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from krm_fn.admission.shapes import Node, Path, refusal
from krm_fn.schema import Violation

WORKLOAD_KINDS: Final = frozenset({"deployment", "statefulset", "daemonset", "cronjob", "job"})
_NAMESPACE: Final = "${metadata.namespace}"
_SPACED_NAMESPACE: Final = r"\$\{\s*metadata\.namespace\s*\}"


def manifest_rules(template: object, path: Path) -> Iterator[Violation]:
    """Refuse a template whose head is missing or computed where it must be plain."""
    if not isinstance(template, dict) or not template:
        if template is not None:
            yield refusal("template-head", path, "the template is empty", "write the resource")
        return
    for field in ("apiVersion", "kind"):
        if not template.get(field):
            message = f"{field} is required in a resource template"
            yield refusal("template-head", (*path, field), message)
    kind = template.get("kind")
    if isinstance(kind, str) and "${" in kind:
        message = "the kind of a resource must not be computed"
        hint = "write one template per kind and choose with includeWhen"
        yield refusal("template-head", (*path, "kind"), message, hint, kind)
    metadata = template.get("metadata")
    where = (*path, "metadata")
    if metadata is not None and not isinstance(metadata, dict):
        message = "metadata must be an object with a name, not one expression"
        yield refusal("template-head", where, message, "compute the fields of metadata one by one")
        return
    metadata = metadata or {}
    if metadata.get("name") is None:
        message = "metadata.name is required in a resource template"
        yield refusal("template-head", (*where, "name"), message, "such as ${metadata.name}")
    yield from _namespace_rule(metadata, where)


def _namespace_rule(metadata: Node, path: Path) -> Iterator[Violation]:
    namespace = metadata.get("namespace")
    if namespace is None or namespace == _NAMESPACE:
        return
    if not isinstance(namespace, str) or not re.fullmatch(_SPACED_NAMESPACE, namespace.strip()):
        yield refusal(
            "template-namespace",
            (*path, "namespace"),
            "a resource lives in the namespace of its environment: ${metadata.namespace}",
            "write namespace: ${metadata.namespace}, or leave the field out",
            namespace,
        )


def workload_kind(template: object) -> str:
    """Return the kind of a template in lower case if it is that of a workload, else ""."""
    kind = template.get("kind") if isinstance(template, dict) else None
    lowered = kind.lower() if isinstance(kind, str) else ""
    return lowered if lowered in WORKLOAD_KINDS else ""
