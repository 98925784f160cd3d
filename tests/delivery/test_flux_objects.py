"""Flux's objects are what Flux's own definitions allow."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from krm_fn.delivery import FluxTarget, flux_objects, parse_reference
from krm_fn.settings import OutputSettings
from tests.hosts import ROOT, flux_definitions

STEPS = (("namespaces", "production/namespaces"), ("workloads", "production/workloads"))


def objects(
    chains: Any = ((("", "production"),),), output: OutputSettings | None = None, **more: Any
) -> list[dict[str, Any]]:
    reference = parse_reference(more.pop("url", "oci://ghcr.io/acme/store"), "production")
    target = FluxTarget(reference, "production", chains, **more)
    (found,) = flux_objects(target, output or OutputSettings()).values()
    return found


def test_one_source_and_one_kustomization() -> None:
    source, kustomization = objects(depends_on=("infrastructure",))
    assert source["spec"] == {
        "interval": "5m",
        "url": "oci://ghcr.io/acme/store",
        "ref": {"tag": "production"},
    }
    spec = kustomization["spec"]
    assert spec["path"] == "./production"
    assert spec["sourceRef"] == {"kind": "OCIRepository", "name": source["metadata"]["name"]}
    assert spec["dependsOn"] == [{"name": "infrastructure"}]
    assert "postBuild" not in spec


def test_steps_wait_for_each_other_and_planes_do_not() -> None:
    _, *made = objects((STEPS, (("observabilityplane", "o"),)), depends_on=("first",))
    waits = {one["metadata"]["name"]: one["spec"]["dependsOn"] for one in made}
    assert waits == {
        "store-production-namespaces": [{"name": "first"}],
        "store-production-workloads": [{"name": "store-production-namespaces"}],
        "store-production-observabilityplane": [{"name": "first"}],
    }


def test_escapes_are_taken_away_by_substitution() -> None:
    _, kustomization = objects(output=OutputSettings(flux_substitution="escape"))
    assert kustomization["spec"]["postBuild"] == {"substituteStrategy": "Always"}


def test_a_registry_of_this_machine_speaks_plain_http() -> None:
    source, _ = objects(url="oci://localhost:5000/store-production")
    assert source["spec"]["insecure"] is True
    assert source["metadata"]["name"] == "store-production"


@pytest.mark.hosts
def test_they_are_valid() -> None:
    escape = OutputSettings(flux_substitution="escape")
    for made in objects((STEPS,), escape, url="oci://localhost:5000/store", depends_on=("a",)):
        assert problems(made) == []


@pytest.mark.hosts
def test_the_examples_are_valid() -> None:
    files = sorted((ROOT / "examples" / "flux").rglob("*.yaml"))
    assert files
    checked = 0
    for file in files:
        for made in yaml.safe_load_all(file.read_text(encoding="utf-8")):
            if str(made.get("apiVersion", "")).partition("/")[0].endswith("toolkit.fluxcd.io"):
                assert problems(made) == [], file
                checked += 1
    assert checked >= 6


@pytest.mark.hosts
def test_a_wrong_object_is_seen() -> None:
    source, kustomization = objects()
    kustomization["spec"]["dependOn"] = []
    del source["spec"]["url"]
    assert problems(kustomization)
    assert problems(source)


def problems(made: dict[str, Any]) -> list[str]:
    """Judge an object by Flux's definition of its kind; unknown fields are problems too."""
    validator = pytest.importorskip("jsonschema", reason="jsonschema is absent").Draft7Validator
    group, _, version = made["apiVersion"].partition("/")
    for file in flux_definitions().glob(f"{group}_*.yaml"):
        spec = yaml.safe_load(file.read_text(encoding="utf-8"))["spec"]
        if spec["names"]["kind"] == made["kind"]:
            (schema,) = [v["schema"] for v in spec["versions"] if v["name"] == version]
            found = validator(closed(schema["openAPIV3Schema"])).iter_errors(made)
            return [error.message for error in found]
    raise AssertionError(f"no definition of {made['kind']}")


def closed(schema: Any) -> Any:
    """Forbid fields that a schema does not name, as the API server's strict validation does."""
    if isinstance(schema, list):
        return [closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: closed(value) for key, value in schema.items()}
    if isinstance(schema.get("properties"), dict) and schema.get("type") == "object":
        metadata = not schema["properties"]
        made.setdefault("additionalProperties", metadata)
    return made
