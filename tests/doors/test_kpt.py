"""The function under real kpt: render in place, twice; `fn source | krm-fn | fn sink`."""

from __future__ import annotations

from pathlib import Path
from subprocess import CompletedProcess

import pytest
import yaml

from tests.doors.shop_repository import FILES, Repository, by_identity, documents
from tests.hosts import program, run

pytestmark = pytest.mark.hosts

KPTFILE = """\
apiVersion: kpt.dev/v1
kind: Kptfile
metadata:
  name: shop
  annotations:
    config.kubernetes.io/local-config: "true"
pipeline:
  mutators:
  - exec: {function}
    configPath: render.yaml
"""
RENDER = """\
# What to render.
apiVersion: fn.openchoreo.dev/v1alpha1
kind: Render
metadata:
  name: render
  annotations:
    config.kubernetes.io/local-config: "true"
spec:
  select:
    environments: [development]
"""
FOREIGN = """\
# Written by hand.
apiVersion: v1
kind: ConfigMap
metadata:
  name: mine # here to stay
data: {a: "1", 'on': 'yes'}
"""


@pytest.fixture
def kpt() -> Path:
    return program("kpt")


@pytest.fixture
def shop(tmp_path: Path) -> Repository:
    shop = Repository(tmp_path)
    (shop.folder / ".git").rmdir()
    shop.write("Kptfile", KPTFILE.format(function=tmp_path / "bin" / "krm-fn"))
    shop.write("render.yaml", RENDER)
    shop.write("mine.yaml", FOREIGN)
    return shop


def render(kpt: Path, shop: Repository, *options: str) -> CompletedProcess[str]:
    return run(
        [kpt, "fn", "render", shop.folder, "--allow-exec", "--truncate-output=false", *options],
        env=shop.environment,
    )


def tree(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def rendered(folder: Path) -> dict[str, str]:
    """Read what was generated, without the mark of ownership."""
    objects = []
    for path in (folder / "rendered").rglob("*.yaml"):
        for made in documents(path.read_text()):
            annotations = made["metadata"]["annotations"]
            assert annotations.pop("fn.openchoreo.dev/generated")
            if not annotations:
                del made["metadata"]["annotations"]
            objects.append(made)
    return by_identity(objects)


def test_render_adds_files_and_touches_no_other(kpt: Path, shop: Repository) -> None:
    expected = by_identity(shop.command_line("--environment", "development"))
    before = tree(shop.folder)
    done = render(kpt, shop)
    assert done.returncode == 0, done.stderr
    after = tree(shop.folder)
    assert {path: after.get(path) for path in before} == before
    added = sorted(after.keys() - before.keys())
    assert all(path.startswith("rendered/development/") for path in added)
    assert rendered(shop.folder) == expected


def test_render_is_a_fixed_point(kpt: Path, shop: Repository) -> None:
    render(kpt, shop)
    once = tree(shop.folder)
    done = render(kpt, shop)
    assert done.returncode == 0, done.stderr
    assert tree(shop.folder) == once


def test_stale_files_disappear(kpt: Path, shop: Repository) -> None:
    render(kpt, shop)
    assert any("search" in path for path in tree(shop.folder / "rendered"))
    (shop.folder / "projects/shop/search.yaml").unlink()
    done = render(kpt, shop)
    assert done.returncode == 0, done.stderr
    left = tree(shop.folder / "rendered")
    assert left
    assert not any("search" in path for path in left)


def test_two_environments_in_one_pipeline(kpt: Path, shop: Repository) -> None:
    mutator = f"  - exec: {shop.folder.parent / 'bin' / 'krm-fn'}\n    configMap:\n"
    kptfile = (shop.folder / "Kptfile").read_text()
    shop.write("Kptfile", f"{kptfile}{mutator}      environment: production\n")
    for _ in range(2):
        done = render(kpt, shop)
        assert done.returncode == 0, done.stderr
        assert {path.split("/")[0] for path in tree(shop.folder / "rendered")} == {
            "development",
            "production",
        }


def test_errors_name_path_and_index_and_write_nothing(kpt: Path, shop: Repository) -> None:
    shop.replace("projects/shop/cart.yaml", "name: deployment/web", "name: deployment/wbe")
    before = tree(shop.folder)
    done = render(kpt, shop, "--results-dir", str(shop.folder.parent / "results"))
    assert done.returncode == 1
    assert tree(shop.folder) == before
    assert "projects/shop/cart.yaml" in done.stderr
    assert "Traceback" not in done.stderr
    listed = yaml.safe_load((shop.folder.parent / "results" / "results.yaml").read_text())
    results = listed["items"][0]["results"]
    (result,) = [item for item in results if item["severity"] == "error"]
    assert result["file"]["path"] == "projects/shop/cart.yaml"
    assert result["resourceRef"]["name"] == "cart"


def test_wrong_configuration_names_its_file(kpt: Path, shop: Repository) -> None:
    shop.replace("render.yaml", "select:", "selct:")
    done = render(kpt, shop)
    assert done.returncode == 1
    said = done.stderr.replace('\\"', '"')
    assert 'unknown setting "selct"; did you mean "select"? (render.yaml[0])' in said


def test_validator_in_a_pipeline(kpt: Path, shop: Repository) -> None:
    kptfile = (shop.folder / "Kptfile").read_text().replace("mutators", "validators")
    shop.write("Kptfile", kptfile)
    shop.write("render.yaml", f"{RENDER}  mode: validate\n")
    before = tree(shop.folder)
    done = render(kpt, shop)
    assert done.returncode == 0, done.stderr
    assert tree(shop.folder) == before
    shop.replace("projects/shop/cart.yaml", "name: deployment/web", "name: deployment/wbe")
    assert render(kpt, shop).returncode == 1


def test_source_function_sink(kpt: Path, shop: Repository) -> None:
    expected = by_identity(shop.command_line("--environment", "development"))
    source = run([kpt, "fn", "source", shop.folder], env=shop.environment)
    assert source.returncode == 0, source.stderr
    configured = (
        source.stdout + "functionConfig:\n" + "".join(f"  {line}\n" for line in RENDER.splitlines())
    )
    answered = run(["krm-fn"], env=shop.environment, text=configured)
    assert answered.returncode == 0, answered.stderr
    target = shop.folder.parent / "sink"
    sink = run([kpt, "fn", "sink", target], env=shop.environment, text=answered.stdout)
    assert sink.returncode == 0, sink.stderr
    assert rendered(target) == expected
    assert set(FILES) < set(tree(target))
