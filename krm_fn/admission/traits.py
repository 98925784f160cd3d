"""Trait and ClusterTrait (spec binding §8.3)."""

from __future__ import annotations

from collections.abc import Iterator

from krm_fn.admission.manifests import WORKLOAD_KINDS, manifest_rules, workload_kind
from krm_fn.admission.memory import once_per_content
from krm_fn.admission.schemas import section_rules
from krm_fn.admission.shapes import Node, Path, child, objects, refusal
from krm_fn.admission.typed import trait_expressions
from krm_fn.schema import Violation

_WORKLOAD_GROUPS = frozenset({"apps", "batch"})


@once_per_content
def trait_rules(spec: Node) -> Iterator[Violation]:
    """Refuse what the webhook refuses; paths are below `spec`."""
    yield from section_rules(spec)
    for index, create in objects(spec, "creates"):
        path: Path = ("creates", index, "template")
        yield from manifest_rules(create.get("template"), path)
        kind = workload_kind(create.get("template"))
        if kind:
            message = f"a trait must not create a {kind}"
            hint = "workloads belong to component types"
            yield refusal("workload-kind", (*path, "kind"), message, hint, kind)
    for index, patch in objects(spec, "patches"):
        for number, operation in objects(patch, "operations"):
            yield from _operation(operation, ("patches", index, "operations", number))
    for index, remove in objects(spec, "removes"):
        target = child(remove, "target")
        kind = str(target.get("kind", "")).lower()
        if target.get("group") in _WORKLOAD_GROUPS and kind in WORKLOAD_KINDS:
            message = f"a trait must not remove a {kind}"
            where = ("removes", index, "target", "kind")
            yield refusal("workload-kind", where, message, "remove the component instead", kind)
    yield from trait_expressions(spec)


def _operation(operation: Node, path: Path) -> Iterator[Violation]:
    name = operation.get("op")
    if operation.get("path") == "":
        message = "a patch needs a path below the resource"
        yield refusal("patch-operation", (*path, "path"), message, "such as /spec/replicas")
    if name in ("add", "replace") and "value" not in operation:
        message = f"{name} needs a value"
        yield refusal("patch-operation", (*path, "value"), message, "add the value")
    if name == "remove" and "value" in operation:
        message = "remove takes no value"
        yield refusal("patch-operation", (*path, "value"), message, "delete the value")
