"""`krm-fn release`, `promote` and `rollback` on a copy of the example and on a small repository."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from krm_fn.cli.program import program
from tests.builtin.platform_case import Data, binding, component, workload
from tests.hosts import ROOT

_BINDINGS = "projects/shop/components/cart/release-bindings"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the example, with a history of its own."""
    folder = tmp_path / "store"
    shutil.copytree(ROOT / "examples" / "online-store", folder)
    _git(folder, "init", "--quiet")
    _commit(folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "small"
    _write(folder / "cart" / "component.yaml", component("deployment/worker"))
    _write(folder / "cart" / "workload.yaml", workload())
    monkeypatch.chdir(folder)
    return folder


def _write(path: Path, *documents: Data) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump_all(documents))


def _git(folder: Path, *arguments: str) -> None:
    author = {f"GIT_{who}_{what}": "test@example.com" for who in ("AUTHOR", "COMMITTER")
              for what in ("NAME", "EMAIL")}  # fmt: skip
    subprocess.run(["git", *arguments], cwd=folder, check=True, env={**os.environ, **author})


def _commit(folder: Path) -> None:
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", "change")


def _call(*arguments: str) -> Result:
    return CliRunner().invoke(program, arguments, prog_name="krm-fn")


def _files(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git/" not in path.as_posix()
    }


def test_a_release_is_written_beside_its_component(small: Path) -> None:
    done = _call("release")
    assert done.exit_code == 0, done.stderr
    (name,) = [path for path in _files(small) if path.startswith("cart/releases/")]
    assert done.stdout == f"{name}\n"
    made = yaml.safe_load((small / name).read_text())
    assert made["kind"] == "ComponentRelease"
    assert made["metadata"]["name"] == Path(name).stem
    assert made["spec"]["componentType"]["kind"] == "ClusterComponentType"


def test_what_has_not_changed_is_not_cut_again(small: Path) -> None:
    _call("release")
    before = _files(small)
    done = _call("release")
    assert (done.exit_code, done.stdout, _files(small)) == (0, "", before)
    assert "is as in cart-" in done.stderr
    _write(small / "cart" / "workload.yaml", workload(container={"image": "other:2"}))
    assert _call("release").stdout.startswith("cart/releases/cart-")
    assert len(_files(small)) == len(before) + 1


def test_a_dry_run_prints_and_writes_nothing(small: Path) -> None:
    before = _files(small)
    done = _call("release", "--dry-run")
    assert done.exit_code == 0
    assert "kind: ComponentRelease" in done.stdout
    assert _files(small) == before


def test_releases_can_be_named_by_day(small: Path) -> None:
    assert _call("release", "--dated").stdout.endswith("-1.yaml\n")
    _write(small / "cart" / "workload.yaml", workload(container={"image": "other:2"}))
    assert _call("release", "--dated").stdout.endswith("-2.yaml\n")


def test_no_file_is_overwritten(small: Path) -> None:
    name = _call("release").stdout.strip()
    (small / name).write_text("# mine\n")
    done = _call("release")
    assert done.exit_code == 1
    assert "path-taken" in done.stderr
    assert (small / name).read_text() == "# mine\n"


def test_an_empty_selection_is_an_error(small: Path) -> None:
    done = _call("release", "--component", "nothing")
    assert done.exit_code == 1
    assert "release-empty" in done.stderr


def test_sources_that_are_not_complete_are_refused(small: Path) -> None:
    (small / "cart" / "workload.yaml").unlink()
    _write(small / "cart" / "component.yaml", component("deployment/worker", autoDeploy=True))
    done = _call("release")
    assert done.exit_code == 1
    assert "workload-not-found" in done.stderr


def test_promote_changes_one_line(store: Path) -> None:
    before = _files(store)
    release = "catalog-20260119-1"
    bindings = _BINDINGS.replace("cart", "catalog")
    done = _call("promote", "catalog", "--from", "development", "--to", "production")
    assert done.exit_code == 0, done.stderr
    after = _files(store)
    (changed,) = [name for name in before if before[name] != after[name]]
    assert changed == f"{bindings}/catalog-production.yaml"
    assert f"+  releaseName: {release}" in done.stdout
    assert len([line for line in done.stdout.splitlines() if line.startswith("+ ")]) == 1
    assert "promotion-path-missing" in done.stderr
    again = _call("promote", "catalog", "--from", "development", "--to", "production")
    assert "already" in again.stderr


def test_promote_along_the_pipeline_is_no_warning(store: Path) -> None:
    done = _call("promote", "catalog", "--from", "staging", "--to", "production", "--dry-run")
    assert done.exit_code == 0
    assert done.stderr == "" or "already" in done.stderr


def test_rollback_finds_the_release_before_in_the_history(store: Path) -> None:
    path = store / _BINDINGS.replace("cart", "catalog") / "catalog-production.yaml"
    first = path.read_text()
    _call("promote", "catalog", "--release", "catalog-20260119-1", "--to", "production")
    assert path.read_text() != first
    _commit(store)
    dry = _call("rollback", "catalog", "--environment", "production", "--dry-run")
    assert "+  releaseName: catalog-20260105-1" in dry.stdout
    done = _call("rollback", "catalog", "--environment", "production")
    assert done.exit_code == 0, done.stderr
    assert path.read_text() == first


def test_rollback_without_a_history_asks_for_the_release(small: Path) -> None:
    name = Path(_call("release").stdout.strip()).stem
    _write(small / "cart" / "binding.yaml", binding(releaseName=name))
    done = _call("rollback", "cart", "-e", "development")
    assert done.exit_code == 1
    assert f"there is {name}" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["promote", "cart", "--from", "staging", "--to", "prodction"], 'mean "production"'),
        (["promote", "crt", "--from", "staging", "--to", "production"], 'mean "cart"'),
        (["promote", "cart", "--release", "cart-1", "--to", "staging"], "cart-20260107-1"),
        (["rollback", "cart", "-e", "staging", "--to", "catalog-20260105-1"], "has no Comp"),
    ],
)
def test_mistakes_are_findings(store: Path, arguments: list[str], said: str) -> None:
    before = _files(store)
    done = _call(*arguments)
    assert done.exit_code == 1
    assert said in done.stderr
    assert _files(store) == before


def test_promote_needs_one_origin(store: Path) -> None:
    assert _call("promote", "cart", "--to", "staging").exit_code == 2
