"""The real plugin server of Argo CD inside the image, as the sidecar runs it."""

from __future__ import annotations

import json
import shutil
import subprocess
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import hosts
from tests.doors.test_argocd import Server, objects, parameter, rendered
from tests.image.engine import EXAMPLE, NAME, Image

pytestmark = pytest.mark.hosts


@pytest.fixture(scope="module")
def server(image: Image, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Run the server as uid 999 with no network and nothing to write to but /tmp and its socket."""
    host = hosts.argocd_host()
    folder = tmp_path_factory.mktemp("sidecar")
    sockets = folder / "sockets"
    sockets.mkdir()
    sockets.chmod(0o777)
    name = f"krm-fn-sidecar-{uuid.uuid4().hex}"
    locked_up = ["--rm", "--read-only", "--cap-drop=all", "--security-opt=no-new-privileges"]
    mounts = [
        f"--volume={host}:/var/run/argocd/argocd-cmp-server:ro",
        f"--volume={sockets}:/home/argocd/cmp-server/plugins",
        "--tmpfs=/tmp:rw,mode=1777",
    ]
    entry = "--entrypoint=/var/run/argocd/argocd-cmp-server"
    with (
        (folder / "server.log").open("w") as log,
        subprocess.Popen(
            [
                *(image.engine, "run", f"--name={name}", "--network=none", "--user=999"),
                *(*locked_up, *mounts, entry, NAME, "server", "--logformat", "text"),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        ),
    ):
        socket = sockets / "openchoreo.sock"
        for _ in range(200):
            if socket.exists():
                break
            time.sleep(0.1)
        try:
            yield Server(host, socket, folder)
        finally:
            hosts.run([image.engine, "kill", name])


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(EXAMPLE, tmp_path_factory.mktemp("repository") / "store"))


def test_generate(server: Server, repository: Path, tmp_path: Path) -> None:
    done = server.manifests(repository, ".", parameters=[parameter("environments", "development")])
    found = objects(done)
    assert len(found) > 20
    assert found == rendered(tmp_path, "--environment", "development")


def test_parameters(server: Server, repository: Path) -> None:
    done = server.ask("parameters", repository, repository)
    assert done.returncode == 0, done.stderr
    assert "production" in json.dumps(json.loads(done.stdout))
