"""Rendered objects and Flux's substitution, judged by Flux's own library."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from krm_fn.assemble import RenderedResource
from krm_fn.delivery import SUBSTITUTE, protect
from krm_fn.delivery.substitution import escaped
from krm_fn.findings import Collector
from krm_fn.yamlio import dump_all
from tests.hosts import flux_host, run

HARMLESS = ["$HOME", "$(date)", "a$", "{}", "$cluster and $(VAR)", "100 $ {x}"]
CHANGED = [
    "${metadata.name}",
    "${size(x) > 0 ? b : c}",
    "echo ${HOME}",
    "${a[@]}",
    "$${a}",
    "$$",
    "$$(VAR)",
    "cost: $$$${x}$$$",
    "${",
    "${x//a/b}",
]


def resource(data: dict[str, str], **metadata: Any) -> RenderedResource:
    made: dict[str, object] = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "shop", "namespace": "dp", **metadata},
        "data": data,
    }
    return RenderedResource(
        made, "production", "dp", "shop", "cart", "dataplane", "ReleaseBinding/a/b", "r", "id"
    )


def texts(values: list[str]) -> dict[str, str]:
    return {f"key-{number}": value for number, value in enumerate(values)}


def substituted(objects: list[Any], *arguments: str) -> Any:
    done = run([flux_host(), "substitute", *arguments], text=dump_all(objects))
    assert done.returncode == 0, done.stderr
    return list(yaml.safe_load_all(done.stdout))


@pytest.mark.parametrize("mode", ["check", "escape", "disable"])
def test_harmless_texts_stay_as_they_are(mode: Any) -> None:
    findings = Collector()
    given_one = resource(texts(HARMLESS))
    assert protect([given_one], mode, findings) == [given_one]
    assert len(findings) == 0


@pytest.mark.parametrize("text", CHANGED)
def test_check_names_the_object_and_the_field(text: str) -> None:
    findings = Collector()
    protect([resource({"run.sh": text})], "check", findings)
    (found,) = findings
    assert found.code == "flux-substitution"
    assert "ConfigMap dp/shop, rendered by ReleaseBinding/a/b: Flux would" in found.message
    assert 'data["run.sh"]' in found.message


def test_check_looks_at_keys_and_lists_too() -> None:
    findings = Collector()
    made = resource({"${key}": "x"})
    made.object["items"] = [{"command": ["sh", "-c", "echo ${HOME}"]}]
    protect([made], "check", findings)
    assert [finding.message.partition(": Flux")[2] for finding in findings.sorted()] == [
        ' would read a variable in data["${key}"]: ${key}',
        " would read a variable in items[0].command[2]: ${HOME}",
    ]


def test_disable_annotates_and_keeps_what_is_annotated() -> None:
    given_one = resource({"a": "${x}"}, annotations={"own": "1"})
    (made,) = protect([given_one], "disable", Collector())
    metadata = made.object["metadata"]
    assert isinstance(metadata, dict)
    assert metadata["annotations"] == {"own": "1", SUBSTITUTE: "disabled"}
    assert made.object["data"] == {"a": "${x}"}
    assert given_one.object["metadata"]["annotations"] == {"own": "1"}  # type: ignore[index]


@pytest.mark.parametrize("where", ["annotations", "labels"])
@pytest.mark.parametrize("mode", ["check", "escape"])
def test_an_object_that_opted_out_is_safe(where: str, mode: Any) -> None:
    findings = Collector()
    given_one = resource({"a": "${x}"}, **{where: {SUBSTITUTE: "disabled"}})
    assert protect([given_one], mode, findings) == [given_one]
    assert len(findings) == 0


def test_none_does_nothing() -> None:
    given_one = resource({"a": "${x}"})
    assert protect([given_one], "none", Collector()) == [given_one]


@pytest.mark.hosts
def test_flux_gives_escaped_objects_back() -> None:
    given_one = resource(texts([*HARMLESS, *CHANGED]))
    (made,) = protect([given_one], "escape", Collector())
    assert made.object != given_one.object
    assert substituted([made.object], "a=1", "--strict") == [given_one.object]


@pytest.mark.hosts
def test_flux_leaves_disabled_objects_alone() -> None:
    given_one = resource(texts(CHANGED))
    (made,) = protect([given_one], "disable", Collector())
    assert substituted([made.object], "a=1", "--strict") == [made.object]


@pytest.mark.hosts
def test_flux_leaves_harmless_objects_alone() -> None:
    given_one = resource(texts(HARMLESS))
    assert substituted([given_one.object], "a=1", "--strict") == [given_one.object]


@pytest.mark.hosts
@pytest.mark.parametrize("text", CHANGED)
def test_flux_would_change_or_refuse_what_check_reports(text: str) -> None:
    made = resource({"a": text}).object
    done = run([flux_host(), "substitute", "HOME=/root", "x=1"], text=dump_all([made]))
    assert done.returncode != 0 or list(yaml.safe_load_all(done.stdout)) != [made]


@pytest.mark.hosts
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.text("${}:x \n", max_size=12), min_size=40, max_size=40))
def test_any_text_survives(values: list[str]) -> None:
    made = resource(texts([escaped(value) for value in values])).object
    (back,) = substituted([made], "x=1")
    assert back["data"] == texts(values)
