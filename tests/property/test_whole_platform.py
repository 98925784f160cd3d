"""Random valid repositories: no errors, and the same bytes twice, shuffled and in parts."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from random import Random

import pytest

from krm_fn.emit import stream
from krm_fn.findings import Collector
from krm_fn.settings import Selection, Settings
from krm_fn.spine import RenderedResource, RenderResult, render
from krm_fn.yamlio import parse
from tests.builtin.platform_case import Data, errors
from tests.property.repositories import Mode, make, text

SEEDS = range(16)


def _render(documents: list[Data], mode: Mode, **select: tuple[str, ...]) -> RenderResult:
    findings = Collector()
    read = parse(text(documents), file="all.yaml", mode="kubernetes", findings=findings)
    settings = Settings(releases=mode, yaml="kubernetes", select=Selection(**select))
    return render(read, settings, findings=findings.sorted())


def _bytes(
    result: RenderResult, keep: Callable[[RenderedResource], bool] = lambda _: True
) -> bytes:
    assert errors(result) == []
    return stream([made.object for made in result.resources if keep(made)], "yaml")


@pytest.mark.parametrize("seed", SEEDS)
def test_order_of_documents_and_repetition_change_nothing(seed: int) -> None:
    repository = make(seed)
    first = _bytes(_render(repository.documents, repository.mode))
    assert first
    assert _bytes(_render(repository.documents, repository.mode)) == first
    shuffled = list(repository.documents)
    Random(seed).shuffle(shuffled)
    assert _bytes(_render(shuffled, repository.mode)) == first


@pytest.mark.parametrize("seed", SEEDS)
def test_parts_are_the_whole(seed: int) -> None:
    repository = make(seed)
    documents, mode = repository.documents, repository.mode
    whole = _render(documents, mode)
    for environment in repository.environments:
        part = _render(documents, mode, environments=(environment,))
        assert _bytes(part) == _bytes(whole, partial(_is_of_environment, environment))
    for project, component in repository.components:
        part = _render(documents, mode, projects=(project,), components=(component,))
        mine = partial(_is_of_component, project, component)
        assert _bytes(part, lambda made: bool(made.component)) == _bytes(whole, mine)


def _is_of_environment(environment: str, made: RenderedResource) -> bool:
    return made.environment == environment


def _is_of_component(project: str, component: str, made: RenderedResource) -> bool:
    return (made.project, made.component) == (project, component)


def test_the_repositories_differ_and_cover_every_mode() -> None:
    made = [make(seed) for seed in SEEDS]
    assert {one.mode for one in made} == {"auto", "pinned", "latest"}
    assert len({text(one.documents) for one in made}) == len(made)
    written = b"".join(text(one.documents) for one in made)
    for kind in (b"ComponentRelease", b"ResourceReleaseBinding", b"cronjob/", b"statefulset/"):
        assert kind in written
