"""Cutting releases: content, names, what is known already."""

from __future__ import annotations

from krm_fn import catalog
from krm_fn.findings import Collector
from krm_fn.lifecycle import cut_releases, release_hash
from krm_fn.resolve import content_hash, release_name
from krm_fn.settings import Selection, Settings
from krm_fn.sources import read_directory
from krm_fn.yamlio import Document, parse
from tests.shared import ROOT

EXAMPLE = ROOT / "examples" / "online-store"


def documents() -> list[Document]:
    found: list[Document] = []
    findings = Collector()
    for folder in ("platform", "projects"):
        for file in read_directory(EXAMPLE / folder, root=EXAMPLE, findings=findings):
            found += parse(file.content, file=file.file, mode="kustomize", findings=findings)
    return found


def test_the_hash_sees_content_not_form() -> None:
    assert content_hash({"a": 1, "b": [1.0]}) == content_hash({"b": [1], "a": 1.0})
    assert content_hash({"a": 1}) != content_hash({"a": 2})
    name = release_name("cart", {"a": 1})
    assert name == f"cart-{content_hash({'a': 1})[:8]}"


def test_the_releases_of_the_example_are_known() -> None:
    """The example pins the current sources of every component but those that moved on."""
    findings = Collector()
    releases = cut_releases(catalog.build(documents(), findings), Settings(), findings)
    assert not findings.has_errors()
    known = {release.name for release in releases if release.known}
    assert known, "no release in Git has the content of its sources"
    for release in releases:
        assert release_hash(release.object) == content_hash(release.object["spec"])


def test_a_selection_cuts_only_its_own() -> None:
    findings = Collector()
    settings = Settings(select=Selection(projects=("shop",), components=("cart",)))
    releases = cut_releases(catalog.build(documents(), findings), settings, findings)
    components = [r.owner.name for r in releases if r.object["kind"] == "ComponentRelease"]
    assert components == ["cart"]
