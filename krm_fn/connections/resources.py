"""Resource dependencies of a workload → variables, mounts, volumes (spec: binding §2.9)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from krm_fn.catalog import mapping, text
from krm_fn.identity import fnv1a_32_hex

OutputKind = Literal["value", "secretKeyRef", "configMapKeyRef"]


@dataclass(frozen=True, slots=True)
class ResourceOutput:
    """One resolved output of a resource binding: a literal value, or a key of an object."""

    kind: OutputKind
    value: str = ""
    name: str = ""
    key: str = ""


def resource_item(
    dependency: Mapping[str, object], outputs: Mapping[str, ResourceOutput]
) -> tuple[dict[str, object] | None, str]:
    """Build one entry of `dependencies.resources`: (entry, "") or (None, why it is pending).

    All or nothing: one missing output, or a literal value bound to a file, leaves the whole
    dependency pending.
    """
    reference = text(dependency.get("ref"))
    env_bindings = mapping(dependency.get("envBindings"))
    file_bindings = mapping(dependency.get("fileBindings"))
    for name in sorted({*env_bindings, *file_bindings}):
        if name not in outputs:
            return None, f'output "{name}" is not resolved'
    for name in sorted(file_bindings):
        if outputs[name].kind == "value":
            return None, f'output "{name}" is a literal value and cannot be mounted as a file'
    mounts: list[object] = []
    volumes: dict[tuple[str, str], object] = {}
    for name in sorted(file_bindings):
        output = outputs[name]
        kind = "secret" if output.kind == "secretKeyRef" else "configmap"
        volume = "r-" + fnv1a_32_hex(f"{reference}:{kind}:{output.name}")
        mounts.append({"name": volume, "mountPath": file_bindings[name], "subPath": output.key})
        source: dict[str, object] = (
            {"secret": {"secretName": output.name}}
            if kind == "secret"
            else {"configMap": {"name": output.name}}
        )
        volumes[kind, output.name] = {"name": volume, **source}
    return {
        "ref": reference,
        "envVars": [_variable(env_bindings[name], outputs[name]) for name in sorted(env_bindings)],
        "volumeMounts": mounts,
        "volumes": [volumes[key] for key in sorted(volumes)],
    }, ""


def _variable(name: object, output: ResourceOutput) -> dict[str, object]:
    if output.kind != "value":
        return {"name": name, "valueFrom": {output.kind: {"name": output.name, "key": output.key}}}
    return {"name": name, "value": output.value} if output.value else {"name": name}
