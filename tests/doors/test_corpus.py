"""A real repository through every way in: what the engine made of it, and the same everywhere."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import krm_fn
from krm_fn.settings import IdentitySettings
from tests import hosts
from tests.conformance.reading import read
from tests.doors.shop_repository import by_identity, documents
from tests.doors.test_argocd import Server, objects, running
from tests.shared import shared_path

pytestmark = [pytest.mark.hosts, pytest.mark.shared]

KUSTOMIZE_VERSIONS = hosts.KUSTOMIZE_VERSIONS
SPEC = {
    "identity": {"default": "zero"},
    "platform": "none",
    "unresolved": "warn",
    "yaml": "kubernetes",
    "sources": ["."],
}
EXEC = {"config.kubernetes.io/function": "exec: {path: krm-fn}\n"}
LOCAL = {"config.kubernetes.io/local-config": "true"}


class Corpus:
    """The repository in a folder of its own, with one configuration for every host."""

    def __init__(self, folder: Path, variant: str) -> None:
        source = shared_path("corpus", "sample-gitops")
        self.folder = folder / "repository"
        for part in ("repo", "added"):
            shutil.copytree(source / part, self.folder / part)
        (self.folder / ".git").mkdir()
        self.expected = source / variant
        if (self.expected / "components.txt").is_file():
            self._deploy_automatically((self.expected / "components.txt").read_text().split())
        script = hosts.install_krm_fn(folder / "bin")
        self.environment = hosts.environment(script.parent)

    def _deploy_automatically(self, names: list[str]) -> None:
        changed = 0
        for path in sorted((self.folder / "repo").rglob("*.yaml")):
            found = list(yaml.safe_load_all(path.read_text()))
            chosen = [
                made
                for made in found
                if made and made["kind"] == "Component" and made["metadata"]["name"] in names
            ]
            for made in chosen:
                made["spec"]["autoDeploy"] = True
            if chosen:
                path.write_text(yaml.safe_dump_all(found, sort_keys=False))
                changed += len(chosen)
        assert changed == len(names)

    def configure(self, path: str, annotations: dict[str, str], **spec: Any) -> None:
        """Write the configuration of the function."""
        render_kind = {
            "apiVersion": "fn.openchoreo.dev/v1alpha1",
            "kind": "Render",
            "metadata": {"name": "corpus", "annotations": annotations},
            "spec": {**SPEC, **spec},
        }
        self.write(path, render_kind)

    def write(self, path: str, content: Any) -> None:
        """Write a YAML file of the repository."""
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(yaml.safe_dump(content, sort_keys=False))

    def files(self) -> list[str]:
        """Name the files of the repository that hold Kubernetes objects."""
        paths = [*(self.folder / "repo").rglob("*.yaml"), *(self.folder / "added").rglob("*.yaml")]
        return sorted(
            path.relative_to(self.folder).as_posix()
            for path in paths
            if path.name != "kustomization.yaml"
        )

    def foreign_objects(self) -> set[str]:
        """Name the objects that are not OpenChoreo's: a transformer keeps them."""
        texts = [(self.folder / name).read_text() for name in self.files()]
        found = [made for text in texts for made in documents(text)]
        return set(
            by_identity(made for made in found if not made["apiVersion"].startswith("openchoreo."))
        )

    def run(self, *command: str | Path) -> str:
        """Run a program; return its standard output."""
        done = hosts.run(command, cwd=self.folder, env=self.environment)
        assert done.returncode == 0, done.stderr
        return done.stdout


