"""Finding by name and owner; duplicates; what is remembered."""

from __future__ import annotations

import yaml

from krm_fn.catalog import Catalog, Reads, build
from krm_fn.findings import Collector
from krm_fn.yamlio import parse
from tests.builtin.platform_case import Data, component, resource, workload


def _catalog(*documents: Data) -> tuple[Catalog, list[str]]:
    findings = Collector()
    text = yaml.safe_dump_all(documents)
    found = build(parse(text, file="a.yaml", mode="kubernetes", findings=findings), findings)
    return found, [item.code for item in findings.sorted()]


def test_by_name_and_by_owner() -> None:
    found, codes = _catalog(workload("b"), component("deployment/worker", "b"), workload("a"))
    assert codes == []
    assert [item.name for item in found.of_kind("Workload")] == ["a", "b"]
    assert [item.name for item in found.owned("Workload", "acme", ("shop", "a"))] == ["a"]
    assert found.get("Workload", "other", "a") is None


def test_reads_remember_what_was_there_and_what_was_not() -> None:
    found, _ = _catalog(workload("a"))
    reads = Reads()
    found.get("Workload", "acme", "a", reads)
    found.get("Workload", "acme", "z", reads)
    assert [item.name for item in reads] == ["a"]
    assert list(reads.missing) == [("Workload", "acme", "z")]


def test_of_two_documents_of_one_name_the_last_is_used() -> None:
    first = workload("a", container={"image": "one:1"})
    second = workload("a", container={"image": "two:2"})
    found, codes = _catalog(first, second)
    assert codes == ["resource-duplicate"]
    chosen = found.get("Workload", "acme", "a")
    assert chosen is not None
    assert chosen.spec["container"] == {"image": "two:2"}


def test_what_is_not_ours_is_kept_apart() -> None:
    config_map: Data = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}}
    found, codes = _catalog(config_map, workload("a"))
    assert codes == []
    assert [item.kind for item in found.foreign] == ["ConfigMap"]
    assert len(found) == 1


def test_unknown_kinds_are_said() -> None:
    _, codes = _catalog(resource("Komponent", "x", {}))
    assert codes == ["kind-unknown"]
