"""examples/argocd: right by Argo CD's own schemas, and its paths are fresh."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests import hosts
from tests.doors.shop_repository import by_identity
from tests.doors.test_argocd import Server, objects, running

EXAMPLE = hosts.ROOT / "examples" / "argocd"
STORE = hosts.ROOT / "examples" / "online-store"
PATHS = "argocd.argoproj.io/manifest-generate-paths"
pytestmark = pytest.mark.hosts


@pytest.fixture(scope="module")
def argocd() -> Path:
    """Find Argo CD's own manifests in the module that the plugin host is built from."""
    go = hosts.program("go")
    module = "github.com/argoproj/argo-cd/v3"
    command: list[str | Path] = [go, "list", "-m", "-f", "{{.Dir}}", module]
    found = hosts.run(command, cwd=hosts.ROOT / "tests" / "go" / "argocd").stdout.strip()
    if not found:
        pytest.skip("the module of Argo CD is absent: run tests/install-tools.sh (needs Go)")
    return Path(found) / "manifests"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("repository") / "store"
    shutil.copytree(STORE, folder)
    return folder


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    plugin = (hosts.ROOT / "plugin.yaml").read_text()
    with running(tmp_path_factory.mktemp("cmp"), plugin) as server:
        yield server


def read(name: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((EXAMPLE / name).read_text())
    return found


def applications() -> list[dict[str, Any]]:
    """Make the Applications that the ApplicationSet would, and add the single one."""
    made = read("applicationset.yaml")
    (matrix,) = made["spec"]["generators"]
    lists = [part["list"]["elements"] for part in matrix["matrix"]["generators"]]
    template = json.dumps(made["spec"]["template"])
    found = []
    for chosen in product(*lists):
        text = template
        for name, value in {**chosen[0], **chosen[1]}.items():
            text = text.replace("{{." + name + "}}", value)
        assert "{{" not in text
        found.append(json.loads(text))
    return [*found, read("application.yaml")]


def unknown_fields(value: Any, schema: dict[str, Any], path: str = "") -> Iterator[str]:
    """Name the fields that a structural schema does not know: an API server would drop them."""
    if isinstance(value, dict) and "properties" in schema:
        for key, inner in value.items():
            if key in schema["properties"]:
                yield from unknown_fields(inner, schema["properties"][key], f"{path}.{key}")
            elif not schema.get("x-kubernetes-preserve-unknown-fields"):
                yield f"{path}.{key}"
    elif isinstance(value, list):
        for inner in value:
            yield from unknown_fields(inner, schema.get("items", {}), f"{path}[]")


@pytest.mark.parametrize("name", ["application", "applicationset"])
def test_the_api_server_would_take_it(argocd: Path, name: str) -> None:
    definition = yaml.safe_load((argocd / "crds" / f"{name}-crd.yaml").read_text())
    schema = definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"]
    made = read(f"{name}.yaml")
    assert made["kind"] == definition["spec"]["names"]["kind"]
    jsonschema.validate(made, schema)
    metadata = {"metadata": {"type": "object"}}
    known = {**schema, "properties": {**schema["properties"], **metadata}}
    assert list(unknown_fields(made, known)) == []


def test_the_sidecar_fits_the_repo_server(argocd: Path, tmp_path: Path) -> None:
    kustomization = read("kustomization.yaml")
    (remote,) = kustomization["resources"]
    assert argocd.parent.name.removeprefix("v3@") in remote
    for name in ("repo-server.yaml", "parameters.yaml"):
        shutil.copy(EXAMPLE / name, tmp_path / name)
    shutil.copyfile(argocd / "install.yaml", tmp_path / "install.yaml")
    kustomization["resources"] = ["install.yaml"]
    (tmp_path / "kustomization.yaml").write_text(yaml.safe_dump(kustomization))
    done = hosts.run([hosts.kustomize("5.8.1"), "build", tmp_path])
    assert done.returncode == 0, done.stderr
    found = {
        (made["kind"], made["metadata"]["name"]): made
        for made in yaml.load_all(done.stdout, yaml.CSafeLoader)
    }
    parameters = found["ConfigMap", "argocd-cmd-params-cm"]["data"]
    assert parameters["reposerver.plugin.tar.exclusions"] == ".git/*"
    pod = found["Deployment", "argocd-repo-server"]["spec"]["template"]["spec"]
    containers = {container["name"]: container for container in pod["containers"]}
    assert containers.keys() == {"argocd-repo-server", "openchoreo"}
    volumes = {volume["name"] for volume in pod["volumes"]}
    mounts = {
        mount["mountPath"]: mount["name"] for mount in containers["openchoreo"]["volumeMounts"]
    }
    assert set(mounts.values()) <= volumes
    own = {
        mount["mountPath"]: mount["name"]
        for mount in containers["argocd-repo-server"]["volumeMounts"]
    }
    assert mounts["/tmp"] != own["/tmp"], "a /tmp of its own"
    assert mounts["/home/argocd/cmp-server/plugins"] == "plugins"
    assert mounts["/var/run/argocd"] == "var-files"
    security = containers["openchoreo"]["securityContext"]
    assert security["runAsUser"] == 999
    assert security["readOnlyRootFilesystem"] is True


@pytest.mark.parametrize("made", applications(), ids=lambda made: str(made["metadata"]["name"]))
def test_the_paths_are_fresh(made: dict[str, Any], repository: Path, tmp_path: Path) -> None:
    script = hosts.install_krm_fn(tmp_path / "bin")
    parameters = made["spec"]["source"]["plugin"]["parameters"]
    env = hosts.environment(
        script.parent, ARGOCD_APP_PARAMETERS=json.dumps(parameters), ARGOCD_APP_SOURCE_PATH="."
    )
    done = hosts.run([script, "argocd", "paths"], cwd=repository, env=env)
    computed = done.stdout.strip().split(";")
    announced = made["metadata"]["annotations"][PATHS].split(";")
    # A project's paths are those of all its environments.
    assert set(computed) <= set(announced)
    if made["metadata"]["name"].endswith(("-production", "store-development")):
        assert computed == announced


def test_the_applications_hold_everything_once(server: Server, repository: Path) -> None:
    found: dict[str, str] = {}
    for made in applications()[:-1]:
        parameters = made["spec"]["source"]["plugin"]["parameters"]
        done = server.manifests(repository, ".", parameters=parameters)
        mine = by_identity(objects(done).values())
        assert mine
        assert not mine.keys() & found.keys(), "no object belongs to two Applications"
        found |= mine
    config = STORE / "render.yaml"
    script = server.folder / "bin" / "krm-fn"
    command: list[str | Path] = [script, "render", STORE, "--config", config]
    done = hosts.run(command, env=hosts.environment(script.parent))
    every = by_identity(yaml.safe_load_all(done.stdout))
    assert found.keys() == every.keys()
