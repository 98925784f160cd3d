"""Rules before and after rendering."""

from __future__ import annotations

from pathlib import Path

import pytest

from krm_fn.findings import Collector
from krm_fn.rules import check_after_render, check_before_render
from krm_fn.template import Draft
from tests.shared import shared_path
from tests.traits.trait_case import SCOPE, draft, read

Failures = list[tuple[str, str]]


def before(spec: str) -> tuple[bool, Failures]:
    findings = Collector()
    data, origin = read(spec)
    passed = check_before_render(data, SCOPE, "Trait t/i", origin, findings)
    return passed, [(finding.code, finding.field) for finding in findings]


BEFORE: list[tuple[str, Failures]] = [
    ("{}", []),
    ("validations: [{rule: '${true}', message: m}]", []),
    ("validations: []\npreRenderValidations: [{rule: '${true}', message: m}]", []),
    (
        "validations: [{rule: '${false}', message: m}]",
        [("rule-failed", "spec.validations[0].rule")],
    ),
    # The newer list hides the older one, unless it is empty.
    (
        (
            "validations: [{rule: '${false}', message: m}]\n"
            "preRenderValidations: [{rule: '${true}', message: m}]"
        ),
        [],
    ),
    (
        "validations: [{rule: '${false}', message: m}]\npreRenderValidations: []",
        [("rule-failed", "spec.validations[0].rule")],
    ),
    (
        (
            "preRenderValidations:\n"
            "- {rule: '${parameters.size == 1.0}', message: one}\n"
            "- {rule: '${parameters.size == 2.0}', message: two}\n"
            "- {rule: '${nope}', message: three}\n"
            "- {rule: '${1}', message: four}\n"
            "- {rule: 'true', message: five}\n"
        ),
        [
            ("rule-failed", "spec.preRenderValidations[0].rule"),
            ("template-name-unknown", "spec.preRenderValidations[2].rule"),
            ("template-condition-not-boolean", "spec.preRenderValidations[3].rule"),
            ("template-condition-not-boolean", "spec.preRenderValidations[4].rule"),
        ],
    ),
]


@pytest.mark.parametrize(("spec", "failures"), BEFORE)
def test_before_render(spec: str, failures: Failures) -> None:
    assert before(spec) == (not failures, failures)


def test_messages_are_no_templates() -> None:
    findings = Collector()
    data, origin = read("validations: [{rule: '${false}', message: 'use ${name}'}]")
    check_before_render(data, SCOPE, "Trait t/i", origin, findings)
    (finding,) = findings
    assert finding.message == "Trait t/i rule #0 is not met: use ${name}"
    assert finding.position is not None
    assert dict(finding.details) == {"rule": "${false}"}


def after(rules: str, *drafts: Draft) -> tuple[bool, list[tuple[str, str, str]]]:
    findings = Collector()
    data, origin = read(f"postRenderValidations:\n{rules}")
    passed = check_after_render([(data, SCOPE, "Trait t/i", origin)], drafts, findings)
    return passed, [
        (finding.code, finding.field.removeprefix("spec.postRenderValidations"), finding.message)
        for finding in findings
    ]


RESOURCES = (
    draft("ConfigMap", "a", data={"n": 1.0}),
    draft("ConfigMap", "b", data={"n": 2.0}),
    draft("ConfigMap", "o", "observabilityplane"),
    draft("Deployment", "d", apiVersion="apps/v1"),
)

CONFIG_MAP = "target: {version: v1, kind: ConfigMap}"

AFTER: list[tuple[str, list[tuple[str, str, str]]]] = [
    (f"- {{{CONFIG_MAP}, rule: '${{resource.data.n > 0.0}}', message: m}}", []),
    (
        f"- {{{CONFIG_MAP}, rule: '${{resource.data.n > 1.0}}', message: m}}",
        [("validation-failed", "[0].rule", "on ConfigMap/a is not met: m")],
    ),
    (f"- {{when: '${{false}}', {CONFIG_MAP}, rule: '${{nope}}', message: m}}", []),
    (
        f"- {{when: '${{1}}', {CONFIG_MAP}, rule: '${{true}}', message: m}}",
        [("template-condition-not-boolean", "[0].when", "must be true or false")],
    ),
    (
        f"- {{forEach: '${{1}}', {CONFIG_MAP}, rule: '${{true}}', message: m}}",
        [("template-loop-not-iterable", "[0].forEach", "must give a list")],
    ),
    (f"- {{forEach: '${{[]}}', {CONFIG_MAP}, rule: '${{nope}}', message: m}}", []),
    (
        (
            f"- {{forEach: '${{[1, 2]}}', var: x, {CONFIG_MAP},"
            " rule: '${resource.data.n != double(x)}', message: m}"
        ),
        [
            ("validation-failed", "[0].rule", "on ConfigMap/a (with x = 1) is not met"),
            ("validation-failed", "[0].rule", "on ConfigMap/b (with x = 2) is not met"),
        ],
    ),
    (
        "- {target: {group: '', version: v1, kind: Ingress}, rule: '${true}', message: m}",
        [("validation-no-match", "[0].target", "/v1/Ingress")],
    ),
    (
        "- {target: {kind: Ingress, mustMatch: false}, rule: '${nope}', message: m}",
        [],
    ),
    (
        (
            "- {target: {kind: ConfigMap, where: '${resource.metadata.name == \"z\"}'},"
            " rule: '${true}', message: m}"
        ),
        [("validation-no-match", "[0].target", "ConfigMap")],
    ),
    (
        (
            "- {target: {kind: ConfigMap, where: '${nope}'}, rule: '${true}', message: m}\n"
            "- {target: {kind: Deployment}, rule: '${1}', message: m}\n"
            "- {target: {kind: Deployment}, rule: '${resource.nope}', message: m}"
        ),
        [
            ("template-name-unknown", "[0].target.where", "validation #0"),
            ("template-condition-not-boolean", "[1].rule", "on Deployment/d"),
            ("template-key-missing", "[2].rule", "on Deployment/d"),
        ],
    ),
    (
        (
            "- {targetPlane: observabilityplane, target: {kind: ConfigMap},"
            " rule: '${resource.metadata.name == \"x\"}', message: m}"
        ),
        [("validation-failed", "[0].rule", "on ConfigMap/o")],
    ),
]


@pytest.mark.parametrize(("rules", "failures"), AFTER)
def test_after_render(rules: str, failures: list[tuple[str, str, str]]) -> None:
    passed, found = after(rules, *RESOURCES)
    assert passed == (not failures)
    assert [(code, field) for code, field, _ in found] == [
        (code, field) for code, field, _ in failures
    ]
    for (_, _, message), (_, _, words) in zip(found, failures, strict=True):
        assert words in message


def test_owners_in_order() -> None:
    findings = Collector()
    data, origin = read("postRenderValidations: [{target: {kind: No}, rule: '${true}'}]")
    owners = [(data, SCOPE, label, origin) for label in ("ComponentType a/b", "Trait t/i")]
    assert not check_after_render(owners, RESOURCES, findings)
    assert [finding.message.partition(" validation")[0] for finding in findings] == [
        "ComponentType a/b",
        "Trait t/i",
    ]


@pytest.mark.shared
@pytest.mark.parametrize("case", ["109", "110", "111", "112", "113", "145", "146"])
def test_vectors(case: str) -> None:
    from tests.conformance.suites.rendered_cases import outcome

    (folder,) = Path(shared_path("golden", "component")).glob(f"{case}-*")
    assert outcome(folder).detail == ""
