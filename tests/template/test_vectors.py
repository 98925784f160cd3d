"""The reference's own results, rendered in every way: walked, generated, recorded."""

from __future__ import annotations

import json

import pytest

from tests.conformance.rendered import check
from tests.conformance.suites.templates import doubles, replay
from tests.shared import shared_path

pytestmark = pytest.mark.shared


def test_templates() -> None:
    outcomes = list(replay(shared_path("golden", "cel", "templates.json")))
    assert [outcome for outcome in outcomes if not outcome.passed] == []
    assert len(outcomes) > 100


@pytest.mark.parametrize("area", ["oc-functions", "in-use", "context-helpers"])
def test_rendered_expressions(area: str) -> None:
    vectors = json.loads(shared_path("golden", "cel", "openchoreo", f"{area}.json").read_text())
    contexts = json.loads(shared_path("golden", "cel", "openchoreo", "contexts.json").read_text())
    failed = {}
    for vector in vectors:
        context = contexts.get(vector.get("context_ref"), vector.get("context", {}))
        if vector.get("numbers") != "int":
            context = doubles(context)
        found = check(vector, context)
        if found:
            failed[vector["id"]] = found
    assert failed == {}
    assert vectors


def test_a_changed_expectation_is_noticed() -> None:
    vector = {"expr": "1 + 1", "rendered": 2, "interpolated": "<2>"}
    assert check(vector, {}) is None
    assert check({**vector, "rendered": 3}, {})
    assert check({**vector, "interpolated": "<3>"}, {})
    assert check({"expr": "oc_omit()", "rendered_omitted": True}, {}) is None
    assert check({"expr": "1", "rendered_omitted": True}, {})
    assert check({"expr": "oc_omit()", "rendered": {}}, {})
    assert check({"expr": "1.0 / 0.0", "rendered_json_error": "no"}, {}) is None
    assert check({"expr": "1.0", "rendered_json_error": "no"}, {})
