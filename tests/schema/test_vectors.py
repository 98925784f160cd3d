"""Schemas of the golden vectors: the sentences of the real validator."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from krm_fn.schema import SchemaError, compile_schema
from tests.shared import shared_path


def documents(case: str) -> dict[str, Any]:
    """Return the documents of a case by kind (the last one of a kind)."""
    path = shared_path("golden", "component", case, "input.yaml")
    return {document["kind"]: document for document in yaml.safe_load_all(path.read_text())}


def refusal(case: str) -> str:
    """Return the end of the first error of a case."""
    text = shared_path("golden", "component", case, "error.txt").read_text().splitlines()[0]
    return re.split(r"validation failed: |failed to resolve \$ref: ", text)[-1]


@pytest.mark.parametrize(
    "case",
    [
        "034-service-env-configs-invalid-enum",
        "035-service-env-configs-wrong-type",
        "098-schema-required-missing",
        "099-schema-constraints",
        "108-schema-env-configs-required-missing",
    ],
)
def test_violations(case: str) -> None:
    """All violations together are the sentence of the reference."""
    found = documents(case)
    spec = (found.get("ComponentType") or found["ClusterComponentType"])["spec"]
    configurations = found.get("ReleaseBinding", {"spec": {}})["spec"]
    values = {
        "parameters": found["Component"]["spec"].get("parameters", {}),
        "environmentConfigs": configurations.get("componentTypeEnvironmentConfigs", {}),
    }
    texts = []
    for section, value in values.items():
        if section in spec:
            schema = compile_schema(spec[section]["openAPIV3Schema"])
            texts += [v.text for v in schema.validate(schema.apply_defaults(value))]
    assert "; ".join(texts) == refusal(case)


@pytest.mark.parametrize("case", ["103-schema-circular-ref", "106-schema-definitions-keyword"])
def test_build_errors(case: str) -> None:
    """The schema is refused for the same reason."""
    with pytest.raises(SchemaError) as caught:
        compile_schema(documents(case)["ComponentType"]["spec"]["parameters"]["openAPIV3Schema"])
    assert caught.value.message == refusal(case)


@pytest.mark.parametrize(
    "case",
    [
        "093-schema-defaults-nested",
        "094-schema-defaults-partial",
        "095-schema-null-values",
        "096-schema-unknown-kept",
        "100-schema-oneof",
        "102-schema-anyof-allof-not",
        "105-schema-vendor-extensions",
    ],
)
def test_defaults(case: str) -> None:
    """The parameters seen by the template are those of the reference."""
    found = documents(case)
    schema = compile_schema(found["ComponentType"]["spec"]["parameters"]["openAPIV3Schema"])
    value = schema.apply_defaults(found["Component"]["spec"].get("parameters", {}))
    assert schema.validate(value) == []
    expected = yaml.safe_load(shared_path("golden", "component", case, "expected.yaml").read_text())
    data = [item["resource"].get("data", {}) for item in expected]
    seen = next(one["p"] for one in data if "p" in one)
    assert value == seen
