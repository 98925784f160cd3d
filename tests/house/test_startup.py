"""What is heavy stays off the way that kustomize takes."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.house.rooms import ROOT
from tests.shared import shared_path

_HEAVY = (
    "asyncio",
    "click",
    "concurrent.futures",
    "email",
    "fractions",
    "hypothesis",
    "importlib.metadata",
    "jsonpatch",
    "kubernetes_validate",
    "logging",
    "pydantic",
    "rich",
    "ruamel.yaml",
    "socket",
    "ssl",
    "subprocess",
    "tempfile",
    "unittest",
    "urllib.request",
)
_RENDER = """
import json, sys
before = set(sys.modules)
from krm_fn.doors.process import run_function
code = run_function()
print(json.dumps(sorted(set(sys.modules) - before)), file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture(scope="module")
def loaded() -> set[str]:
    """The modules that a whole run of the function has imported."""
    import yaml

    case = shared_path("golden", "component", "001-getting-started-greeter", "input.yaml")
    items = [item for item in yaml.safe_load_all(case.read_text(encoding="utf-8")) if item]
    content = {
        "apiVersion": "config.kubernetes.io/v1",
        "kind": "ResourceList",
        "items": items,
        "functionConfig": {
            "apiVersion": "fn.openchoreo.dev/v1alpha1",
            "kind": "Render",
            "metadata": {"name": "render"},
        },
    }
    done = subprocess.run(
        [sys.executable, "-c", _RENDER],
        input=json.dumps(content),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("module", _HEAVY)
def test_the_function_does_not_import(loaded: set[str], module: str) -> None:
    assert module not in loaded


def test_the_engine_is_what_was_imported(loaded: set[str]) -> None:
    assert {"krm_fn.spine", "krm_fn.cel", "krm_fn.assemble"} <= loaded
