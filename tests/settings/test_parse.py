"""functionConfig → settings: both spellings, and what is said about mistakes."""

from __future__ import annotations

from typing import Any

import pytest

from krm_fn.findings import Collector, Finding, Position
from krm_fn.settings import ConfigDocument, Settings, parse_settings

RENDER = {"apiVersion": "fn.openchoreo.dev/v1alpha1", "kind": "Render", "metadata": {"name": "r"}}


def render(spec: dict[str, Any]) -> tuple[Settings, list[Finding]]:
    findings = Collector()
    return parse_settings({**RENDER, "spec": spec}, findings), list(findings)


def config_map(data: dict[str, Any]) -> tuple[Settings, list[Finding]]:
    findings = Collector()
    config = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "c"}, "data": data}
    return parse_settings(config, findings), list(findings)


def test_absent_means_defaults() -> None:
    findings = Collector()
    assert parse_settings(None, findings) == Settings()
    assert parse_settings(dict(RENDER), findings) == Settings()
    assert not len(findings)


def test_both_spellings_say_the_same() -> None:
    nested, first = render(
        {
            "select": {"environments": ["development", "staging"], "projects": "store"},
            "releases": "pinned",
            "sources": ["../..", "platform"],
            "identity": {"default": "zero"},
            "output": {"inputs": "keep", "annotations": ["origin"], "marker": False},
            "strict": True,
            "allowEmpty": False,
            "clusterDomain": "cluster.example",
        }
    )
    flat, second = config_map(
        {
            "environments": "development, staging",
            "project": "store",
            "releases": "pinned",
            "sources": '["../..", "platform"]',
            "identity.default": "zero",
            "output.inputs": "keep",
            "annotations": "origin",
            "marker": "false",
            "strict": "true",
            "allowEmpty": "false",
            "clusterDomain": "cluster.example",
        }
    )
    assert first == second == []
    assert nested == flat
    assert nested.select.environments == ("development", "staging")
    assert nested.output.marker == ""


@pytest.mark.parametrize(
    ("spec", "code", "field", "part"),
    [
        ({"selct": {}}, "setting-unknown", "spec.selct", 'did you mean "select"?'),
        (
            {"select": {"enviroments": ["x"]}},
            "setting-unknown",
            "spec.select.enviroments",
            'did you mean "environments"?',
        ),
        ({"zzz": 1}, "setting-unknown", "spec.zzz", 'unknown setting "zzz"'),
        ({"releases": "pined"}, "setting-value", "spec.releases", 'did you mean "pinned"?'),
        ({"strict": "yes"}, "setting-type", "spec.strict", 'true or false, not "yes"'),
        (
            {"select": {"environments": [1]}},
            "setting-type",
            "spec.select.environments",
            "a list of strings",
        ),
        ({"select": []}, "setting-type", "spec.select", "select must be a mapping"),
        ({"output": {"annotations": "orign"}}, "setting-value", "spec.output.annotations", "orig"),
        ({"identity": {"map": {"a": "b"}}}, "setting-type", "spec.identity.map", "Kind/namespace"),
        ({"clusterDomain": 3}, "setting-type", "spec.clusterDomain", "a string, not 3"),
    ],
)
def test_mistakes_name_field_and_next_step(
    spec: dict[str, Any], code: str, field: str, part: str
) -> None:
    _, (finding,) = render(spec)
    assert (finding.code, finding.field) == (code, field)
    assert part in finding.message
    assert finding.hint
    assert finding.resource is not None
    assert finding.resource.name == "r"


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        ({"enviroment": "x"}, "setting-unknown", "data.enviroment"),
        ({"environment": "x", "environments": "y"}, "setting-twice", "data.environments"),
        ({"strict": "maybe"}, "setting-type", "data.strict"),
        ({"strict": True}, "setting-type", "data.strict"),
        ({"sources": "[1"}, "setting-type", "data.sources"),
    ],
)
def test_flat_mistakes(data: dict[str, Any], code: str, field: str) -> None:
    _, (finding,) = config_map(data)
    assert (finding.code, finding.field) == (code, field)


def test_another_kind_is_refused_with_the_nearest() -> None:
    findings = Collector()
    parse_settings({**RENDER, "kind": "Rendr"}, findings)
    parse_settings({**RENDER, "apiVersion": "fn.openchoreo.dev/v1"}, findings)
    kind, version = findings
    assert 'did you mean "Render"?' in kind.message
    assert 'did you mean "fn.openchoreo.dev/v1alpha1"?' in version.message


def test_the_place_of_the_file_is_kept() -> None:
    findings = Collector()
    config = {**RENDER, "spec": {"selct": 1}}
    parse_settings(config, findings, ConfigDocument(config, Position("render.yaml")))
    (finding,) = findings
    assert str(finding.position) == "render.yaml[0]"


def test_the_identity_map_may_be_inline() -> None:
    settings, findings = render({"identity": {"map": {"Project/default/store": "abc"}}})
    assert not findings
    assert settings.identity.entries == (("Project/default/store", "abc"),)
