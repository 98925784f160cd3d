"""The user's own patches from the `Render` configuration (RFC 6902)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from krm_fn.assemble.rendered import RenderedResource
from krm_fn.findings import Collector, ResourceReference
from krm_fn.provenance import Record, Step
from krm_fn.settings import UserPatch

_NOTE = "patch of the Render configuration"


def apply_user_patches(
    resources: list[RenderedResource], patches: Iterable[UserPatch], findings: Collector
) -> list[RenderedResource]:
    """Apply each patch to every object its target fits; return the list with patched objects.

    A patch that fits nothing is a warning, one that cannot be applied an error (the object stays
    as it was).
    """
    result = list(resources)
    for number, patch in enumerate(patches):
        fitting = [index for index, item in enumerate(result) if _fits(patch, item.object)]
        if not fitting:
            findings.add(
                "user-patch-unmatched", f"patches[{number}] fits no rendered object: {_text(patch)}"
            )
        for index in fitting:
            patched = _patched(result[index], patch, number, findings)
            if patched is not None:
                result[index] = patched
    return result


def _fits(patch: UserPatch, made: dict[str, object]) -> bool:
    group, _, version = str(made.get("apiVersion") or "").rpartition("/")
    metadata = made.get("metadata")
    names = metadata if isinstance(metadata, dict) else {}
    return all(
        not wanted or wanted == found
        for wanted, found in (
            (patch.group, group),
            (patch.version, version),
            (patch.kind, made.get("kind")),
            (patch.namespace, names.get("namespace")),
            (patch.name, names.get("name")),
        )
    )


def _text(patch: UserPatch) -> str:
    parts = {
        "group": patch.group,
        "version": patch.version,
        "kind": patch.kind,
        "namespace": patch.namespace,
        "name": patch.name,
    }
    said = [f"{key} {value}" for key, value in parts.items() if value]
    return ", ".join(said) or "an empty target"


def _patched(
    resource: RenderedResource, patch: UserPatch, number: int, findings: Collector
) -> RenderedResource | None:
    from jsonpatch import JsonPatch, JsonPatchException
    from jsonpointer import JsonPointerException

    operations: list[Any] = json.loads(patch.operations)
    original: Any = resource.object
    try:
        made = JsonPatch(operations).apply(original)
    except (JsonPatchException, JsonPointerException) as error:
        metadata = resource.object["metadata"]
        assert isinstance(metadata, dict)
        findings.add(
            "user-patch-failed",
            f"patches[{number}] cannot be applied: {error}",
            resource=ResourceReference(
                str(resource.object.get("apiVersion")),
                str(resource.object.get("kind")),
                str(metadata.get("namespace") or ""),
                str(metadata.get("name")),
            ),
            hint="a path starts with / and must exist for remove, replace and test",
        )
        return None
    if resource.record is not None:
        _record(resource.record, operations)
    return replace(resource, object=made)


def _record(record: Record, operations: list[dict[str, Any]]) -> None:
    for operation in operations:
        path = tuple(
            int(part) if part.isdecimal() else part.replace("~1", "/").replace("~0", "~")
            for part in str(operation["path"]).split("/")[1:]
        )
        if operation["op"] == "remove":
            record.remove(path)
        elif operation["op"] != "test":
            record.write(path, Step("patch", None, operation.get("value"), note=_NOTE))
