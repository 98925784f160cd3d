from __future__ import annotations

from pathlib import Path

import yaml
from click.testing import CliRunner

from krm_fn.builtin import NAMES, text
from krm_fn.cli.program import program
from krm_fn.doors.local import render_local
from krm_fn.findings import Collector
from krm_fn.settings import Settings
from tests.builtin.platform_case import component, workload
from tests.hosts import ROOT


def _call(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(program, ["platform", *arguments], prog_name="krm-fn")
    return result.exit_code, result.stdout, result.stderr


def test_list_says_what_each_is_for() -> None:
    code, shown, _ = _call("list")
    assert code == 0
    assert len(shown.splitlines()) == sum(map(len, NAMES.values()))
    (line,) = [line for line in shown.splitlines() if line.split()[1] == "service"]
    assert line.split(maxsplit=2)[2].startswith("A program that answers requests")


def test_show_prints_the_file() -> None:
    assert _call("show", "clustertrait", "alert-rule")[:2] == (
        0,
        text("ClusterTrait", "alert-rule"),
    )


def test_show_of_nothing_makes_a_suggestion() -> None:
    code, _, said = _call("show", "ClusterComponentType", "servic")
    assert code == 2
    assert 'did you mean "service"' in said


def test_an_exported_platform_replaces_the_built_in_one(tmp_path: Path) -> None:
    assert _call("export", str(tmp_path / "platform"), "--namespace", "acme")[0] == 0
    app = [component("deployment/worker", autoDeploy=True), workload()]
    app[0]["spec"]["componentType"]["kind"] = "ClusterComponentType"
    (tmp_path / "app.yaml").write_text(yaml.safe_dump_all(app))
    findings = Collector()
    done = render_local([tmp_path], Settings(), output=None, form="yaml", findings=findings)
    assert not done.failed
    lent = [
        f"{item.resource.kind} {item.resource.name}"
        for item in done.findings
        if item.code == "builtin-used" and item.resource is not None
    ]
    assert lent == ["Project shop"]


def test_export_overwrites_nothing(tmp_path: Path) -> None:
    assert _call("export", str(tmp_path))[0] == 0
    assert _call("export", str(tmp_path))[0] == 0
    own = tmp_path / "component-types" / "service.yaml"
    own.write_text("# mine\n")
    (tmp_path / "traits" / "alert-rule.yaml").unlink()
    code, _, said = _call("export", str(tmp_path))
    assert (code, own.read_text()) == (1, "# mine\n")
    assert str(own) in said
    assert not (tmp_path / "traits" / "alert-rule.yaml").exists()


def test_the_page_lists_everything() -> None:
    page = (ROOT / "docs" / "reference" / "built-in-platform.md").read_text("utf-8")
    for kind in ("ClusterComponentType", "ClusterTrait", "Environment"):
        for name in NAMES[kind]:
            assert name in page
