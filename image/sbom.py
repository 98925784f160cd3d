"""Writes a CycloneDX 1.6 bill of materials of the interpreter's packages; runs in the build stage.

    python sbom.py OUTPUT

The root component is krm-fn; every other installed distribution is a library with its package URL,
licence and what it depends on; CPython is one of them. Equal environments give equal bytes: there
is no time stamp, and the serial number is derived from the content.
"""

from __future__ import annotations

import json
import platform
import re
import sys
import uuid
from importlib import metadata
from pathlib import Path
from typing import Any

PROJECT = "krm-fn"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "sbom.fn.openchoreo.dev")
DEPENDENCY = re.compile(r"^\s*([A-Za-z0-9._-]+)(?:\s*\[[^\]]*\])?[^;]*(;.*)?$")


def main(output: Path) -> int:
    """Write the document."""
    document = bill_of_materials()
    output.parent.mkdir(parents=True, exist_ok=True)
    output.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n")
    return 0


def bill_of_materials() -> dict[str, Any]:
    """Return the document for the distributions that this interpreter finds."""
    found = {_normal(item.name): item for item in metadata.distributions()}
    interpreter = _interpreter()
    libraries = [
        _component(name, found[name], "library") for name in sorted(found) if name != PROJECT
    ]
    root = _component(PROJECT, found[PROJECT], "application")
    needs = {name: _needs(item, found) for name, item in found.items()}
    needs[PROJECT].append(interpreter["bom-ref"])
    dependencies = [
        {"ref": _reference(name, found[name].version), "dependsOn": needs[name]}
        for name in sorted(found)
    ]
    document: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": root},
        "components": [*libraries, interpreter],
        "dependencies": [*dependencies, {"ref": interpreter["bom-ref"], "dependsOn": []}],
    }
    content = json.dumps(document, sort_keys=True)
    document["serialNumber"] = uuid.uuid5(NAMESPACE, content).urn
    return document


def _component(name: str, item: metadata.Distribution, kind: str) -> dict[str, Any]:
    reference = _reference(name, item.version)
    component: dict[str, Any] = {
        "type": kind,
        "bom-ref": reference,
        "name": item.name,
        "version": item.version,
        "purl": reference,
    }
    summary = _field(item, "Summary")
    if summary:
        component["description"] = summary
    licence = _licence(item)
    if licence:
        component["licenses"] = [licence]
    return component


def _field(item: metadata.Distribution, name: str) -> str:
    return item.metadata[name] if name in item.metadata else ""  # noqa: SIM401 - has no get


def _licence(item: metadata.Distribution) -> dict[str, Any] | None:
    """Return the licence as declared: an SPDX expression, else a name."""
    expression = _field(item, "License-Expression")
    if expression:
        return {"expression": expression}
    classifiers = [
        text.rsplit(" :: ", 1)[-1]
        for text in item.metadata.get_all("Classifier") or []
        if text.startswith("License :: ") and text != "License :: OSI Approved"
    ]
    declared = _field(item, "License")
    if declared and "\n" not in declared:
        return {"license": {"name": declared}}
    return {"license": {"name": classifiers[0]}} if classifiers else None


def _needs(item: metadata.Distribution, found: dict[str, metadata.Distribution]) -> list[str]:
    """Return the references of what a distribution depends on and what is installed."""
    needed = set()
    for requirement in item.requires or []:
        matched = DEPENDENCY.match(requirement)
        if matched is None or "extra ==" in (matched[2] or ""):
            continue
        name = _normal(matched[1].rstrip("-._"))
        if name in found:
            needed.add(_reference(name, found[name].version))
    return sorted(needed)


def _interpreter() -> dict[str, Any]:
    reference = f"pkg:generic/cpython@{platform.python_version()}"
    return {
        "type": "platform",
        "bom-ref": reference,
        "name": "CPython",
        "version": platform.python_version(),
        "purl": reference,
        "licenses": [{"license": {"id": "PSF-2.0"}}],
    }


def _reference(name: str, version: str) -> str:
    return f"pkg:pypi/{name}@{version}"


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
