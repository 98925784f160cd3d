"""What is rendered is what a cluster takes: strict schemas of Kubernetes and of its extensions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from krm_fn.checks import ObjectSchemas
from krm_fn.findings import Collector, field_path
from krm_fn.settings import Settings
from krm_fn.sources import read_directory
from krm_fn.spine import RenderResult, render
from krm_fn.yamlio import parse
from tests.conformance.suites.corpus import render_corpus
from tests.conformance.suites.rendered_cases import render_case
from tests.shared import ROOT, shared_path

KUBERNETES = "1.31"
DEFINITIONS = ROOT / ".tools" / "crds"

# Types written to show one rule of the engine, not to run: maps and numbers in a ConfigMap's data,
# objects without a spec, patches that write anything anywhere.
SYNTHETIC = frozenset(
    {
        "component/047-foreach-map-sorted",
        "component/053-omit-positions",
        "component/057-merge-variants",
        "component/069-cel-optional-and-macros",
        "component/070-cel-string-list-math-ext",
        "component/071-cel-unconvertible-results",
        "component/076-cel-int-key-map",
        "component/083-workload-statefulset-hash",
        "component/085-hash-without-template",
        "component/086-hash-two-deployments",
        "component/093-schema-defaults-nested",
        "component/094-schema-defaults-partial",
        "component/095-schema-null-values",
        "component/096-schema-unknown-kept",
        "component/097-schema-none-params-ignored",
        "component/100-schema-oneof",
        "component/102-schema-anyof-allof-not",
        "component/105-schema-vendor-extensions",
        "component/107-schema-env-configs-both",
        "component/109-validation-pass",
        "component/111-validation-prerender-overrides-validations",
        "component/117-patch-mergeshallow",
        "component/142-trait-context-dump",
        "component/153-embedded-trait-bound",
        "component/154-embedded-trait-literals",
        "component/155-embedded-trait-omit",
        "component/157-embedded-trait-env-overrides-ignored",
        "component/158-embedded-trait-null-params",
        "component/172-dep-custom-type-macros",
        "component/186-yaml-scalars",
        "component/190-int-plus-param-ok-casts",
        "component/200-no-gateway-custom",
        "project/005-context-dump",
        "project/010-invalid-params-not-validated",
        "resource/015-invalid-params-not-validated",
        "resource/016-omit-and-merge",
        "resource/029-uids-explicit",
    }
)

# No schema is at hand for these; they count as not checked, never as passed.
UNCHECKED = frozenset(
    {
        "None None",
        "a.example.com/v1 ConfigMap",
        "cilium.io/v2 CiliumNetworkPolicy",
        "gateway.kgateway.dev/v1alpha1 TrafficPolicy",
        "obs.io/v1 Rule",
        "openchoreo.dev/v1alpha1 ObservabilityAlertRule",
        "x.io/v1 Paths",
        "x.io/v1 Route",
    }
)


@pytest.fixture(scope="module")
def schemas() -> ObjectSchemas:
    if not DEFINITIONS.is_dir():
        pytest.skip(f"{DEFINITIONS} is absent: run tests/install-tools.sh (needs Go)")
    definitions: list[dict[str, Any]] = []
    for path in sorted(DEFINITIONS.glob("*.yaml")):
        read = parse(path.read_bytes(), file=path.name, mode="kubernetes", findings=Collector())
        definitions += [document.data for document in read]
    return ObjectSchemas(KUBERNETES, definitions)


def cases() -> Iterator[tuple[str, Path]]:
    for suite in ("component", "project", "resource"):
        for case in sorted(shared_path("golden", suite).glob("*/input.yaml")):
            if not (case.parent / "error.txt").exists():
                yield f"{suite}/{case.parent.name}", case.parent


def judge(
    result: RenderResult, schemas: ObjectSchemas, unchecked: Counter[str]
) -> tuple[list[str], int]:
    problems: list[str] = []
    checked = 0
    for resource in result.resources:
        found = schemas.problems(resource.object)
        if found is None:
            made = resource.object
            unchecked[f"{made.get('apiVersion')} {made.get('kind')}"] += 1
            continue
        checked += 1
        problems += [f"{resource.id} {field_path(path)}: {text}" for path, text in found]
    return problems, checked


def test_the_vectors(schemas: ObjectSchemas) -> None:
    broken: dict[str, list[str]] = {}
    unchecked: Counter[str] = Counter()
    checked = 0
    for name, case in cases():
        problems, count = judge(render_case(case), schemas, unchecked)
        checked += count
        if problems:
            broken[name] = problems
    assert checked > 800
    assert {name: broken[name] for name in broken if name not in SYNTHETIC} == {}
    assert SYNTHETIC - broken.keys() == frozenset(), "these fit by now: take them off the list"
    assert set(unchecked) == UNCHECKED


def test_the_corpus(schemas: ObjectSchemas) -> None:
    unchecked: Counter[str] = Counter()
    result = render_corpus(shared_path("corpus", "sample-gitops"))
    problems, checked = judge(result, schemas, unchecked)
    assert problems == []
    assert checked
    assert set(unchecked) <= UNCHECKED


def test_the_example(schemas: ObjectSchemas) -> None:
    example = ROOT / "examples" / "online-store"
    findings = Collector()
    documents = [
        document
        for folder in ("platform", "projects")
        for file in read_directory(example / folder, root=example, findings=findings)
        for document in parse(file.content, file=file.file, mode="kustomize", findings=findings)
    ]
    unchecked: Counter[str] = Counter()
    problems, checked = judge(render(documents, Settings()), schemas, unchecked)
    assert problems == []
    assert checked > 100
    assert not unchecked, "every object of the example has a schema"
