"""References to secrets that are not there, found before anything is deployed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from krm_fn.catalog import Catalog, mapping, sequence, text
from krm_fn.findings import Collector, Origin, did_you_mean
from krm_fn.resolve import ComponentJob

Reference = tuple[str, str, Origin]
"""Name, key, place of `secretKeyRef`."""


def check_dangling(
    catalog: Catalog, components: Iterable[ComponentJob], findings: Collector
) -> None:
    """Report secret references of workloads that no job reads; those of jobs are errors already."""
    read = {
        (resource.kind, resource.namespace, resource.name)
        for job in components
        for resource in job.reads
    }
    for workload in catalog.of_kind("Workload"):
        if ("Workload", workload.namespace, workload.name) in read:
            continue
        container = workload.spec.get("container")
        for name, key, origin in secret_keys(container, workload.origin("spec", "container")):
            reference = catalog.get("SecretReference", workload.namespace, name)
            known = catalog.names("SecretReference", workload.namespace)
            message = f'SecretReference "{name}" is not in namespace {workload.namespace}'
            place, wanted = origin.child("name"), name
            if reference is not None:
                entries = sequence(reference.spec.get("data"))
                known = [text(mapping(entry).get("secretKey")) for entry in entries]
                message = f'SecretReference "{name}" has no key "{key}"'
                place, wanted = origin.child("key"), key
                if key in known:
                    continue
            hint = did_you_mean(wanted, known)
            findings.add("secret-reference-dangling", message, origin=place, hint=hint)


def secret_keys(container: object, origin: Origin) -> Iterator[Reference]:
    """List the `secretKeyRef`s of a container's environment and files."""
    for field in ("env", "files"):
        for index, entry in enumerate(sequence(mapping(container).get(field))):
            reference = mapping(mapping(mapping(entry).get("valueFrom")).get("secretKeyRef"))
            name = text(reference.get("name"))
            if name:
                place = origin.child(field, index, "valueFrom", "secretKeyRef")
                yield name, text(reference.get("key")), place
