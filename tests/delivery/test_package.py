"""`krm-fn package`, with a real registry and what Flux does with what is in it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
import yaml

from tests.delivery.registry import crane_says, registry
from tests.hosts import ROOT, environment, flux_host, run

STORE = ROOT / "examples" / "online-store"
CONFIG_TYPE = "application/vnd.cncf.flux.config.v1+json"


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    with registry() as address:
        yield address


def krm_fn(*arguments: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return run(
        [sys.executable, "-m", "krm_fn", *arguments], cwd=ROOT, env=environment(ROOT, **variables)
    )


def package(*arguments: str | Path, source: Path = STORE, **variables: str) -> str:
    done = krm_fn("package", source, "-e", "production", *arguments, **variables)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def tree(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, bytes]:
    """What `krm-fn render` writes into a folder."""
    folder = tmp_path_factory.mktemp("rendered")
    assert krm_fn("render", STORE, "-e", "production", "-o", folder).returncode == 0
    return tree(folder)


def shuffled(folder: Path) -> Path:
    """Copy the store with all its objects in one file, in the opposite order."""
    documents = [
        path.read_text(encoding="utf-8")
        for part in ("platform", "projects")
        for path in sorted((STORE / part).rglob("*.yaml"), reverse=True)
        if path.name != "kustomization.yaml"
    ]
    folder.mkdir()
    (folder / "all.yaml").write_text("\n---\n".join(documents), encoding="utf-8")
    return folder


@pytest.mark.hosts
def test_what_is_pulled_is_what_was_rendered(
    host: str, tmp_path: Path, rendered: Mapping[str, bytes]
) -> None:
    layer = tmp_path / "layer.tgz"
    said = package("--push", f"oci://{host}/acme/pulled:v1", "--output", layer)
    name, _, digest = said.partition("@")
    assert name == f"{host}/acme/pulled:v1"
    assert crane_says("digest", name).strip() == digest
    crane_says("validate", "--remote", name)
    manifest = json.loads(crane_says("manifest", name))
    assert manifest["config"]["mediaType"] == CONFIG_TYPE
    assert manifest["annotations"] == {"org.opencontainers.image.created": "1970-01-01T00:00:00Z"}
    crane_says("pull", "--format=oci", name, tmp_path / "pulled")
    blob = manifest["layers"][0]["digest"].replace(":", "/")
    assert (tmp_path / "pulled" / "blobs" / blob).read_bytes() == layer.read_bytes()
    with layer.open("rb") as content:
        subprocess.run(
            [flux_host(), "untar", tmp_path / "content"], stdin=content, check=True, timeout=60
        )
    assert tree(tmp_path / "content") == rendered
    assert len(rendered) > 30


@pytest.mark.hosts
def test_equal_content_has_an_equal_digest(host: str, tmp_path: Path) -> None:
    one = package("--push", f"oci://{host}/acme/one:v1")
    other = shuffled(tmp_path / "shuffled")
    two = package("--push", f"oci://{host}/acme/two:v1", source=other, PYTHONHASHSEED="7")
    assert one.partition("@")[2] == two.partition("@")[2]


@pytest.mark.hosts
def test_another_revision_of_equal_content_is_not_pushed(host: str) -> None:
    to = ("--push", f"oci://{host}/acme/kept:v1", "--source", "https://git.example/acme")
    first = package(*to, "--revision", "main@sha1:1", "--created", "2026-01-01T00:00:00Z")
    again = krm_fn("package", STORE, "-e", "production", *to, "--revision", "main@sha1:2")
    assert again.stdout.strip() == first
    assert "has this content already" in again.stderr
    manifest = json.loads(crane_says("manifest", f"{host}/acme/kept:v1"))
    assert manifest["annotations"] == {
        "org.opencontainers.image.created": "2026-01-01T00:00:00Z",
        "org.opencontainers.image.revision": "main@sha1:1",
        "org.opencontainers.image.source": "https://git.example/acme",
    }
    other = package(*to[:2], "--source", "https://git.example/other")
    assert other != first


@pytest.mark.hosts
@pytest.mark.parametrize("form", ["layout", "layout.tar"])
def test_layouts_are_read_by_others(host: str, tmp_path: Path, form: str) -> None:
    written = tmp_path / form
    digest = package("--output", written)
    if form.endswith(".tar"):
        shutil.unpack_archive(written, tmp_path / "layout", filter="data")
    name = f"{host}/acme/{form.replace('.', '-')}:v1"
    crane_says("push", tmp_path / "layout", name)
    assert crane_says("digest", name).strip() == digest


def test_flux_objects_go_with_it(tmp_path: Path) -> None:
    to = ("--reference", "oci://ghcr.io/acme/online-store", "--flux-objects", tmp_path)
    package(*to, "--depends-on", "infrastructure")
    (file,) = tmp_path.iterdir()
    source, kustomization = yaml.safe_load_all(file.read_text(encoding="utf-8"))
    assert source["spec"]["ref"] == {"tag": "production"}
    assert kustomization["spec"]["path"] == "./production"


@pytest.mark.parametrize("layout", ["tree", "planes", "flat"])
@pytest.mark.parametrize("hints", ["none", "flux"])
def test_kustomizations_cover_every_file_once(layout: str, hints: str, tmp_path: Path) -> None:
    config = tmp_path / "render.yaml"
    config.write_text(
        "apiVersion: fn.openchoreo.dev/v1alpha1\nkind: Render\nmetadata: {name: r}\n"
        f"spec: {{output: {{layout: {layout}, hints: {hints}}}}}\n"
    )
    content, objects = tmp_path / "content.tgz", tmp_path / "objects"
    to = ("--reference", "oci://ghcr.io/acme/store", "--flux-objects", objects)
    package("--config", config, "--output", content, *to)
    shutil.unpack_archive(content, tmp_path / "content", filter="data")
    files = tree(tmp_path / "content")
    (file,) = objects.iterdir()
    _, *made = yaml.safe_load_all(file.read_text(encoding="utf-8"))
    paths = [one["spec"]["path"].removeprefix("./") for one in made]
    covered = [
        name for path in paths for name in files if name.startswith(f"{path}/" if path else "")
    ]
    assert sorted(covered) == sorted(files)


def repository(folder: Path, value: str) -> Path:
    """Copy the store and give a component an environment variable."""
    shutil.copytree(STORE, folder)
    file = folder / "projects/shop/components/cart/release-bindings/cart-production.yaml"
    binding = yaml.safe_load(file.read_text(encoding="utf-8"))
    overrides = binding["spec"].setdefault("workloadOverrides", {})
    container = overrides.setdefault("container", {})
    container.setdefault("env", []).append({"key": "TEMPLATE", "value": value})
    file.write_text(yaml.safe_dump(binding), encoding="utf-8")
    return folder


def test_an_accidental_variable_is_refused(tmp_path: Path) -> None:
    source = repository(tmp_path / "store", "hello ${name}")
    output = tmp_path / "out.tgz"
    done = krm_fn("package", source, "-e", "production", "-o", output)
    assert (done.returncode, done.stdout) == (1, "")
    assert "error: flux-substitution" in done.stderr
    assert "TEMPLATE: hello" in done.stderr or "${name}" in done.stderr
    assert not output.exists()
    for way in ("escape", "disable"):
        package("--flux-substitution", way, "-o", output, source=source)
        assert output.exists()


@pytest.mark.hosts
def test_flux_applies_what_was_rendered(tmp_path: Path) -> None:
    source = repository(tmp_path / "store", "hello ${name}, that is $5, $$ and $(HOME)")
    plain = krm_fn("render", source, "-e", "production", "-o", tmp_path / "plain")
    assert plain.returncode == 0, plain.stderr
    expected = [yaml.safe_load(text) for text in tree(tmp_path / "plain").values()]
    for way in ("escape", "disable"):
        content = tmp_path / f"{way}.tgz"
        package("--flux-substitution", way, "-o", content, source=source)
        shutil.unpack_archive(content, tmp_path / way, filter="data")
        text = "---\n".join(one.decode() for one in tree(tmp_path / way).values())
        done = run([flux_host(), "substitute", "--strict", "name=world"], text=text)
        assert done.returncode == 0, done.stderr
        applied = list(yaml.safe_load_all(done.stdout))
        for one in applied:
            one["metadata"].get("annotations", {}).pop(
                "kustomize.toolkit.fluxcd.io/substitute", None
            )
        assert applied == expected


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((), "nothing to do"),
        (("--push", "ghcr.io/acme"), "does not begin with oci://"),
        (("--flux-objects", "x"), "needs --push or --reference"),
        (("--push", "oci://a.example/b", "--reference", "oci://a.example/b"), "leave it out"),
        (("--output", "x.tgz", "--created", "yesterday"), "no date"),
    ],
)
def test_misuse(arguments: tuple[str, ...], sentence: str) -> None:
    done = krm_fn("package", STORE, "-e", "production", *arguments)
    assert done.returncode == 2
    assert sentence in done.stderr


def test_a_registry_that_is_not_there_is_an_error() -> None:
    done = krm_fn("package", STORE, "-e", "production", "--push", "oci://127.0.0.1:1/store")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("error: registry-failed: 127.0.0.1:1 cannot be reached")
    assert "Traceback" not in done.stderr


def test_an_output_that_cannot_be_written_is_an_error(tmp_path: Path) -> None:
    done = krm_fn("package", STORE, "-e", "production", "-o", tmp_path / "absent" / "x.tgz")
    assert done.returncode == 1
    assert "error: output-failed" in done.stderr
