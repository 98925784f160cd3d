"""Whatever is wrong with a document, the engine answers with findings and never raises."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator
from typing import Any, Final

import pytest
import yaml

from krm_fn.findings import CODES, Severity
from krm_fn.report import json_report, krm_results, text_report
from krm_fn.settings import Selection, Settings
from krm_fn.spine import render
from krm_fn.yamlio import Document
from tests.broken.cases import FILES, HEALTHY

_COUNT: Final = 320
_SETTINGS: Final = Settings(select=Selection(environments=("development",)))
_VALUES: Final[tuple[Any, ...]] = (
    None, True, 0, -1, 1.5, "", "text", "${", "${x", "${}", "${1 + }", "${parameters}",
    "${workload.${x}}", [], ["text"], [None], [[]], {}, {"text": None}, {"": ""}, {"a": {"b": []}},
)  # fmt: skip

Path = tuple[str | int, ...]


def _documents() -> list[dict[str, Any]]:
    return [
        document
        for name in FILES
        for document in yaml.safe_load_all((HEALTHY / name).read_text("utf-8"))
    ]


_HEALTHY: Final = _documents()


def _paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield (*path, key)
            yield from _paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield (*path, index)
            yield from _paths(item, (*path, index))


def _mutated(seed: int) -> tuple[list[dict[str, Any]], str]:
    """Delete a node, or put something else there; some seeds do it two or three times."""
    source = random.Random(seed)
    changed = copy.deepcopy(_HEALTHY)
    said: list[str] = []
    for _ in range(source.choice((1, 1, 1, 2, 3))):
        document = source.choice(changed)
        path = source.choice(list(_paths(document)) or [("kind",)])
        parent: Any = document
        for part in path[:-1]:
            parent = parent[part]
        if source.random() < 0.35:
            del parent[path[-1]]
            said.append(f"delete {path}")
        else:
            parent[path[-1]] = copy.deepcopy(source.choice(_VALUES))
            said.append(f"set {path} to {parent[path[-1]]!r}")
    return changed, "; ".join(said)


@pytest.mark.parametrize("first", range(0, _COUNT, 40))
def test_mutated_documents_never_raise(first: int) -> None:
    for seed in range(first, first + 40):
        changed, said = _mutated(seed)
        documents = [Document.from_item(item) for item in changed]
        try:
            findings = render(documents, _SETTINGS).findings
        except Exception as error:  # noqa: BLE001  # any exception is what this test is about
            pytest.fail(f"seed {seed}: {said}: {type(error).__name__}: {error}")
        for finding in findings:
            assert finding.code in CODES
            assert finding.severity is not Severity.ERROR or finding.hint, (seed, said, finding)
            assert "Traceback" not in finding.message
        assert text_report(findings) or not findings
        assert len(krm_results(findings)) <= len(findings)
        assert json_report(findings)["summary"]
