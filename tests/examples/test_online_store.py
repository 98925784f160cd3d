"""The example repository: consistent in itself, rendered by every door, valid for Kubernetes."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
import yaml

from krm_fn.findings import Collector
from krm_fn.settings import Selection, Settings
from krm_fn.sources import read_directory
from krm_fn.spine import RenderResult, render
from krm_fn.yamlio import Document, parse, parse_files
from tests.hosts import (
    FLAGS,
    KUSTOMIZE_VERSIONS,
    ROOT,
    environment,
    install_krm_fn,
    kustomize,
    program,
    run,
)

STORE = ROOT / "examples" / "online-store"
ENVIRONMENTS = ("development", "staging", "production")
COMPONENTS = {
    "cart": "shop",
    "catalog": "shop",
    "charges": "payments",
    "order-worker": "shop",
    "settlement": "payments",
    "stock-report": "shop",
    "storefront": "shop",
}
KUBERNETES = "1.31"
WITHOUT_SCHEMA = {"ExternalSecret", "HTTPRoute"}

Identity = tuple[str, str, str]


def documents() -> list[Document]:
    findings = Collector()
    files = [
        file
        for folder in ("platform", "projects")
        for file in read_directory(STORE / folder, root=STORE, findings=findings)
    ]
    found = parse_files(files, mode="kustomize", findings=findings)
    assert [finding.message for finding in findings] == []
    return found


def rendered(name: str, **more: Any) -> RenderResult:
    return render(documents(), Settings(select=Selection(environments=(name,)), **more))


def by_identity(objects: Any) -> dict[Identity, Any]:
    return {
        (one["kind"], one["metadata"].get("namespace", ""), one["metadata"]["name"]): one
        for one in objects
        if one is not None
    }


def load(path: str) -> dict[str, Any]:
    (document,) = parse(
        (STORE / path).read_bytes(), file=path, mode="kustomize", findings=Collector()
    )
    return document.data


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_it_renders_without_a_finding(name: str) -> None:
    result = rendered(name, releases="pinned", strict=True)
    assert [(one.code, one.message, str(one.position)) for one in result.findings] == []
    assert len(result.resources) > 30


@pytest.mark.parametrize("name", ENVIRONMENTS)
def test_every_object_is_valid_for_kubernetes(name: str) -> None:
    validate = pytest.importorskip("kubernetes_validate", reason="kubernetes-validate is absent")
    unchecked = set()
    for resource in rendered(name).resources:
        made = yaml.safe_load(yaml.safe_dump(resource.object))
        if made["kind"] in WITHOUT_SCHEMA:
            unchecked.add(made["kind"])
            continue
        validate.validate(made, KUBERNETES, strict=True)
    assert unchecked <= WITHOUT_SCHEMA


def test_environments_differ_where_they_should() -> None:
    results = {
        name: by_identity(r.object for r in rendered(name).resources) for name in ENVIRONMENTS
    }

    def deployment(name: str, component: str) -> dict[str, Any]:
        found: dict[str, Any]
        (found,) = (
            one
            for identity, one in results[name].items()
            if identity[0] == "Deployment" and identity[2].startswith(f"{component}-{name}")
        )
        return found

    def image(name: str, component: str) -> str:
        pod = deployment(name, component)["spec"]["template"]["spec"]
        return str(pod["containers"][0]["image"]).rpartition(":")[2]

    assert [image(name, "catalog") for name in ENVIRONMENTS] == ["1.5.0", "1.4.2", "1.4.2"]
    assert deployment("production", "charges")["spec"]["replicas"] == 4
    assert "replicas" not in deployment("production", "catalog")["spec"]
    hosts = {
        name: one["spec"]["hostnames"]
        for name in ENVIRONMENTS
        for identity, one in results[name].items()
        if identity[2].startswith("storefront-site")
    }
    assert hosts == {
        "development": ["storefront.dev.acme.example"],
        "staging": ["storefront.staging.acme.example"],
        "production": ["storefront.acme.example"],
    }
    stores = {
        one["spec"]["secretStoreRef"]["name"]
        for identity, one in results["production"].items()
        if identity[0] == "ExternalSecret"
    }
    assert stores == {"vault-production"}


def test_dependencies_reach_into_the_other_project() -> None:
    made = by_identity(r.object for r in rendered("production").resources)
    (cart,) = (one for i, one in made.items() if i[0] == "Deployment" and i[2].startswith("cart-"))
    variables = cart["spec"]["template"]["spec"]["containers"][0]["env"]
    values = {entry["name"]: entry["value"] for entry in variables}
    assert values["CHARGES_HOST"].startswith("charges.dp-acme-payments-production-")
    assert values["CHARGES_PORT"] == "9000"


@pytest.mark.parametrize("component", COMPONENTS)
def test_the_newest_release_is_what_the_sources_say(component: str) -> None:
    folder = f"projects/{COMPONENTS[component]}/components/{component}"
    spec = load(f"{folder}/component.yaml")["spec"]
    workload = load(f"{folder}/workload.yaml")["spec"]
    newest = max((STORE / folder / "releases").iterdir())
    release = load(f"{folder}/releases/{newest.name}")["spec"]
    type_name = spec["componentType"]["name"]
    type_spec = load(f"platform/component-types/{type_name.partition('/')[2]}.yaml")["spec"]
    traits = {entry["name"] for entry in (*type_spec.get("traits", ()), *spec.get("traits", ()))}
    assert release["owner"] == {
        "projectName": COMPONENTS[component],
        "componentName": component,
    }
    assert release["componentType"]["name"] == type_name
    assert release["componentType"]["spec"] == type_spec
    assert release["workload"] == {k: v for k, v in workload.items() if k != "owner"}
    assert {entry["name"]: entry["spec"] for entry in release.get("traits", ())} == {
        name: load(f"platform/traits/{name}.yaml")["spec"] for name in traits
    }
    profile = release.get("componentProfile", {})
    assert profile.get("parameters") == spec.get("parameters")
    assert [{"kind": "Trait", **entry} for entry in spec.get("traits", ())] == profile.get(
        "traits", []
    )


@pytest.mark.parametrize("folder", ["organization", "platform", "projects"])
def test_kustomizations_list_every_file(folder: str) -> None:
    listed = yaml.safe_load((STORE / folder / "kustomization.yaml").read_text())["resources"]
    files = (path.relative_to(STORE / folder) for path in (STORE / folder).rglob("*.yaml"))
    names = {path.as_posix() for path in files if path.name != "kustomization.yaml"}
    assert sorted(names) == listed


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return Path(shutil.copytree(STORE, tmp_path / "online-store"))


@pytest.mark.hosts
@pytest.mark.parametrize("version", KUSTOMIZE_VERSIONS)
def test_kustomize_builds_what_the_engine_renders(
    version: str, store: Path, tmp_path: Path
) -> None:
    binary = kustomize(version)
    install_krm_fn(tmp_path / "bin")
    variables = environment(tmp_path / "bin")

    def build(name: str, flags: tuple[str, ...] = FLAGS) -> Any:
        return run([binary, "build", store / "deploy" / name, *flags], env=variables)

    for name in ENVIRONMENTS:
        done = build(name)
        assert done.returncode == 0, done.stderr
        expected = by_identity(resource.object for resource in rendered(name).resources)
        assert by_identity(yaml.safe_load_all(done.stdout)) == expected
    transformed = build("transformer")
    assert transformed.returncode == 0, transformed.stderr
    assert by_identity(yaml.safe_load_all(transformed.stdout)) == by_identity(
        resource.object for resource in rendered("development").resources
    )
    assert build("validator").returncode == 0
    for name in ("development", "transformer"):
        skipped = build(name, ("--enable-alpha-plugins",))
        assert skipped.returncode == 1
        assert "render-marker" in skipped.stderr


@pytest.mark.hosts
def test_kpt_renders_all_environments_and_changes_nothing_else(store: Path, tmp_path: Path) -> None:
    kpt = program("kpt")
    install_krm_fn(tmp_path / "bin")
    variables = environment(tmp_path / "bin")
    before = contents(store)
    for _ in range(2):
        done = run([kpt, "fn", "render", store, "--allow-exec"], env=variables)
        assert done.returncode == 0, done.stderr
        after = contents(store)
        assert {path: text for path, text in after.items() if path in before} == before
        made = [path for path in after if path not in before]
        assert {path.split("/")[1] for path in made} == set(ENVIRONMENTS)
        count = sum(len(rendered(name).resources) for name in ENVIRONMENTS)
        assert len(made) == count


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in folder.rglob("*")
        if path.is_file()
    }
