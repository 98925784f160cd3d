"""The plugin under the real plugin server and the repo-server's own manifest generation."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests import hosts

ROOT = hosts.ROOT
EXAMPLE = ROOT / "examples" / "online-store"
pytestmark = pytest.mark.hosts


@dataclass(frozen=True, slots=True)
class Server:
    """A running plugin server and the tools to ask it."""

    host: Path
    socket: Path
    folder: Path

    def ask(self, verb: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
        """Call a method of the plugin server."""
        command: list[str | Path] = [self.host, verb, self.socket, *arguments]
        return hosts.run(command)

    def manifests(
        self, repository: Path, application: str, *, deadline: str = "", **plugin: Any
    ) -> subprocess.CompletedProcess[str]:
        """Let the repo-server generate the manifests of an application."""
        request = {
            "repo": {"repo": "https://example.test/store.git"},
            "revision": "1" * 40,
            "appName": "store",
            "namespace": "argo-destination",
            "projectName": "default",
            "trackingMethod": "annotation",
            "applicationSource": {
                "repoURL": "https://example.test/store.git",
                "path": application,
                "plugin": {"name": "openchoreo", **plugin},
            },
        }
        file = self.folder / "request.json"
        file.write_text(json.dumps(request))
        env = {**os.environ, "ARGOCD_PLUGINSOCKFILEPATH": str(self.socket.parent)}
        if deadline:
            env["DEADLINE"] = deadline
        command: list[str | Path] = [
            self.host,
            "manifests",
            file,
            repository / application,
            repository,
        ]
        return hosts.run(command, env=env)


@contextmanager
def running(folder: Path, plugin: str, **variables: str) -> Iterator[Server]:
    """Run a plugin server with this plugin.yaml until the test is done."""
    host = hosts.argocd_host()
    for name in ("config", "sockets", "work", "bin"):
        (folder / name).mkdir()
    (folder / "config" / "plugin.yaml").write_text(plugin)
    hosts.install_krm_fn(folder / "bin")
    env = hosts.environment(
        folder / "bin",
        ARGOCD_PLUGINSOCKFILEPATH=str(folder / "sockets"),
        ARGOCD_CMP_WORKDIR=str(folder / "work"),
        **variables,
    )
    socket = folder / "sockets" / "openchoreo.sock"
    log = (folder / "server.log").open("w")
    with subprocess.Popen(
        [host, "server", "--config-dir-path", folder / "config", "--logformat", "text"],
        env=env,
        stdout=log,
        stderr=log,
    ) as process:
        for _ in range(100):
            if socket.exists():
                break
            time.sleep(0.1)
        try:
            yield Server(host, socket, folder)
        finally:
            process.kill()
            log.close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("cmp")
    with running(folder, (ROOT / "plugin.yaml").read_text()) as server:
        yield server


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as the repo-server hands it over: without `.git`."""
    folder = tmp_path_factory.mktemp("repository") / "store"
    shutil.copytree(EXAMPLE, folder)
    return folder


def parameter(name: str, *values: str) -> dict[str, Any]:
    return {"name": name, "array": list(values)}


