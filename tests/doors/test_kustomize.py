"""The function under real kustomize: generator, transformer, validator, guard."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.doors.shop_repository import (
    FILES,
    GUARD,
    RENDER,
    Repository,
    by_identity,
    documents,
)
from tests.hosts import FLAGS, KUSTOMIZE_VERSIONS, kustomize, program, run

pytestmark = pytest.mark.hosts

RESOURCES = "resources:\n" + "".join(f"- {path}\n" for path in FILES)
DEVELOPMENT = ("--environment", "development")


@pytest.fixture(params=KUSTOMIZE_VERSIONS)
def binary(request: pytest.FixtureRequest) -> Path:
    return kustomize(request.param)


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    return Repository(tmp_path)


def build(
    binary: Path, shop: Repository, path: str = ".", flags: tuple[str, ...] = FLAGS
) -> CompletedProcess[str]:
    return run([binary, "build", path, *flags], cwd=shop.folder, env=shop.environment)


def built(binary: Path, shop: Repository, path: str = ".") -> dict[str, str]:
    done = build(binary, shop, path)
    assert done.returncode == 0, done.stderr
    return by_identity(documents(done.stdout))


def generator(shop: Repository, more: str = "", sources: str = "[../..]") -> None:
    shop.write("deploy/development/kustomization.yaml", f"generators: [render.yaml]\n{GUARD}{more}")
    shop.write("deploy/development/render.yaml", f"{RENDER}  sources: {sources}\n")


def test_generator_renders_what_the_command_line_renders(binary: Path, shop: Repository) -> None:
    generator(shop)
    expected = by_identity(shop.command_line(*DEVELOPMENT))
    assert len(expected) >= 5
    assert built(binary, shop, "deploy/development") == expected


def test_transformer_renders_what_the_command_line_renders(binary: Path, shop: Repository) -> None:
    expected = by_identity(shop.command_line(*DEVELOPMENT))
    shop.write("render.yaml", RENDER)
    shop.write("kustomization.yaml", f"{RESOURCES}transformers: [render.yaml]\n")
    assert built(binary, shop) == expected


def test_transformer_leaves_everything_else_alone(binary: Path, shop: Repository) -> None:
    extra = """\
apiVersion: v1
kind: ConfigMap
metadata: {name: extra, annotations: {config.kubernetes.io/merge-source: me}}
data: {date: "2024-01-01", number: "0755", switch: "on", text: "a\\nb\\n"}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: uses}
spec: {template: {spec: {volumes: [{name: v, configMap: {name: made}}]}}}
"""
    shop.write("extra.yaml", extra)
    made = "configMapGenerator:\n- name: made\n  literals: [a=b]\n"
    shop.write("kustomization.yaml", f"resources: [extra.yaml]\n{made}")
    before = built(binary, shop)
    shop.write("render.yaml", RENDER)
    shop.write(
        "kustomization.yaml",
        f"{RESOURCES}- extra.yaml\n{made}transformers: [render.yaml]\n",
    )
    after = built(binary, shop)
    assert before.items() <= after.items()
    assert any("made-" in name for name in before), "the name hash of a generator survives"
    assert not any("openchoreo.dev/v1alpha1" in text for text in after.values())


def test_config_map_configuration(binary: Path, shop: Repository) -> None:
    generator(shop)
    expected = built(binary, shop, "deploy/development")
    shop.write(
        "deploy/development/render.yaml",
        """\
apiVersion: v1
kind: ConfigMap
metadata:
  name: render
  annotations:
    config.kubernetes.io/function: "exec: {path: krm-fn}"
data:
  environments: development
  sources: ../../platform,../../projects
