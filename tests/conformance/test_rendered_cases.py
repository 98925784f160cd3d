"""The component suite proves something."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from krm_fn.findings import Collector, ResourceReference
from krm_fn.spine import RenderResult
from tests.conformance.conditions import Refusal, of_error_text, of_findings
from tests.conformance.known import known_differences
from tests.conformance.suites.rendered_cases import Expectation, expectation, judge, render_case
from tests.shared import shared_path

_RENDERED = ("001-getting-started-greeter", "189-default-notification-channel", "168-dep-resource")
_REFUSED = "027-service-without-endpoint-rejected"


def _case(name: str) -> tuple[Expectation, RenderResult]:
    case = shared_path("golden", "component", name)
    return expectation(case), render_case(case)


def _all_cases(suite: str, judged: str) -> Iterator[tuple[str, Expectation, RenderResult]]:
    for path in sorted(shared_path("golden", suite).glob(f"*/{judged}")):
        if path.parent.name not in known_differences().get(suite, {}):
            yield path.parent.name, expectation(path.parent), render_case(path.parent)


@pytest.mark.parametrize("suite", ["component", "project", "resource"])
def test_changing_any_leaf_fails_the_case(suite: str) -> None:
    changed = 0
    for name, wanted, result in _all_cases(suite, "expected.yaml"):
        assert judge(wanted, result) == "", name
        for resources in _with_one_leaf_changed(wanted.resources):
            assert judge(replace(wanted, resources=resources), result), name
            changed += 1
    assert changed > 500


def _with_one_leaf_changed(resources: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the same copy again and again, each time with another leaf changed."""
    working = copy.deepcopy(resources)
    for parent, key in list(_leaves(working)):
        kept = parent[key]
        for other in _others(kept):
            parent[key] = other
            yield working
        parent[key] = kept


def _leaves(node: Any) -> Iterator[tuple[Any, Any]]:
    places = node.items() if isinstance(node, dict) else enumerate(node)
    for key, value in places:
        if isinstance(value, (dict, list)) and value:
            yield from _leaves(value)
        else:
            yield node, key


def _others(value: Any) -> Iterator[Any]:
    """Yield values that are near and different."""
    if isinstance(value, bool):
        yield not value
        yield int(value)
    elif isinstance(value, (int, float)):
        yield value * 2 + 1
        yield str(value)
    elif isinstance(value, str):
        yield value + "x"
        yield None
    else:
        yield "x"


@pytest.mark.parametrize("name", _RENDERED)
def test_a_missing_an_added_and_a_moved_resource_fail_the_case(name: str) -> None:
    wanted, result = _case(name)
    resources = wanted.resources
    assert judge(replace(wanted, resources=resources[:-1]), result)
    assert judge(replace(wanted, resources=[*resources, resources[0]]), result)
    same = [one for one in resources if one["renderedRelease"] == resources[0]["renderedRelease"]]
    if len(same) > 1:
        assert judge(replace(wanted, resources=resources[::-1]), result)


@pytest.mark.parametrize("suite", ["component", "project", "resource"])
def test_only_the_same_objects_and_reasons_pass(suite: str) -> None:
    changed = 0
    for name, wanted, result in _all_cases(suite, "error.txt"):
        assert judge(wanted, result) == "", name
        refusals = of_error_text(wanted.errors)
        for left_out in refusals:
            kept = [_line(one) for one in refusals - {left_out}]
            for other in ([], *([_line(one)] for one in _others_of(left_out))):
                errors = "\n".join([*kept, *other])
                assert judge(replace(wanted, errors=errors), result), name
                changed += 1
    assert changed >= 10


def _others_of(refusal: Refusal) -> Iterator[Refusal]:
    subject, condition, reason = refusal
    yield f"{subject}x", condition, reason
    yield subject, condition, f"{reason}X"
    if not condition.startswith("pending"):
        yield subject, f"{condition}X", reason


def _line(refusal: Refusal) -> str:
    subject, condition, reason = refusal
    if condition.startswith("pending"):
        return f"{subject}: {condition} {reason}: text"
    return f"{subject}: {condition}=False {reason}: text"


@pytest.mark.parametrize("name", _RENDERED)
def test_a_refusal_where_none_is_expected_fails_the_case(name: str) -> None:
    wanted, result = _case(name)
    _, refused = _case(_REFUSED)
    assert judge(wanted, RenderResult(result.resources, refused.findings, result.catalog))


def test_reads_error_text() -> None:
    text = (
        'Component/default/s: Ready=False WorkloadNotFound: Workload for component "s" not found\n'
        "ReleaseBinding/d/f: pending connection default/ghost endpoint api: not found\n"
        "ReleaseBinding/d/f: pending resource dependency cache: output not resolved: nope\n"
        "ReleaseBinding/d/f: reconcile error: failed to render resources: x=False y\n"
        " | ^; rule[3] must evaluate to boolean\n"
        "yaml: json: unsupported value: +Inf\n"
    )
    assert of_error_text(text) == {
        ("Component/default/s", "Ready", "WorkloadNotFound"),
        ("ReleaseBinding/d/f", "pending connection", "default/ghost endpoint api"),
        ("ReleaseBinding/d/f", "pending resource dependency", "cache"),
    }


def test_reads_findings_through_the_table_of_codes() -> None:
    component_type = ResourceReference("openchoreo.dev/v1alpha1", "ComponentType", "d", "t")
    findings = Collector()
    for kind in ("ReleaseBinding", "ProjectReleaseBinding"):
        context = ResourceReference("openchoreo.dev/v1alpha1", kind, "d", "b")
        findings.add(_CODE, "text", resource=component_type, context=context)
    findings.add(_CODE, "advice", resource=component_type)
    assert of_findings(findings) == {
        ("ReleaseBinding/d/b", "ReleaseSynced", "EnvironmentNotFound"),
        ("ProjectReleaseBinding/d/b", "Synced", "EnvironmentNotFound"),
    }


_CODE = "environment-not-found"
