"""Ten names, cheap to import, and the page that describes them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

import krm_fn
from krm_fn.findings import Collector
from krm_fn.settings import Settings
from tests.hosts import ROOT

STORE = ROOT / "examples" / "online-store"
PAGE = ROOT / "docs" / "reference" / "library.md"
NAMES = [
    "Finding",
    "Position",
    "RenderResult",
    "RenderedResource",
    "Selection",
    "Settings",
    "Severity",
    "__version__",
    "dump",
    "render",
]


def production() -> krm_fn.Settings:
    return krm_fn.Settings(select=krm_fn.Selection(environments=("production",)))


def test_exactly_ten_names_in_order() -> None:
    assert krm_fn.__all__ == NAMES == sorted(NAMES)
    assert all(getattr(krm_fn, name) is not None for name in NAMES)
    assert set(NAMES) <= set(dir(krm_fn))


def test_a_star_import_brings_them() -> None:
    brought: dict[str, object] = {}
    exec("from krm_fn import *", brought)
    assert set(NAMES) <= set(brought)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'rendr'"):
        krm_fn.rendr  # noqa: B018


def test_importing_the_package_imports_nothing_else() -> None:
    code = (
        "import json, sys; before = set(sys.modules); import krm_fn;"
        "print(json.dumps(sorted(set(sys.modules) - before)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert set(json.loads(done.stdout)) <= {"__future__", "krm_fn"}


def test_the_function_stays_when_the_spine_is_imported() -> None:
    from krm_fn.spine import RenderResult

    assert callable(krm_fn.render)
    assert krm_fn.RenderResult is RenderResult


def test_a_folder_files_and_texts_give_the_same() -> None:
    whole = krm_fn.render(STORE, production())
    parts = krm_fn.render([STORE / "platform", str(STORE / "projects")], production())
    texts = {
        path.relative_to(STORE).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(STORE.rglob("*.yaml"), reverse=True)
    }
    read = krm_fn.render(texts, production())
    assert [one.object for one in whole.resources] == [one.object for one in parts.resources]
    assert [one.object for one in whole.resources] == [one.object for one in read.resources]
    assert whole.findings == parts.findings == read.findings == ()
    assert len(whole.resources) > 30


def test_bytes_are_read_as_text_is() -> None:
    texts = {str(path): path.read_bytes() for path in STORE.rglob("*.yaml")}
    assert len(krm_fn.render(texts).resources) > len(krm_fn.render(texts, production()).resources)


def test_what_is_wrong_is_a_finding_with_its_place() -> None:
    text = "apiVersion: openchoreo.dev/v1alpha1\nkind: Project\nmetadata: [\n"
    found = krm_fn.render({"shop.yaml": text}).findings
    assert {finding.severity for finding in found} == {krm_fn.Severity.ERROR}
    assert isinstance(found[0], krm_fn.Finding)
    assert isinstance(found[0].position, krm_fn.Position)
    assert found[0].position.file == "shop.yaml"


def test_a_missing_path_is_an_exception(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        krm_fn.render(tmp_path / "absent")
    with pytest.raises(ValueError, match="no path"):
        krm_fn.render([])


def test_a_missing_identity_map_is_a_finding() -> None:
    identity = krm_fn.Settings().identity
    settings = Settings(identity=type(identity)(map="absent.yaml"))
    codes = {finding.code for finding in krm_fn.render(STORE, settings).findings}
    assert "identity-map-invalid" in codes


def test_dump_is_what_the_command_line_prints() -> None:
    from krm_fn.doors.local import render_local

    result = krm_fn.render(STORE, production())
    local = render_local([STORE], production(), output=None, form="yaml", findings=Collector())
    assert krm_fn.dump(one.object for one in result.resources).encode() == local.stream


def test_the_page_tells_every_name_and_its_example_runs(tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in NAMES:
        assert f"`{name}" in text
    (example,) = re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    (shown,) = re.findall(r"^```text\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    script = tmp_path / "example.py"
    script.write_text(example, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, script],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, shown), done.stderr