def objects(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = {}
    for text in json.loads(done.stdout).get("manifests", []):
        made = json.loads(text)
        annotations = made["metadata"].get("annotations", {})
        annotations.pop("argocd.argoproj.io/tracking-id", None)
        if not annotations:
            made["metadata"].pop("annotations", None)
        found[identity(made)] = made
    return found


def identity(made: dict[str, Any]) -> str:
    metadata = made["metadata"]
    return f"{made['kind']}/{metadata.get('namespace', '')}/{metadata['name']}"


def rendered(tmp_path: Path, *arguments: str) -> dict[str, Any]:
    """The same through the command line."""
    script = hosts.install_krm_fn(tmp_path / "bin")
    done = hosts.run([script, "render", EXAMPLE, *arguments], env=hosts.environment(script.parent))
    assert done.returncode == 0, done.stderr
    return {identity(made): made for made in yaml.safe_load_all(done.stdout)}


def test_the_plugin_has_no_discovery(server: Server) -> None:
    assert json.loads(server.ask("check").stdout) == {}


@pytest.mark.parametrize("environment", ["development", "production"])
def test_an_application_by_parameters(
    server: Server, repository: Path, tmp_path: Path, environment: str
) -> None:
    done = server.manifests(repository, ".", parameters=[parameter("environments", environment)])
    assert objects(done) == rendered(tmp_path, "-e", environment)


def test_an_application_by_plugin_environment(
    server: Server, repository: Path, tmp_path: Path
) -> None:
    env = [{"name": "ENVIRONMENT", "value": "staging"}, {"name": "PROJECT", "value": "shop"}]
    done = server.manifests(repository, ".", env=env)
    assert objects(done) == rendered(tmp_path, "-e", "staging", "-p", "shop")


def test_parameters_win_over_the_environment(
    server: Server, repository: Path, tmp_path: Path
) -> None:
    done = server.manifests(
        repository,
        ".",
        env=[{"name": "ENVIRONMENT", "value": "staging"}],
        parameters=[parameter("environments", "development")],
    )
    assert objects(done) == rendered(tmp_path, "-e", "development")


def test_a_folder_with_a_configuration_reads_the_rest_of_the_repository(
    server: Server, repository: Path, tmp_path: Path
) -> None:
    application = repository / "argocd" / "production"
    application.mkdir(parents=True, exist_ok=True)
    (application / "krm-fn.yaml").write_text(
        "apiVersion: fn.openchoreo.dev/v1alpha1\nkind: Render\nmetadata: {name: production}\n"
        "spec:\n  sources: [../../platform, ../../projects]\n"
        "  select: {environments: [production]}\n"
    )
    done = server.manifests(repository, "argocd/production")
    assert objects(done) == rendered(tmp_path, "-e", "production")


def test_unknown_parameters_are_errors(server: Server, repository: Path) -> None:
    done = server.manifests(repository, ".", parameters=[parameter("enviroments", "development")])
    assert done.returncode == 1
    assert "setting-unknown: " in done.stderr
    assert 'did you mean "environments"?' in done.stderr
    assert "Traceback" not in done.stderr


def test_malformed_parameters_are_errors(server: Server, repository: Path) -> None:
    done = server.manifests(
        repository, ".", parameters=[{"name": "releases", "string": "sometimes"}]
    )
    assert done.returncode == 1
    assert 'releases cannot be "sometimes"' in done.stderr


def test_no_object_is_an_error_unless_allowed(server: Server, repository: Path) -> None:
    nothing = [parameter("environments", "moon")]
    done = server.manifests(repository, ".", parameters=nothing)
    assert done.returncode == 1
    assert "render-empty" in done.stderr
    allowed = [*nothing, {"name": "allowEmpty", "string": "true"}]
    assert objects(server.manifests(repository, ".", parameters=allowed)) == {}


def test_the_error_of_a_broken_file_leads_the_message(
    server: Server, repository: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken"
    shutil.copytree(repository, broken)
    workload = broken / "projects" / "shop" / "components" / "cart" / "workload.yaml"
    workload.write_text("# openchoreo.dev\na: [\n")
    done = server.manifests(broken, ".", parameters=[parameter("environments", "development")])
    assert done.returncode == 1
    said = done.stderr.partition("exit status 1: ")[2]
    assert said.startswith("error: yaml-"), done.stderr
    assert "projects/shop/components/cart/workload.yaml:" in said


def test_parameters_are_announced_from_the_repository(server: Server, repository: Path) -> None:
    done = server.ask("parameters", repository, repository)
    announced = {
        entry["name"]: entry for entry in json.loads(done.stdout)["parameterAnnouncements"]
    }
    assert announced["environments"]["array"] == ["development", "production", "staging"]
    assert announced["projects"]["array"] == ["payments", "shop"]
    assert {"releases", "sources", "allowEmpty"} <= announced.keys()


def test_discovery_by_file_or_command_is_an_option(tmp_path: Path, repository: Path) -> None:
    plugin = yaml.safe_load((ROOT / "plugin.yaml").read_text())
    plugin["spec"]["discover"] = {"find": {"command": ["krm-fn", "argocd", "discover"]}}
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "values.yaml").write_text("a: 1\n")
    folder = tmp_path / "server"
    folder.mkdir()
    with running(folder, yaml.safe_dump(plugin)) as server:
        assert json.loads(server.ask("check").stdout) == {"isDiscoveryConfigured": True}
        matched = json.loads(server.ask("match", repository, repository).stdout)
        assert matched["isSupported"] is True
        assert "isSupported" not in json.loads(server.ask("match", empty, empty).stdout)


def test_the_own_deadline_comes_before_the_server_kills(tmp_path: Path, repository: Path) -> None:
    folder = tmp_path / "server"
    folder.mkdir()
    plugin = (ROOT / "plugin.yaml").read_text()
    with running(folder, plugin, KRM_FN_DEADLINE="0.01") as server:
        done = server.manifests(repository, ".")
        assert done.returncode == 1
        assert "rendering took longer than 0.01 s and was given up" in done.stderr


def test_the_paths_are_what_a_render_reads(tmp_path: Path) -> None:
    script = hosts.install_krm_fn(tmp_path / "bin")
    folder = tmp_path / "store"
    shutil.copytree(EXAMPLE, folder)
    (folder / ".git").mkdir()
    env = hosts.environment(
        script.parent, ARGOCD_ENV_ENVIRONMENT="development", ARGOCD_ENV_COMPONENT="cart"
    )
    paths = hosts.run([script, "argocd", "paths"], cwd=folder, env=env).stdout.strip().split(";")
    assert "/projects/shop" in paths
    assert "/platform/infrastructure/environments" in paths
    assert not any("stock-report" in path for path in paths)
