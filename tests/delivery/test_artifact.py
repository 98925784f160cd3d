"""Artifacts: equal content, equal bytes."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import random
import tarfile

import pytest

from krm_fn.delivery import (
    Origin,
    build_artifact,
    hydrator_metadata,
    layout_archive,
    layout_files,
    parse_reference,
)
from krm_fn.delivery.archive import gzip as compress
from krm_fn.settings import Selection

FILES = {
    "production/b.yaml": b"kind: B\n",
    "production/a.yaml": b"kind: A\n",
    "production/" + "long" * 60 + ".yaml": b"kind: C\n",
}


def digest(content: bytes) -> str:
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def test_the_order_of_the_files_does_not_matter() -> None:
    shuffled = list(FILES.items())
    random.Random(7).shuffle(shuffled)
    assert build_artifact(dict(shuffled)) == build_artifact(FILES)


def test_entries_are_sorted_and_carry_no_time_and_no_owner() -> None:
    layer = build_artifact(FILES).layer
    with tarfile.open(fileobj=io.BytesIO(layer), mode="r:gz") as archive:
        entries = archive.getmembers()
        content = {entry.name: archive.extractfile(entry).read() for entry in entries}  # type: ignore[union-attr]
    assert [entry.name for entry in entries] == sorted(FILES)
    assert content == FILES
    kept = {(e.mtime, e.uid, e.gid, e.uname, e.gname, e.mode) for e in entries}
    assert kept == {(0, 0, 0, "", "", 0o644)}


def test_the_gzip_header_names_no_time_and_no_system() -> None:
    content = random.Random(3).randbytes(100_000)
    packed = compress(content)
    assert packed[:10].hex() == "1f8b08000000000002ff"
    assert gzip.decompress(packed) == content


def test_the_manifest_is_the_one_that_flux_reads() -> None:
    made = build_artifact(FILES, Origin("https://git.example/acme", "main@sha1:1f", ""))
    manifest = json.loads(made.manifest)
    assert manifest["config"] == {
        "mediaType": "application/vnd.cncf.flux.config.v1+json",
        "digest": digest(made.config),
        "size": len(made.config),
    }
    assert manifest["layers"] == [
        {
            "mediaType": "application/vnd.cncf.flux.content.v1.tar+gzip",
            "digest": digest(made.layer),
            "size": len(made.layer),
        }
    ]
    assert manifest["annotations"] == {
        "org.opencontainers.image.created": "1970-01-01T00:00:00Z",
        "org.opencontainers.image.revision": "main@sha1:1f",
        "org.opencontainers.image.source": "https://git.example/acme",
    }
    assert json.loads(made.config)["rootfs"]["diff_ids"] == [digest(gzip.decompress(made.layer))]
    assert made.digest == digest(made.manifest)


def test_the_revision_changes_the_manifest_and_nothing_else() -> None:
    one = build_artifact(FILES, Origin("https://git", "main@sha1:1", "2026-01-01T00:00:00Z"))
    two = build_artifact(FILES, Origin("https://git", "main@sha1:2", "2026-02-01T00:00:00Z"))
    assert (one.layer, one.config) == (two.layer, two.config)
    assert one.digest != two.digest
    assert two.holds_the_same(json.loads(one.manifest))
    elsewhere = build_artifact(FILES, Origin("https://other", "main@sha1:1"))
    assert not elsewhere.holds_the_same(json.loads(one.manifest))
    other = build_artifact({"a.yaml": b""}, Origin("https://git", "main@sha1:1"))
    assert not other.holds_the_same(json.loads(one.manifest))
    assert not one.holds_the_same({"annotations": None})


def test_a_layout_names_its_blobs_by_content() -> None:
    made = build_artifact(FILES)
    files = layout_files(made, "production")
    (entry,) = json.loads(files["index.json"])["manifests"]
    assert entry["digest"] == made.digest
    assert entry["annotations"] == {"org.opencontainers.image.ref.name": "production"}
    blobs = {name: content for name, content in files.items() if name.startswith("blobs/")}
    assert len(blobs) == 3
    assert all(f"blobs/{digest(c).replace(':', '/')}" == name for name, c in blobs.items())
    with tarfile.open(fileobj=io.BytesIO(layout_archive(made, "production"))) as archive:
        assert archive.getnames() == sorted(files)


@pytest.mark.parametrize(
    ("text", "parts", "loopback"),
    [
        ("oci://ghcr.io/acme/store:v1", ("ghcr.io", "acme/store", "v1"), False),
        ("oci://ghcr.io/acme/store", ("ghcr.io", "acme/store", "production"), False),
        ("oci://127.0.0.1:5000/store", ("127.0.0.1:5000", "store", "production"), True),
        ("oci://localhost:5000/a/b/c", ("localhost:5000", "a/b/c", "production"), True),
        ("oci://[::1]:5000/a", ("[::1]:5000", "a", "production"), True),
        ("oci://127.0.0.1.example/a", ("127.0.0.1.example", "a", "production"), False),
    ],
)
def test_references(text: str, parts: tuple[str, str, str], loopback: bool) -> None:
    found = parse_reference(text, "production")
    assert (found.registry, found.repository, found.tag) == parts
    assert found.is_loopback is loopback


@pytest.mark.parametrize(
    "text", ["ghcr.io/a", "oci://ghcr.io", "oci://ghcr.io/A", "oci://r/a:b:c", "oci://r/a@sha256:0"]
)
def test_what_is_no_reference(text: str) -> None:
    with pytest.raises(ValueError, match="oci://"):
        parse_reference(text, "production")


def test_metadata_of_the_hydrator_depends_on_the_selection_alone() -> None:
    select = Selection(environments=("production",), projects=("shop", "pay it"))
    command = "krm-fn render --environment production --project 'pay it' --project shop"
    assert json.loads(hydrator_metadata(select)) == {"commands": [command]}
    assert json.loads(hydrator_metadata(Selection())) == {"commands": ["krm-fn render"]}
