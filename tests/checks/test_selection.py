"""A binding of an environment that does not exist does not disappear in silence."""

from __future__ import annotations

import pytest

from krm_fn.findings import Collector, Finding, Severity
from krm_fn.settings import Selection, Settings
from krm_fn.spine import render
from krm_fn.yamlio import parse
from tests.checks.repository import CART, PLATFORM


def findings(text: str, selection: Selection) -> list[Finding]:
    collector = Collector()
    documents = parse(text.encode(), file="all.yaml", mode="kustomize", findings=collector)
    result = render(documents, Settings(select=selection))
    return [found for found in result.findings if found.code == "environment-not-found"]


@pytest.mark.parametrize("kind", ["ReleaseBinding", "ProjectReleaseBinding"])
def test_a_misspelt_environment_is_a_warning_in_every_selection(kind: str) -> None:
    text = PLATFORM + CART
    name = {"ReleaseBinding": "cart-prod", "ProjectReleaseBinding": "shop-prod"}[kind]
    before, found, after = text.partition(f"name: {name}}}")
    text = before + found + after.replace("environment: prod", "environment: prd", 1)
    (finding,) = findings(text, Selection(environments=("prod",)))
    assert finding.severity is Severity.WARNING
    assert finding.resource is not None
    assert (finding.resource.kind, finding.resource.name) == (kind, name)
    assert 'did you mean "prod"?' in finding.hint
    assert finding.position is not None
    assert findings(text, Selection(environments=("prod",), projects=("other",))) == []
    assert [each.severity for each in findings(text, Selection())] == [Severity.ERROR]


def test_environments_that_exist_are_passed_over() -> None:
    assert findings(PLATFORM + CART, Selection(environments=("prod",))) == []
