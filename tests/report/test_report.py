"""Findings as text, JSON and KRM results."""

from __future__ import annotations

from krm_fn.findings import Finding, Position, ResourceReference, Severity
from krm_fn.report import json_report, krm_results, one_line, text_report

COMPONENT = ResourceReference("openchoreo.dev/v1alpha1", "Component", "shop", "cart")
FULL = Finding(
    code="setting-unknown",
    severity=Severity.ERROR,
    message="unknown\nword",
    hint="correct it",
    resource=COMPONENT,
    field="spec.x",
    position=Position("a.yaml", 3, 5, 1),
    context=ResourceReference("openchoreo.dev/v1alpha1", "ReleaseBinding", "shop", "cart-dev"),
    related=(("declared here", Position("b.yaml", 0, 0, 2)),),
    details=(("key", "value"),),
)
BARE = Finding(code="input-empty", severity=Severity.WARNING, message="nothing")


def test_a_finding_is_one_line_for_hosts() -> None:
    assert one_line(FULL) == (
        "error: setting-unknown: openchoreo.dev/Component shop/cart spec.x: unknown word,"
        " for openchoreo.dev/ReleaseBinding shop/cart-dev (a.yaml:3:5);"
        " declared here: b.yaml[2]; hint: correct it"
    )
    assert one_line(BARE) == "warning: input-empty: nothing"


def test_text_has_hints_on_their_own_lines_and_colour_only_when_asked() -> None:
    text = text_report([FULL, BARE])
    assert text.splitlines()[1:] == [
        "  declared here: b.yaml[2]",
        "  hint: correct it",
        "warning: input-empty: nothing",
    ]
    assert "\x1b" not in text
    assert text_report([BARE], colour=True).startswith("\x1b[1;33mwarning\x1b[0m: ")
    assert text_report([]) == ""


def test_the_core_group_is_not_written() -> None:
    finding = Finding(
        code="x",
        severity=Severity.INFO,
        message="m",
        resource=ResourceReference("v1", "Namespace", "", "n"),
    )
    assert one_line(finding) == "info: x: Namespace n: m"


def test_krm_results_follow_the_specification() -> None:
    full, bare = krm_results([FULL, BARE])
    assert full["resourceRef"] == {
        "apiVersion": "openchoreo.dev/v1alpha1",
        "kind": "Component",
        "namespace": "shop",
        "name": "cart",
    }
    assert full["field"] == {"path": "spec.x"}
    assert full["file"] == {"path": "a.yaml", "index": 1}
    assert full["tags"]["line"] == "3"
    assert all(isinstance(value, str) for value in full["tags"].values())
    assert bare == {
        "message": "nothing",
        "severity": "warning",
        "tags": {"code": "input-empty"},
    }


def test_a_field_without_a_resource_is_left_out() -> None:
    finding = Finding(code="x", severity=Severity.ERROR, message="m", field="spec.x")
    assert "field" not in krm_results([finding])[0]


def test_json_counts_and_keeps_what_is_known() -> None:
    report = json_report([FULL, BARE])
    assert report["summary"] == {"error": 1, "warning": 1, "info": 0}
    full, bare = report["findings"]
    assert full["position"] == {"file": "a.yaml", "index": 1, "line": 3, "column": 5}
    assert full["details"] == {"key": "value"}
    assert bare == {"code": "input-empty", "severity": "warning", "message": "nothing"}
