"""`krm-fn render`: streams, folders, options, reports."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from krm_fn.cli.program import program
from tests.doors.shop_repository import SHOP, by_identity, documents

DEVELOPMENT = ("-e", "development")


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "repository"
    shutil.copytree(SHOP, folder)
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder)
    return folder


def call(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments, prog_name="krm-fn")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.usefixtures("shop")
def test_stream_is_the_same_from_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    here = call("render", *DEVELOPMENT)
    assert here.exit_code == 0, here.stderr
    monkeypatch.chdir("projects/shop")
    there = call("render", "../..", *DEVELOPMENT)
    assert there.stdout == here.stdout
    assert there.stderr == here.stderr


@pytest.mark.usefixtures("shop")
def test_json_is_a_list_of_the_same_objects() -> None:
    stream = documents(call("render", *DEVELOPMENT).stdout)
    listed = json.loads(call("render", *DEVELOPMENT, "--format", "json").stdout)
    assert (listed["apiVersion"], listed["kind"]) == ("v1", "List")
    assert listed["items"] == stream


@pytest.mark.usefixtures("shop")
def test_selection() -> None:
    cart = documents(call("render", *DEVELOPMENT, "-c", "cart").stdout)
    assert any(made["kind"] == "Deployment" for made in cart)
    assert not any("search" in json.dumps(made) for made in cart)
    nothing = call("render", *DEVELOPMENT, "-p", "other")
    assert nothing.exit_code == 1
    assert nothing.stdout == ""
    assert call("render", *DEVELOPMENT, "-p", "other", "--allow-empty").exit_code == 0


def test_folder_holds_the_same_objects_and_foreign_files_stay(shop: Path) -> None:
    stream = by_identity(documents(call("render", *DEVELOPMENT).stdout))
    (shop / "out").mkdir()
    (shop / "out" / "README.md").write_text("mine")
    (shop / "out" / "mine.yaml").write_text("kind: Mine\n")
    done = call("render", *DEVELOPMENT, "-o", "out")
    assert (done.exit_code, done.stdout) == (0, "")
    files = tree(shop / "out")
    assert {files.pop("README.md"), files.pop("mine.yaml")} == {b"mine", b"kind: Mine\n"}
    objects = [made for text in files.values() for made in documents(text.decode())]
    for made in objects:
        assert made["metadata"]["annotations"].pop("fn.openchoreo.dev/generated")
        if not made["metadata"]["annotations"]:
            del made["metadata"]["annotations"]
    assert by_identity(objects) == stream
    assert all(path.startswith("development/dp-") for path in files)


def test_folder_is_a_fixed_point_and_stale_files_go(shop: Path) -> None:
    call("render", *DEVELOPMENT, "-o", "out")
    call("render", "-e", "production", "-o", "out")
    both = tree(shop / "out")
    assert {path.split("/")[0] for path in both} == {"development", "production"}
    times = {path: os.stat(shop / "out" / path).st_mtime_ns for path in both}
    call("render", *DEVELOPMENT, "-o", "out")
    assert tree(shop / "out") == both
    assert {path: os.stat(shop / "out" / path).st_mtime_ns for path in both} == times
    (shop / "projects/shop/search.yaml").unlink()
    assert call("render", *DEVELOPMENT, "-o", "out").exit_code == 0
    left = tree(shop / "out")
    assert left.keys() < both.keys()
    assert {path for path in both if "production" in path} <= left.keys()
    assert not any("search" in path for path in left if "development" in path)


def test_nothing_is_written_on_errors(shop: Path) -> None:
    call("render", *DEVELOPMENT, "-o", "out")
    before = tree(shop / "out")
    cart = shop / "projects/shop/cart.yaml"
    cart.write_text(cart.read_text().replace("deployment/web", "deployment/wbe"))
    done = call("render", *DEVELOPMENT, "-o", "out")
    assert done.exit_code == 1
    assert tree(shop / "out") == before
    assert "(projects/shop/cart.yaml:12:11)" in done.stderr


def test_a_foreign_file_in_the_way_is_not_overwritten(shop: Path) -> None:
    call("render", *DEVELOPMENT, "-o", "out")
    path = next(path for path in tree(shop / "out") if "deployment_" in path)
    (shop / "out" / path).write_text("mine")
    before = tree(shop / "out")
    done = call("render", *DEVELOPMENT, "-o", "out")
    assert done.exit_code == 1
    assert "error: path-taken: " in done.stderr
    assert tree(shop / "out") == before


def test_a_link_does_not_lead_out_of_the_folder(shop: Path) -> None:
    (shop / "out").mkdir()
    (shop / "elsewhere").mkdir()
    (shop / "out" / "development").symlink_to(shop / "elsewhere")
    done = call("render", *DEVELOPMENT, "-o", "out")
    assert done.exit_code == 1
    assert "leads out of" in done.stderr
    assert tree(shop / "elsewhere") == {}


def test_a_disk_that_refuses_is_a_finding(shop: Path) -> None:
    (shop / "out").write_text("a file")
    done = call("render", *DEVELOPMENT, "-o", "out")
    assert done.exit_code == 1
    assert "error: output-failed: " in done.stderr


def test_config_file(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = call("render", *DEVELOPMENT).stdout
    config = shop / "deploy" / "render.yaml"
    config.parent.mkdir()
    config.write_text(
        "apiVersion: fn.openchoreo.dev/v1alpha1\nkind: Render\nmetadata: {name: r}\nspec:\n"
        "  select: {environments: [development]}\n  sources: [..]\n"
    )
    monkeypatch.chdir(shop.parent)
    assert call("render", "--config", str(config)).stdout == expected
    production = call("render", "--config", str(config), "-e", "production").stdout
    assert production
    assert production != expected
    config.write_text(config.read_text().replace("select", "selct"))
    done = call("render", "--config", str(config))
    assert done.exit_code == 2
    assert f'unknown setting "selct"; did you mean "select"? ({config}:5:3)' in done.stderr


@pytest.mark.usefixtures("shop")
def test_wrong_usage() -> None:
    assert call("render", "nowhere").exit_code == 2
    assert call("render", "--format", "xml").exit_code == 2
    typo = call("render", "--enviroment", "development")
    assert typo.exit_code == 2
    assert "--environment" in typo.stderr


def test_report_as_json(shop: Path) -> None:
    cart = shop / "projects/shop/cart.yaml"
    cart.write_text(cart.read_text().replace("deployment/web", "deployment/wbe"))
    report = json.loads(call("render", *DEVELOPMENT, "--report", "json").stderr)
    assert report["summary"]["error"] >= 1
    (first, *_) = [found for found in report["findings"] if found["severity"] == "error"]
    assert first["position"]["file"] == "projects/shop/cart.yaml"


def test_strict_fails_on_warnings(shop: Path) -> None:
    cart = shop / "projects/shop/cart.yaml"
    cart.write_text(cart.read_text().replace("autoDeploy: true", "autoDeploy: true\n  oops: 1"))
    done = call("render", *DEVELOPMENT)
    assert done.exit_code == 0
    assert "warning: " in done.stderr
    strict = call("render", *DEVELOPMENT, "--strict")
    assert (strict.exit_code, strict.stdout) == (1, "")


def test_identity_map(shop: Path) -> None:
    uid = "11111111-2222-3333-4444-555555555555"
    (shop / "identities.yaml").write_text(f"Component/default/cart: {uid}\n")
    config = shop / "render.yaml"
    config.write_text(
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n"
        "data: {environment: development, identity.map: identities.yaml}\n"
    )
    done = call("render", "--config", str(config))
    assert done.exit_code == 0, done.stderr
    assert uid in done.stdout
    (shop / "identities.yaml").write_text("- nothing\n")
    assert call("render", "--config", str(config)).exit_code == 1
