from __future__ import annotations

import os
from pathlib import Path

import pytest

from krm_fn.findings import Collector
from krm_fn.sources import read_directory
from krm_fn.sources.ignore import is_ignored, parse
from krm_fn.yamlio import parse_files

PROJECT = b"apiVersion: openchoreo.dev/v1alpha1\nkind: Project\nmetadata:\n  name: shop\n"


def write(root: Path, *names: str, content: bytes = PROJECT) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def names(path: Path, root: Path, findings: Collector) -> list[str]:
    return [file.file for file in read_directory(path, root=root, findings=findings)]


def test_yaml_and_json_files_in_bytewise_order(tmp_path: Path) -> None:
    write(tmp_path, "b.yaml", "B.yml", "a/z.json", "a-b.yaml", "é.yaml", "a.txt", "Kptfile")
    findings = Collector()
    assert names(tmp_path, tmp_path, findings) == [
        "B.yml",
        "a-b.yaml",
        "a/z.json",
        "b.yaml",
        "é.yaml",
    ]
    assert not findings.sorted()


def test_one_file_and_a_folder_below_the_root(tmp_path: Path) -> None:
    write(tmp_path, "a/b.yaml", "a/c.yaml", "d.yaml")
    assert names(tmp_path / "a", tmp_path, Collector()) == ["a/b.yaml", "a/c.yaml"]
    assert names(tmp_path / "a" / "c.yaml", tmp_path, Collector()) == ["a/c.yaml"]


def test_dot_folders_are_skipped(tmp_path: Path) -> None:
    write(tmp_path, ".git/a.yaml", ".github/b.yaml", "c.yaml")
    assert names(tmp_path, tmp_path, Collector()) == ["c.yaml"]


def test_krmignore_at_every_level(tmp_path: Path) -> None:
    write(tmp_path, "charts/a.yaml", "app/values.yaml", "app/keep.yaml", "app/sub/x.yaml")
    (tmp_path / ".krmignore").write_text("charts/\nvalues.yaml\n")
    (tmp_path / "app" / ".krmignore").write_text("sub/*\n")
    assert names(tmp_path, tmp_path, Collector()) == ["app/keep.yaml"]
    assert names(tmp_path / "app", tmp_path, Collector()) == ["app/keep.yaml"]


def test_links_never_lead_out_of_the_root(tmp_path: Path) -> None:
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    write(inside, "a.yaml")
    write(outside, "secret.yaml")
    (inside / "link.yaml").symlink_to(outside / "secret.yaml")
    (inside / "folder").symlink_to(outside)
    findings = Collector()
    assert names(inside, inside, findings) == ["a.yaml"]
    assert [(finding.code, str(finding.position)) for finding in findings.sorted()] == [
        ("source-outside-root", "folder[0]"),
        ("source-outside-root", "link.yaml[0]"),
    ]


def test_a_path_outside_the_root_is_refused(tmp_path: Path) -> None:
    write(tmp_path, "a/b.yaml", "c.yaml")
    findings = Collector()
    assert names(tmp_path / "a" / "..", tmp_path / "a", findings) == []
    assert [finding.code for finding in findings] == ["source-outside-root"]


def test_links_inside_the_root_are_read_once(tmp_path: Path) -> None:
    write(tmp_path, "a/b.yaml", "shared/c.yaml")
    (tmp_path / "a" / "shared").symlink_to(tmp_path / "shared")
    (tmp_path / "a" / "again").symlink_to(tmp_path / "shared")
    (tmp_path / "a" / "loop").symlink_to(tmp_path / "a")
    findings = Collector()
    assert names(tmp_path / "a", tmp_path, findings) == ["a/again/c.yaml", "a/b.yaml"]
    assert names(tmp_path, tmp_path, findings) == ["a/b.yaml", "shared/c.yaml"]
    assert not findings.sorted()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_a_finding(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", "b.yaml")
    (tmp_path / "a.yaml").chmod(0)
    findings = Collector()
    assert names(tmp_path, tmp_path, findings) == ["b.yaml"]
    assert [finding.code for finding in findings] == ["source-unreadable"]


def test_a_dangling_link_inside_the_root_is_a_finding(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.yaml").symlink_to(tmp_path / "gone.yaml")
    findings = Collector()
    assert names(tmp_path / "a", tmp_path, findings) == []
    assert [finding.code for finding in findings] == ["source-unreadable"]


def test_documents_know_their_file(tmp_path: Path) -> None:
    write(tmp_path, "a.yaml", content=PROJECT + b"---\n" + PROJECT.replace(b"shop", b"crew"))
    files = read_directory(tmp_path, root=tmp_path, findings=Collector())
    documents = parse_files(files, mode="kustomize", findings=Collector())
    assert [(d.name, str(d.position(("metadata", "name")))) for d in documents] == [
        ("shop", "a.yaml:4:9"),
        ("crew", "a.yaml:9:9"),
    ]


def test_broken_yaml_of_other_tools_is_not_reported() -> None:
    files = {"chart.yaml": b"a: {{ .Values.a }}\n", "ours.yaml": PROJECT + b"spec: {{ a }}\n"}
    findings = Collector()
    documents = parse_files(files.items(), mode="kustomize", findings=findings)
    assert [document.file for document in documents] == ["ours.yaml"]
    assert {finding.position.file for finding in findings if finding.position} == {"ours.yaml"}


@pytest.mark.parametrize(
    ("pattern", "path", "ignored"),
    [
        ("a.yaml", "x/a.yaml", True),
        ("/a.yaml", "x/a.yaml", False),
        ("x/a.yaml", "y/x/a.yaml", False),
        ("**/a.yaml", "y/x/a.yaml", True),
        ("x/**", "x/y/z.yaml", True),
        ("x/**/z.yaml", "x/z.yaml", True),
        ("*.yaml", "x/a.yaml", True),
        ("a?.yaml", "ab.yaml", True),
        ("a[0-9].yaml", "a5.yaml", True),
        ("a[!0-9].yaml", "a5.yaml", False),
        ("\\#a", "#a", True),
        ("# a", "# a", False),
        ("a+(b", "a+(b", True),
    ],
)
def test_patterns(pattern: str, path: str, ignored: bool) -> None:
    assert bool(is_ignored(parse(pattern), path, folder=False)) is ignored


def test_the_last_pattern_wins() -> None:
    patterns = parse("*.yaml\n!keep.yaml\nfolder/\n")
    assert is_ignored(patterns, "keep.yaml", folder=False) is False
    assert is_ignored(patterns, "other.yaml", folder=False) is True
    assert is_ignored(patterns, "folder", folder=False) is None
    assert is_ignored(patterns, "folder", folder=True) is True
