"""Reads the cases and runs them in this process, the way the doors do."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from krm_fn.doors.krm import MISUSE, answer
from krm_fn.doors.local import read_config, render_local
from krm_fn.findings import Collector, Finding
from krm_fn.report import one_line, text_report
from krm_fn.settings import Selection, Settings

HERE: Final = Path(__file__).parent
HEALTHY: Final = HERE / "healthy"
CASES: Final = HERE / "cases"
CONFIG_FILE: Final = "render.yaml"
FILES: Final = (
    "platform/database.yaml",
    "platform/planes.yaml",
    "platform/scaling.yaml",
    "platform/service.yaml",
    "projects/shop/cart/binding.yaml",
    "projects/shop/cart/component.yaml",
    "projects/shop/cart/workload.yaml",
    "projects/shop/catalog/catalog.yaml",
    "projects/shop/project.yaml",
)
"""Files of the healthy repository, in the order in which hosts hand their documents over."""

FUNCTION_CONFIG: Final = """\
apiVersion: fn.openchoreo.dev/v1alpha1
kind: Render
metadata:
  name: render
  annotations:
    config.kubernetes.io/function: |
      exec:
        path: krm-fn
spec:
  select:
    environments: [development]
"""
_UNSAID: Final = "binding-unpinned"


@dataclass(frozen=True, slots=True)
class Case:
    """One broken input."""

    name: str
    about: str
    door: str = "render"
    exit: int = 1
    config: str = ""
    edits: tuple[dict[str, str], ...] = field(default=())

    @property
    def folder(self) -> Path:
        """The folder of the case."""
        return CASES / self.name

    @property
    def stdin(self) -> bytes | None:
        """The bytes of standard input, if the case writes them itself."""
        path = self.folder / "stdin"
        return path.read_bytes() if path.exists() else None

    @property
    def reads_files(self) -> bool:
        """Whether the program reads the files itself, and so knows lines and columns."""
        return self.door in ("render", "generator")


@dataclass(frozen=True, slots=True)
class Said:
    """What a case came to: the text of standard error, the findings in it, the exit code."""

    text: str
    findings: tuple[Finding, ...]
    exit: int


def load(name: str) -> Case:
    """Read a case by the name of its folder."""
    found: dict[str, Any] = yaml.safe_load((CASES / name / "case.yaml").read_text("utf-8"))
    return Case(name, **found | {"edits": tuple(found.get("edits", ()))})


def names() -> list[str]:
    """List all cases."""
    return sorted(path.parent.name for path in CASES.glob("*/case.yaml"))


def repository(case: Case, folder: Path) -> Path:
    """Write the broken repository of a case below a folder."""
    root = folder / "repository"
    shutil.copytree(HEALTHY, root)
    (root / ".git").mkdir()
    for edit in case.edits:
        path = root / edit["file"]
        text = path.read_text("utf-8")
        assert text.count(edit["replace"]) == 1, f"{case.name}: {edit['replace']!r} is not unique"
        path.write_text(text.replace(edit["replace"], edit["by"]), "utf-8")
    if (case.folder / "files").exists():
        shutil.copytree(case.folder / "files", root, dirs_exist_ok=True)
    if case.config and case.door == "render":
        (root / CONFIG_FILE).write_text(case.config, "utf-8")
    return root


def standard_input(case: Case, root: Path) -> bytes:
    """Return what the host of a case would send."""
    if case.stdin is not None:
        return case.stdin
    config = yaml.safe_load(case.config or FUNCTION_CONFIG)
    items = [config] if case.door == "generator" else list(_items(case.door, root))
    whole = {
        "apiVersion": "config.kubernetes.io/v1",
        "kind": "ResourceList",
        "items": items,
        "functionConfig": config,
    }
    return json.dumps(whole, indent=1).encode()


def _items(door: str, root: Path) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = []
    for name in FILES:
        for index, item in enumerate(yaml.safe_load_all((root / name).read_text("utf-8"))):
            annotations: dict[str, str] = {}
            if door == "transformer":
                annotations["internal.config.kubernetes.io/id"] = str(len(items) + 1)
            elif door == "package":
                annotations["internal.config.kubernetes.io/path"] = name
                annotations["internal.config.kubernetes.io/index"] = str(index)
            if annotations:
                item.setdefault("metadata", {})["annotations"] = annotations
            items.append(item)
    return items


def run(case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Said:
    """Run a case through the engine in this process. A bug of ours is raised."""
    root = repository(case, folder)
    monkeypatch.chdir(root)
    if case.door == "render":
        found, code = _render(case)
        text = text_report(found)
    else:
        said = answer(standard_input(case, root), Path(), debug=True)
        found = _without_pins(said.findings)
        code = said.exit_code
        text = "".join(f"{one_line(finding)}\n" for finding in found)
    return Said(text.replace(str(root), "<root>"), found, code)


def _render(case: Case) -> tuple[tuple[Finding, ...], int]:
    findings = Collector()
    settings = read_config(Path(CONFIG_FILE), findings) if case.config else Settings()
    if findings.has_errors():
        return findings.sorted(), MISUSE
    if not case.config:
        settings = replace(settings, select=Selection(environments=("development",)))
    done = render_local((), settings, output=None, form="yaml", findings=findings)
    return _without_pins(done.findings), int(done.failed)


def _without_pins(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    return tuple(finding for finding in findings if finding.code != _UNSAID)