""",
    )
    assert built(binary, shop, "deploy/development") == expected


def test_origin_annotations_name_the_source_files(binary: Path, shop: Repository) -> None:
    generator(shop, sources="[../..]\n  output: {annotations: [origin]}")
    deployment = next(
        text
        for text in built(binary, shop, "deploy/development").values()
        if '"Deployment"' in text
    )
    origin = '"fn.openchoreo.dev/origin": "platform/platform.yaml, projects/shop/'
    assert origin in deployment


def test_overlays_apply_to_what_a_generator_adds(binary: Path, shop: Repository) -> None:
    generator(shop, "commonAnnotations: {example.test/team: shop}\n")
    objects = built(binary, shop, "deploy/development")
    assert all("example.test/team" in text for text in objects.values())


def test_a_function_that_is_skipped_fails_the_build(binary: Path, shop: Repository) -> None:
    generator(shop)
    done = build(binary, shop, "deploy/development", ("--enable-alpha-plugins",))
    assert done.returncode == 1
    assert "nothing selected by ConfigMap" in done.stderr


def test_a_transformer_that_is_skipped_fails_the_build(binary: Path, shop: Repository) -> None:
    """Kustomize runs replacements before functions: the guard belongs into an overlay."""
    shop.write("render.yaml", RENDER)
    shop.write("kustomization.yaml", f"{RESOURCES}transformers: [render.yaml]\n")
    shop.write("../guarded/kustomization.yaml", f"resources: [../repository]\n{GUARD}")
    assert built(binary, shop, "../guarded") == built(binary, shop)
    done = build(binary, shop, "../guarded", ("--enable-alpha-plugins",))
    assert done.returncode == 1
    assert "nothing selected by ConfigMap" in done.stderr


def test_two_generators_in_one_build(binary: Path, shop: Repository) -> None:
    generator(shop)
    second = RENDER.replace("name: render\n", "name: second\n")
    second = second.replace("[development]", "[production]")
    shop.write(
        "deploy/development/second.yaml",
        f"{second}  sources: [../..]\n  output: {{marker: second-marker}}\n",
    )
    shop.replace(
        "deploy/development/kustomization.yaml", "[render.yaml]", "[render.yaml, second.yaml]"
    )
    objects = built(binary, shop, "deploy/development")
    expected = {
        **by_identity(shop.command_line(*DEVELOPMENT)),
        **by_identity(shop.command_line("--environment", "production")),
    }
    assert objects == expected


@pytest.mark.parametrize("broken", [False, True])
def test_validator(binary: Path, shop: Repository, broken: bool) -> None:
    shop.write("render.yaml", f"{RENDER}  mode: validate\n")
    shop.write("kustomization.yaml", f"{RESOURCES}validators: [render.yaml]\n")
    if broken:
        shop.replace("projects/shop/cart.yaml", "name: deployment/web", "name: deployment/wbe")
    done = build(binary, shop)
    assert done.returncode == (1 if broken else 0), done.stderr
    if broken:
        assert (
            "error: component-type-not-found: openchoreo.dev/Component default/cart" in done.stderr
        )
    else:
        assert len(documents(done.stdout)) == 11


def test_errors_of_a_generator_name_file_line_and_column(binary: Path, shop: Repository) -> None:
    generator(shop)
    shop.replace("projects/shop/cart.yaml", "name: deployment/web", "name: deployment/wbe")
    done = build(binary, shop, "deploy/development")
    assert done.returncode == 1
    assert done.stdout == ""
    line = next(line for line in done.stderr.splitlines() if line.startswith("error: "))
    assert "(projects/shop/cart.yaml:12:11)" in line
    assert "Traceback" not in done.stderr


def test_errors_of_a_transformer_name_resource_and_field(binary: Path, shop: Repository) -> None:
    shop.replace("projects/shop/cart.yaml", "name: deployment/web", "name: deployment/wbe")
    shop.write("render.yaml", RENDER)
    kustomization = f"{RESOURCES}transformers: [render.yaml]\n"
    shop.write("kustomization.yaml", kustomization)
    done = build(binary, shop)
    assert done.returncode == 1
    assert "openchoreo.dev/Component default/cart spec.componentType" in done.stderr
    shop.write("kustomization.yaml", f"{kustomization}buildMetadata: [originAnnotations]\n")
    done = build(binary, shop)
    assert "(projects/shop/cart.yaml[0])" in done.stderr


def test_a_typo_in_the_configuration_stops_the_build(binary: Path, shop: Repository) -> None:
    generator(shop)
    shop.replace("deploy/development/render.yaml", "select:", "selct:")
    done = build(binary, shop, "deploy/development")
    assert done.returncode == 1
    assert 'unknown setting "selct"; did you mean "select"?' in done.stderr
    assert "exit status 2" in done.stderr


@pytest.mark.parametrize(
    ("sources", "code"),
    [("[../../..]", "source-outside-root"), ("[nowhere]", "source-not-found")],
)
def test_sources_stay_in_the_repository(
    binary: Path, shop: Repository, sources: str, code: str
) -> None:
    generator(shop, sources=sources)
    done = build(binary, shop, "deploy/development")
    assert done.returncode == 1
    assert f"error: {code}: " in done.stderr


def test_fn_run_writes_files_and_is_a_fixed_point(binary: Path, shop: Repository) -> None:
    expected = by_identity(shop.command_line(*DEVELOPMENT))
    local = '    config.kubernetes.io/local-config: "true"\nspec:'
    shop.write("render.yaml", RENDER.replace("spec:", local))
    for _ in range(2):
        done = run([binary, "fn", "run", shop.folder, "--enable-exec"], env=shop.environment)
        assert done.returncode == 0, done.stderr
        files = (shop.folder / "rendered" / "development").rglob("*.yaml")
        assert len(list(files)) == len(expected)
        assert all((shop.folder / path).is_file() for path in FILES)


def test_kubectl_runs_the_function_as_a_plugin(shop: Repository) -> None:
    kubectl = program("kubectl")
    expected = by_identity(shop.command_line(*DEVELOPMENT))
    install_plugin(shop)
    done = run(
        [kubectl, "kustomize", "--enable-alpha-plugins", "deploy/development"],
        cwd=shop.folder,
        env=shop.environment,
    )
    assert done.returncode == 0, done.stderr
    assert by_identity(documents(done.stdout)) == expected


def test_legacy_exec_plugin(binary: Path, shop: Repository) -> None:
    generator(shop)
    expected = built(binary, shop, "deploy/development")
    install_plugin(shop)
    done = build(binary, shop, "deploy/development", ("--enable-alpha-plugins",))
    assert done.returncode == 0, done.stderr
    assert by_identity(documents(done.stdout)) == expected


def install_plugin(shop: Repository) -> None:
    generator(shop)
    home = shop.folder.parent / "plugins"
    plugin = home / "fn.openchoreo.dev" / "v1alpha1" / "render" / "Render"
    plugin.parent.mkdir(parents=True)
    plugin.symlink_to(shop.folder.parent / "bin" / "krm-fn")
    shop.environment["KUSTOMIZE_PLUGIN_HOME"] = str(home)
    plain = RENDER.replace(RENDER[RENDER.index("  annotations:") : RENDER.index("spec:")], "")
    shop.write("deploy/development/render.yaml", f"{plain}  sources: [../..]\n")
