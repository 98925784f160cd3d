"""What is in the image: labels, bill of materials, size, nothing superfluous."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from typing import Any

import pytest

import krm_fn
from tests.hosts import ROOT, run
from tests.image.engine import BASE, NAME, Image

pytestmark = pytest.mark.hosts

MEGABYTE = 1_000_000
DISTRIBUTIONS = """\
import json
from importlib.metadata import distributions
print(json.dumps({item.name: item.version for item in distributions()}))
"""
STALE = """\
import importlib.util, pathlib, sys
roots = [pathlib.Path(path) for path in sys.path if path.endswith('site-packages')]
for root in roots:
    for source in root.rglob('*.py'):
        compiled = pathlib.Path(importlib.util.cache_from_source(source))
        if not compiled.is_file() or compiled.read_bytes()[4] != 1:
            print(source)
"""
LOADED_FROM_SOURCE = """\
import sys, pathlib
import krm_fn.spine, krm_fn.cli, krm_fn.doors, krm_fn.emit, yaml, re2
for module in list(sys.modules.values()):
    path = getattr(module, '__cached__', None)
    if path and not pathlib.Path(path).is_file():
        print(module.__name__)
"""


def inspected(image: Image, name: str = NAME) -> dict[str, Any]:
    done = run([image.engine, "image", "inspect", name])
    assert done.returncode == 0, done.stderr
    (found,) = json.loads(done.stdout)
    assert isinstance(found, dict)
    return found


@pytest.fixture(scope="session")
def bill(image: Image) -> dict[str, Any]:
    found = json.loads(image.read("/usr/share/sbom/krm-fn.cdx.json"))
    assert isinstance(found, dict)
    return found


def test_labels(image: Image) -> None:
    prefix = "org.opencontainers.image."
    labels = inspected(image)["Config"]["Labels"]
    assert labels[f"{prefix}title"] == "krm-fn"
    assert labels[f"{prefix}version"] == krm_fn.__version__
    assert labels[f"{prefix}licenses"] == "Apache-2.0"
    assert labels[f"{prefix}base.name"] == BASE
    assert labels[f"{prefix}description"]
    assert labels[f"{prefix}source"]
    assert re.fullmatch(r"[0-9a-f]{40}|unknown", labels[f"{prefix}revision"])


def test_entry_point_and_user(image: Image) -> None:
    config = inspected(image)["Config"]
    assert config["Entrypoint"] == ["krm-fn"]
    assert config["User"] == "65534:65534"
    assert config["WorkingDir"] == "/repo"


def test_size(image: Image) -> None:
    beyond = inspected(image)["Size"] - inspected(image, BASE)["Size"]
    assert 0 < beyond <= 60 * MEGABYTE, f"{beyond / MEGABYTE:.1f} MB beyond the base"


def test_plugin_file(image: Image) -> None:
    expected = (ROOT / "plugin.yaml").read_text()
    assert image.read("/home/argocd/cmp-server/config/plugin.yaml") == expected


def test_everything_is_compiled(image: Image) -> None:
    assert image.python(STALE) == ""
    assert image.python(LOADED_FROM_SOURCE) == ""


def test_locked_versions_are_installed(image: Image) -> None:
    locked = re.findall(
        r"^([\w.-]+)==(\S+)", (ROOT / "requirements" / "image.txt").read_text(), re.MULTILINE
    )
    installed = json.loads(image.python(DISTRIBUTIONS))
    found = {normal(name): version for name, version in installed.items()}
    expected = {normal(name): version for name, version in locked}
    assert found == expected | {"krm-fn": krm_fn.__version__}


def test_bill_lists_every_distribution(image: Image, bill: dict[str, Any]) -> None:
    installed = json.loads(image.python(DISTRIBUTIONS))
    listed = {
        component["name"]: component["version"]
        for component in [bill["metadata"]["component"], *bill["components"]]
        if component["purl"].startswith("pkg:pypi/")
    }
    assert listed == installed
    (interpreter,) = [part for part in bill["components"] if part["name"] == "CPython"]
    assert interpreter["version"].startswith("3.12.")


def test_bill_is_well_formed(bill: dict[str, Any]) -> None:
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.6", 1)
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bill["serialNumber"])
    assert "timestamp" not in bill["metadata"]
    parts = [bill["metadata"]["component"], *bill["components"]]
    references = [part["bom-ref"] for part in parts]
    assert len(references) == len(set(references))
    for part in parts:
        assert part["type"] in {"application", "library", "platform"}
        assert part["licenses"], part["name"]
    assert sorted(entry["ref"] for entry in bill["dependencies"]) == sorted(references)
    for entry in bill["dependencies"]:
        assert set(entry["dependsOn"]) <= set(references)
    (root,) = [entry for entry in bill["dependencies"] if entry["ref"] == references[0]]
    declared = {"pyyaml", "click", "google-re2"}
    assert declared <= {ref.split("/")[1].split("@")[0] for ref in root["dependsOn"]}


def test_lock_covers_what_the_project_declares() -> None:
    locked = (ROOT / "requirements" / "image.txt").read_text()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    for requirement in project["dependencies"]:
        name = re.split(r"[^\w.-]", requirement)[0]
        assert re.search(rf"^{re.escape(name)}==", locked, re.MULTILINE), f"make image-lock: {name}"


def test_equal_sources_give_an_equal_image(image: Image) -> None:
    """Build once more."""
    again = "localhost/krm-fn:again"
    done = subprocess.run(
        [ROOT / "image" / "build.sh", again],
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    layers = inspected(image, again)["RootFS"]
    run([image.engine, "image", "rm", again])
    assert layers == inspected(image)["RootFS"]


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
