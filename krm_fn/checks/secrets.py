"""Secrets in plain text (decision D11)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from krm_fn.assemble import RenderedResource
from krm_fn.catalog import Catalog, mapping, sequence, text
from krm_fn.findings import Collector, Origin, PathPart
from krm_fn.resolve import ComponentJob
from krm_fn.yamlio import Document

_WORDS: Final = ("pass", "pwd", "secret", "token", "credential", "credentials")
_KEYS: Final = ("api", "access", "private", "secret", "auth", "encryption", "signing")
_ENDS: Final = (
    "password",
    "passwd",
    "passphrase",
    *(f"_{word}" for word in _WORDS),
    *(f"_{key}{joint}key" for key in _KEYS for joint in ("", "_")),
)
_ADDRESS: Final = r"[A-Za-z][A-Za-z0-9+.-]*://[^/\s:@$]*:[^/\s:@$]+@"
_PLACEHOLDERS: Final = (("${", "}"), ("$(", ")"), ("{{", "}}"), ("<", ">"))
_FIELDS = ("data", "stringData")


def check_workload_secrets(job: ComponentJob, findings: Collector) -> None:
    """Report environment variables with a secret in them, of the workload and the overrides."""
    check_container(
        job.snapshot.workload.get("container"),
        job.snapshot.workload_origin.child("container"),
        findings,
    )
    overrides = job.spec.get("workloadOverrides")
    if overrides:
        origin = job.origin.child("workloadOverrides", "container")
        check_container(mapping(overrides).get("container"), origin, findings)


def check_container(container: object, origin: Origin, findings: Collector) -> None:
    """Report the environment variables of one container that hold a secret."""
    for index, entry in enumerate(map(mapping, sequence(mapping(container).get("env")))):
        name, value = text(entry.get("key")), entry.get("value")
        if isinstance(value, str) and looks_secret(name, value):
            findings.add(
                "secret-plain",
                f'environment variable "{name}" holds a secret in plain text',
                origin=origin.child("env", index, "value"),
            )


def looks_secret(name: str, value: str) -> bool:
    """Say whether a variable seems to hold a secret: by its name, or as part of an address."""
    shown = value.strip()
    if _is_placeholder(shown):
        return False
    if f"_{name.lower().replace('-', '_').replace('.', '_')}".endswith(_ENDS):
        return True
    return "://" in shown and "@" in shown and re.search(_ADDRESS, shown) is not None


def check_documents(catalog: Catalog, findings: Collector) -> None:
    """Report Secrets in the repository, and secrets in workloads and bindings that no job reads."""
    check_secret_documents(catalog.foreign, findings)
    places: tuple[tuple[str, tuple[PathPart, ...]], ...] = (
        ("Workload", ("container",)),
        ("ComponentRelease", ("workload", "container")),
        ("ReleaseBinding", ("workloadOverrides", "container")),
    )
    for kind, path in places:
        for resource in catalog.of_kind(kind):
            container: object = resource.spec
            for part in path:
                container = mapping(container).get(str(part))
            check_container(container, resource.origin("spec", *path), findings)


def check_secret_documents(documents: Iterable[Document], findings: Collector) -> None:
    """Report the Secrets among documents."""
    for document in documents:
        if _is_plain(document.data):
            field = next(name for name in _FIELDS if document.data.get(name))
            _report(findings, Origin(document, (field,)), document.name)


def check_rendered_secrets(resources: Iterable[RenderedResource], findings: Collector) -> None:
    """Report rendered Secrets that carry their content."""
    for resource in resources:
        if resource.object.get("kind") == "Secret" and _is_plain(resource.object):
            name = text(mapping(resource.object.get("metadata")).get("name"))
            _report(findings, resource.sources[0] if resource.sources else None, name)


def _is_plain(data: Mapping[str, object]) -> bool:
    if data.get("apiVersion") != "v1" or data.get("kind") != "Secret" or "sops" in data:
        return False
    return any(
        not isinstance(value, str) or not _is_placeholder(value.strip())
        for field in _FIELDS
        for value in mapping(data.get(field)).values()
    )


def _is_placeholder(value: str) -> bool:
    """Say whether a value is empty, or stands for one that is filled in later."""
    if value in ("", "true", "false"):
        return True
    return any(value.startswith(left) and value.endswith(right) for left, right in _PLACEHOLDERS)


def _report(findings: Collector, origin: Origin | None, name: str) -> None:
    findings.add("secret-plain", f'Secret "{name}" holds its content in plain text', origin=origin)
