"""The SecretReferences that a workload needs (spec: binding §2.6)."""

from __future__ import annotations

from collections.abc import Mapping

from krm_fn.catalog import Catalog, Reads, mapping, sequence, text
from krm_fn.findings import Collector, Origin, ResourceReference, did_you_mean
from krm_fn.resolve.jobs import ComponentSnapshot, Data


def secret_references(
    catalog: Catalog,
    namespace: str,
    snapshot: ComponentSnapshot,
    binding_spec: Data,
    binding_origin: Origin,
    reads: Reads,
    findings: Collector,
    context: ResourceReference,
) -> dict[str, tuple[Data, ...]] | None:
    """Collect `spec.data` of every SecretReference in use, by name; None after error findings.

    The binding's overrides count, and the workload's entries that they do not replace.
    """
    overrides = mapping(mapping(binding_spec.get("workloadOverrides")).get("container"))
    container = mapping(snapshot.workload.get("container"))
    found: dict[str, tuple[Data, ...]] = {}
    complete = True
    for field in ("env", "files"):
        upper = sequence(overrides.get(field))
        replaced = {text(mapping(entry).get("key")) for entry in upper}
        places = [
            (entry, binding_origin.child("workloadOverrides", "container", field, index))
            for index, entry in enumerate(upper)
        ]
        places += [
            (entry, snapshot.workload_origin.child("container", field, index))
            for index, entry in enumerate(sequence(container.get(field)))
            if text(mapping(entry).get("key")) not in replaced
        ]
        for entry, origin in places:
            wanted = mapping(mapping(mapping(entry).get("valueFrom")).get("secretKeyRef"))
            if not text(wanted.get("name")):
                continue
            data = _look_up(catalog, namespace, wanted, origin, reads, findings, context)
            if data is None:
                complete = False
            else:
                found[text(wanted.get("name"))] = data
    return found if complete else None


def _look_up(
    catalog: Catalog,
    namespace: str,
    wanted: Mapping[str, object],
    origin: Origin,
    reads: Reads,
    findings: Collector,
    context: ResourceReference,
) -> tuple[Data, ...] | None:
    name, key = text(wanted.get("name")), text(wanted.get("key"))
    at = origin.child("valueFrom", "secretKeyRef")
    reference = catalog.get("SecretReference", namespace, name, reads)
    if reference is None:
        findings.add(
            "secret-reference-not-found",
            f'SecretReference "{name}" is not in namespace {namespace}',
            origin=at.child("name"),
            hint=did_you_mean(name, catalog.names("SecretReference", namespace)),
            context=context,
        )
        return None
    data = tuple(mapping(item) for item in sequence(reference.spec.get("data")))
    keys = [text(item.get("secretKey")) for item in data]
    if key not in keys:
        findings.add(
            "secret-key-not-found",
            f'SecretReference "{name}" has no key "{key}"; it has {", ".join(keys) or "none"}',
            origin=at.child("key"),
            hint=did_you_mean(key, keys),
            related=[("declared here", reference.origin("spec", "data"))],
            context=context,
        )
        return None
    return data