@pytest.fixture(params=["expected", "expected-autodeploy"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Corpus:
    return Corpus(tmp_path, request.param)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    plugin = (hosts.ROOT / "plugin.yaml").read_text()
    with running(tmp_path_factory.mktemp("cmp"), plugin) as server:
        yield server


def engine_objects(corpus: Corpus) -> dict[str, str]:
    """What the real engine made, of all bindings."""
    made = [
        entry["resource"]
        for path in sorted((corpus.expected / "releasebinding").glob("*.yaml"))
        for entry in read(path)
    ]
    assert made
    return by_identity(_tidied(made))


def _tidied(made: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave empty annotations out, which kustomize and kpt remove."""
    for one in made:
        if one["metadata"].get("annotations") == {}:
            del one["metadata"]["annotations"]
    return made


def through_kustomize_generator(version: str) -> Callable[[Corpus], dict[str, str]]:
    def build(corpus: Corpus) -> dict[str, str]:
        corpus.configure("deploy/render.yaml", EXEC, sources=[".."])
        corpus.write("deploy/kustomization.yaml", {"generators": ["render.yaml"]})
        binary = hosts.kustomize(version)
        return by_identity(documents(corpus.run(binary, "build", *hosts.FLAGS, "deploy")))

    return build


def through_kustomize_transformer(version: str) -> Callable[[Corpus], dict[str, str]]:
    def build(corpus: Corpus) -> dict[str, str]:
        corpus.configure("render.yaml", EXEC, sources=[])
        foreign = {"resources": corpus.files(), "transformers": ["render.yaml"]}
        corpus.write("kustomization.yaml", foreign)
        binary = hosts.kustomize(version)
        return by_identity(documents(corpus.run(binary, "build", *hosts.FLAGS, ".")))

    return build


def through_kpt(corpus: Corpus) -> dict[str, str]:
    kpt = hosts.program("kpt")
    corpus.configure("render.yaml", LOCAL, sources=[])
    pipeline = {"mutators": [{"exec": "krm-fn", "configPath": "render.yaml"}]}
    head = {"apiVersion": "kpt.dev/v1", "kind": "Kptfile", "metadata": {"name": "corpus"}}
    corpus.write("Kptfile", {**head, "pipeline": pipeline})
    (corpus.folder / ".krmignore").write_text("kustomization.yaml\n")
    corpus.run(kpt, "fn", "render", corpus.folder, "--allow-exec")
    return generated_files(corpus.folder / "rendered")


def generated_files(folder: Path) -> dict[str, str]:
    made = [one for path in folder.rglob("*.yaml") for one in documents(path.read_text())]
    for one in made:
        del one["metadata"]["annotations"]["fn.openchoreo.dev/generated"]
    return by_identity(_tidied(made))


def through_the_command_line(corpus: Corpus) -> dict[str, str]:
    corpus.configure("render.yaml", LOCAL)
    out = corpus.run("krm-fn", "render", "--config", "render.yaml")
    return by_identity(documents(out))


def through_a_folder(corpus: Corpus) -> dict[str, str]:
    corpus.configure("render.yaml", LOCAL)
    folder = corpus.folder.parent / "out"
    corpus.run("krm-fn", "render", "--config", "render.yaml", "-o", folder)
    return generated_files(folder)


def through_the_library(corpus: Corpus) -> dict[str, str]:
    settings = krm_fn.Settings(
        identity=IdentitySettings(default="zero"),
        platform="none",
        unresolved="warn",
        yaml="kubernetes",
    )
    result = krm_fn.render(corpus.folder, settings)
    return by_identity(_tidied([dict(resource.object) for resource in result.resources]))


DOORS: dict[str, Callable[[Corpus], dict[str, str]]] = {
    "command line": through_the_command_line,
    "folder": through_a_folder,
    "kpt": through_kpt,
    "library": through_the_library,
    **{f"generator of {v}": through_kustomize_generator(v) for v in KUSTOMIZE_VERSIONS},
    **{f"transformer of {v}": through_kustomize_transformer(v) for v in KUSTOMIZE_VERSIONS},
}


@pytest.mark.parametrize("door", DOORS)
def test_every_door_gives_what_the_engine_made(corpus: Corpus, door: str) -> None:
    compare(DOORS[door](corpus), corpus)


def test_argo_cd_gives_what_the_engine_made(corpus: Corpus, server: Server) -> None:
    corpus.configure("krm-fn.yaml", LOCAL)
    shutil.rmtree(corpus.folder / ".git")
    done = server.manifests(corpus.folder, ".")
    compare(by_identity(_tidied(list(objects(done).values()))), corpus)


def compare(found: dict[str, str], corpus: Corpus) -> None:
    """Compare with the engine, and the rest (cell namespaces) with the command line."""
    wanted = engine_objects(corpus)
    assert {name: found.get(name) for name in wanted} == wanted
    foreign = corpus.foreign_objects()
    rendered = {name: text for name, text in found.items() if name not in foreign}
    assert rendered == through_the_command_line(corpus)
