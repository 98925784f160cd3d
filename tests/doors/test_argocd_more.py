"""The plugin with several environments, with unusable objects, and asked many things at once."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import hosts
from tests.doors.test_argocd import EXAMPLE, Server, objects, parameter, rendered, running

pytestmark = pytest.mark.hosts

TYPE = """\
apiVersion: openchoreo.dev/v1alpha1
kind: ClusterProjectType
metadata: {name: odd}
spec:
  resources:
  - id: cell
    template:
      apiVersion: v1
      kind: Namespace
      metadata: {name: "${metadata.namespace}"}
"""
RESOURCES = {
    "twice": """\
  - id: first
    template: {apiVersion: v1, kind: ConfigMap, metadata: {name: same}}
  - id: second
    template: {apiVersion: v1, kind: ConfigMap, metadata: {name: same}}
""",
    "nameless": """\
  - id: nameless
    template: {apiVersion: v1, kind: ConfigMap, metadata: {labels: {a: b}}}
""",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    plugin = (hosts.ROOT / "plugin.yaml").read_text()
    with running(tmp_path_factory.mktemp("cmp"), plugin) as server:
        yield server


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    shutil.copytree(EXAMPLE, folder)
    return folder


def test_several_environments_in_one_application(
    server: Server, repository: Path, tmp_path: Path
) -> None:
    done = server.manifests(
        repository, ".", parameters=[parameter("environments", "development", "production")]
    )
    assert objects(done) == rendered(tmp_path, "-e", "development", "-e", "production")


@pytest.mark.parametrize(
    ("resources", "code"), [("twice", "object-duplicate"), ("nameless", "template-field-missing")]
)
def test_objects_that_argo_cd_would_not_notice_are_errors(
    server: Server, tmp_path: Path, resources: str, code: str
) -> None:
    folder = tmp_path / "odd"
    shutil.copytree(hosts.ROOT / "tests" / "doors" / "shop", folder)
    (folder / "type.yaml").write_text(TYPE + RESOURCES[resources])
    project = folder / "projects" / "shop" / "project.yaml"
    text = project.read_text()
    kept = text.partition("  type:")[0].rstrip()
    project.write_text(f"{kept}\n  type: {{kind: ClusterProjectType, name: odd}}\n")
    done = server.manifests(folder, ".", parameters=[parameter("environments", "development")])
    assert done.returncode == 1, done.stdout
    assert f"error: {code}: " in done.stderr
    assert "Traceback" not in done.stderr


def test_many_applications_at_once(server: Server, repository: Path, tmp_path: Path) -> None:
    """The repo-server asks for several applications at the same time."""
    applications = [
        (environment, project)
        for environment in ("development", "staging", "production")
        for project in ("payments", "shop")
    ]
    said: dict[tuple[str, str], object] = {}

    def ask(environment: str, project: str, folder: Path) -> None:
        folder.mkdir()
        own = Server(server.host, server.socket, folder)
        chosen = [parameter("environments", environment), parameter("projects", project)]
        said[environment, project] = objects(own.manifests(repository, ".", parameters=chosen))

    threads = [
        threading.Thread(target=ask, args=(*application, tmp_path / "-".join(application)))
        for application in applications
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    for environment, project in applications:
        expected = rendered(tmp_path, "-e", environment, "-p", project)
        assert said[environment, project] == expected
