"""The function among features of kustomize: overlays, components, inline settings, traps."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.doors.shop_repository import FILES, GUARD, RENDER, Repository, by_identity, documents
from tests.hosts import FLAGS, KUSTOMIZE_VERSIONS, kustomize, run

pytestmark = pytest.mark.hosts

RESOURCES = "resources:\n" + "".join(f"- {path}\n" for path in FILES)
DEVELOPMENT = ("--environment", "development")


@pytest.fixture(params=KUSTOMIZE_VERSIONS)
def binary(request: pytest.FixtureRequest) -> Path:
    return kustomize(request.param)


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    """Write the shop with a generator in `deploy/base`."""
    shop = Repository(tmp_path)
    shop.write("deploy/base/kustomization.yaml", f"generators: [render.yaml]\n{GUARD}")
    shop.write("deploy/base/render.yaml", f"{RENDER}  sources: [../..]\n")
    return shop


def attempt(
    binary: Path, shop: Repository, path: str, flags: tuple[str, ...] = FLAGS
) -> CompletedProcess[str]:
    return run([binary, "build", path, *flags], cwd=shop.folder, env=shop.environment)


def build(binary: Path, shop: Repository, path: str) -> list[dict[str, Any]]:
    done = attempt(binary, shop, path)
    assert done.returncode == 0, done.stderr
    return documents(done.stdout)


def names(objects: list[dict[str, Any]]) -> set[str]:
    return {f"{made['kind']}/{made['metadata']['name']}" for made in objects}


def test_inline_configuration(binary: Path, shop: Repository) -> None:
    config = textwrap.indent(f"{RENDER}  sources: [../..]\n", "  ")
    shop.write("deploy/inline/kustomization.yaml", f"generators:\n- |-\n{config}{GUARD}")
    expected = by_identity(shop.command_line(*DEVELOPMENT))
    assert by_identity(build(binary, shop, "deploy/inline")) == expected


def test_a_generator_listed_as_a_folder_can_be_patched(binary: Path, shop: Repository) -> None:
    """An overlay of the configuration: one for all environments, each names its own."""
    shop.write("deploy/config/kustomization.yaml", "resources: [render.yaml]\n")
    shop.write("deploy/config/render.yaml", f"{RENDER}  sources: [../..]\n")
    shop.write(
        "deploy/own/config/kustomization.yaml",
        "resources: [../../config]\n"
        "patches:\n- patch: |-\n"
        "    - {op: replace, path: /spec/select/environments, value: [production]}\n"
        "  target: {kind: Render}\n",
    )
    shop.write("deploy/own/kustomization.yaml", f"generators: [config]\n{GUARD}")
    expected = by_identity(shop.command_line("--environment", "production"))
    assert by_identity(build(binary, shop, "deploy/own")) == expected


def test_an_overlay_patches_what_the_base_renders(binary: Path, shop: Repository) -> None:
    shop.write(
        "deploy/overlay/kustomization.yaml",
        "resources: [../base]\n"
        "labels: [{pairs: {example.test/team: shop}}]\n"
        "commonAnnotations: {example.test/by: overlay}\n"
        "images: [{name: registry.example.test/cart, newTag: patched}]\n"
        "patches:\n- target: {kind: Deployment}\n"
        '  patch: "- {op: add, path: /spec/paused, value: true}"\n',
    )
    base = build(binary, shop, "deploy/base")
    overlaid = build(binary, shop, "deploy/overlay")
    assert names(base) == names(overlaid)
    for made in overlaid:
        assert made["metadata"]["labels"]["example.test/team"] == "shop"
        assert made["metadata"]["annotations"]["example.test/by"] == "overlay"
        if made["kind"] == "Deployment":
            assert made["spec"]["paused"] is True


def test_a_component_adds_the_function(binary: Path, shop: Repository) -> None:
    head = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n"
    shop.write("deploy/part/kustomization.yaml", f"{head}generators: [render.yaml]\n")
    shop.write("deploy/part/render.yaml", f"{RENDER}  sources: [../..]\n")
    shop.write("deploy/own/kustomization.yaml", f"components: [../part]\n{GUARD}")
    expected = by_identity(shop.command_line(*DEVELOPMENT))
    assert by_identity(build(binary, shop, "deploy/own")) == expected


def test_several_environments_in_one_build(binary: Path, shop: Repository) -> None:
    for name in ("development", "production"):
        config = RENDER.replace("[development]", f"[{name}]")
        marker = f"{name}-marker"
        shop.write(
            f"deploy/{name}/render.yaml",
            f"{config}  sources: [../..]\n  output: {{marker: {marker}}}\n",
        )
        guard = GUARD.replace("render-marker", marker)
        shop.write(f"deploy/{name}/kustomization.yaml", f"generators: [render.yaml]\n{guard}")
    shop.write("deploy/all/kustomization.yaml", "resources: [../development, ../production]\n")
    both = [*shop.command_line(*DEVELOPMENT), *shop.command_line("--environment", "production")]
    assert by_identity(build(binary, shop, "deploy/all")) == by_identity(both)


def test_a_transformer_sees_patches_of_an_overlay(binary: Path, shop: Repository) -> None:
    """Patches change the OpenChoreo objects before they are rendered."""
    shop.write("platform/kustomization.yaml", "resources: [platform.yaml]\n")
    shop.write(
        "projects/kustomization.yaml",
        "resources: [shop/project.yaml, shop/cart.yaml, shop/search.yaml]\n",
    )
    shop.write(
        "deploy/patched/kustomization.yaml",
        "resources: [../../platform, ../../projects]\ntransformers: [render.yaml]\n"
        "patches:\n- target: {kind: Component, name: search}\n"
        '  patch: "- {op: remove, path: /spec/autoDeploy}"\n',
    )
    shop.write("deploy/patched/render.yaml", RENDER)
    whole = names(shop.command_line(*DEVELOPMENT))
    left = names(build(binary, shop, "deploy/patched"))
    assert left < whole
    assert not any("/search" in name for name in left)


def test_a_transformer_as_an_exec_plugin(binary: Path, shop: Repository) -> None:
    home = shop.folder.parent / "plugins"
    plugin = home / "fn.openchoreo.dev" / "v1alpha1" / "render" / "Render"
    plugin.parent.mkdir(parents=True)
    plugin.symlink_to(shop.folder.parent / "bin" / "krm-fn")
    shop.environment["KUSTOMIZE_PLUGIN_HOME"] = str(home)
    plain = RENDER.replace(RENDER[RENDER.index("  annotations:") : RENDER.index("spec:")], "")
    shop.write("render.yaml", plain)
    shop.write("kustomization.yaml", f"{RESOURCES}transformers: [render.yaml]\n")
    done = attempt(binary, shop, ".", ("--enable-alpha-plugins",))
    assert done.returncode == 0, done.stderr
    expected = by_identity(shop.command_line(*DEVELOPMENT))
    assert by_identity(documents(done.stdout)) == expected


def test_namespace_around_a_generator_is_a_warning(binary: Path, shop: Repository) -> None:
    text = f"generators: [render.yaml]\nnamespace: mine\n{GUARD}"
    shop.write("deploy/base/kustomization.yaml", text)
    done = attempt(binary, shop, "deploy/base")
    assert done.returncode == 0, done.stderr
    assert "warning: outputs-renamed: " in done.stderr
    assert '"namespace: mine" renames the cell namespace dp-' in done.stderr
    assert {made["metadata"].get("namespace", "mine") for made in documents(done.stdout)} == {
        "mine"
    }


def test_namespace_around_several_cells_is_an_error(binary: Path, shop: Repository) -> None:
    text = f"generators: [render.yaml]\nnamespace: mine\n{GUARD}"
    shop.write("deploy/base/kustomization.yaml", text)
    shop.replace("deploy/base/render.yaml", "[development]", "[development, production]")
    done = attempt(binary, shop, "deploy/base")
    assert done.returncode == 1
    assert "error: outputs-renamed: " in done.stderr
    assert "kustomize refuses two of one name" in done.stderr


@pytest.mark.parametrize("field", ["namePrefix", "nameSuffix"])
def test_prefixes_around_a_generator_are_a_warning(
    binary: Path, shop: Repository, field: str
) -> None:
    shop.write(
        "deploy/base/kustomization.yaml", f"generators: [render.yaml]\n{field}: x-x\n{GUARD}"
    )
    done = attempt(binary, shop, "deploy/base")
    assert f'warning: outputs-renamed: "{field}: x-x" renames what is rendered' in done.stderr
    assert "(kustomization.yaml:2:13)" in done.stderr


@pytest.mark.parametrize("setting", ["namePrefix: p-", "nameSuffix: -s", "namespace: moved"])
def test_renamed_inputs_are_a_warning(binary: Path, shop: Repository, setting: str) -> None:
    shop.write("render.yaml", f"{RENDER}  allowEmpty: true\n  unresolved: warn\n")
    kustomization = f"{RESOURCES}{setting}\ntransformers: [render.yaml]\n"
    shop.write("kustomization.yaml", kustomization)
    for name in FILES:
        text = (shop.folder / name).read_text()
        shop.write(name, text.replace("namespace: default", "namespace: shop"))
    done = attempt(binary, shop, ".")
    assert "warning: inputs-renamed: openchoreo.dev/" in done.stderr, done.stderr


def test_a_namespace_that_was_left_out_may_be_given(binary: Path, shop: Repository) -> None:
    expected = by_identity(shop.command_line(*DEVELOPMENT))
    for name in FILES:
        text = (shop.folder / name).read_text()
        shop.write(name, text.replace("  namespace: default\n", ""))
    shop.write("render.yaml", RENDER)
    text = f"{RESOURCES}namespace: default\ntransformers: [render.yaml]\n"
    shop.write("kustomization.yaml", text)
    done = attempt(binary, shop, ".")
    assert done.returncode == 0, done.stderr
    assert "renamed" not in done.stderr
    assert by_identity(documents(done.stdout)) == expected


def test_a_validator_behind_another_function(binary: Path, shop: Repository) -> None:
    """The function answers validators with no items, which kustomize takes for unchanged."""
    echo = shop.write("../bin/echo-function", "#!/bin/sh\nexec cat\n")
    echo.chmod(0o755)
    head = {"apiVersion": "example.test/v1", "kind": "Echo"}
    annotations = {"config.kubernetes.io/function": "exec: {path: echo-function}"}
    config = {**head, "metadata": {"name": "echo", "annotations": annotations}}
    shop.write("echo.yaml", json.dumps(config))
    shop.write("check.yaml", f"{RENDER}  mode: validate\n")
    shop.write(
        "kustomization.yaml", f"{RESOURCES}transformers: [echo.yaml]\nvalidators: [check.yaml]\n"
    )
    assert len(build(binary, shop, ".")) == 11
