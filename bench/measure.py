"""The measurements."""

from __future__ import annotations

import compileall
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from krm_fn import catalog
from krm_fn.findings import Collector
from krm_fn.pipelines import Pipelines
from krm_fn.provenance import SILENT
from krm_fn.resolve import Resolver
from krm_fn.settings import IdentitySettings, Settings
from krm_fn.spine import render
from krm_fn.yamlio import Document, parse

SETTINGS = Settings(identity=IdentitySettings(default="zero"), unresolved="warn", yaml="kubernetes")
_FUNCTION_CONFIG = {
    "apiVersion": "fn.openchoreo.dev/v1alpha1",
    "kind": "Render",
    "metadata": {"name": "bench"},
    "spec": {"identity": {"default": "zero"}, "unresolved": "warn", "yaml": "kubernetes"},
}
_PROCESSES = 15
_COLD = """
import sys, time
from pathlib import Path
from bench.measure import SETTINGS, documents_of
from krm_fn.spine import render
documents = documents_of(Path(sys.argv[1]))
start = time.perf_counter()
render(documents, SETTINGS)
print(time.perf_counter() - start)
"""


@dataclass(frozen=True, slots=True)
class Measurement:
    """Medians, in milliseconds.

    `warm` renders jobs that are resolved already, `warm_with_catalog` goes from documents to
    resources, `load` is what PyYAML's C loader needs for the same text.
    """

    warm: float
    warm_with_catalog: float
    load: float
    parse: float
    cold: float
    whole: float
    yardstick: float


def documents_of(path: Path) -> list[Document]:
    """Read a file with the settings of the vectors."""
    return parse(path.read_bytes(), file=str(path), mode="kubernetes", findings=Collector())


def measure(path: Path) -> Measurement:
    """Measure one file of documents, with the package compiled as an installer would have done."""
    compileall.compile_dir(Path(catalog.__file__).parents[1], quiet=1)
    text = path.read_bytes()
    documents = documents_of(path)
    once = _warm_render(documents)
    stream = _resource_list(text)
    # One after the other within a round, so that a busy machine disturbs both sides of a ratio.
    warm, load = _alternating(once, lambda: list(yaml.load_all(text, Loader=yaml.CSafeLoader)))
    whole, yardstick = _alternating_processes(stream)
    return Measurement(
        warm=warm,
        warm_with_catalog=_median(lambda: render(documents, SETTINGS)),
        load=load,
        parse=_median(lambda: documents_of(path)),
        cold=statistics.median(_cold(path) for _ in range(5)),
        whole=whole,
        yardstick=yardstick,
    )


def _warm_render(documents: list[Document]) -> Callable[[], object]:
    collector = Collector()
    resolver = Resolver(catalog.build(documents, collector), SETTINGS, collector)
    jobs = resolver.component_jobs(collector)

    def once() -> object:
        findings = Collector()
        pipelines = Pipelines(resolver, findings, SILENT)
        resources = [resource for job in jobs for resource in pipelines.component(job)]
        assert resources, "nothing was rendered"
        return resources

    return once


def _alternating(one: Callable[[], object], other: Callable[[], object]) -> tuple[float, float]:
    rounds = [(_median(one, 20), _median(other, 5)) for _ in range(15)]
    return (
        statistics.median(left for left, _ in rounds),
        statistics.median(right for _, right in rounds),
    )


def _median(call: Callable[[], object], runs: int = 50) -> float:
    call()
    return statistics.median(_seconds(call) for _ in range(runs)) * 1000


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def _cold(path: Path) -> float:
    command = [sys.executable, "-c", _COLD, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(done.stdout) * 1000


def _resource_list(text: bytes) -> bytes:
    """Return what kustomize sends to a transformer."""
    items = [item for item in yaml.load_all(text, Loader=yaml.CSafeLoader) if item]
    for index, item in enumerate(items):
        metadata = item["metadata"]
        annotations = metadata.setdefault("annotations", None) or {}
        metadata["annotations"] = {
            **annotations,
            "config.kubernetes.io/index": str(index),
            "internal.config.kubernetes.io/index": str(index),
            "kustomize.config.k8s.io/id": str(index + 1),
        }
    content = {
        "apiVersion": "config.kubernetes.io/v1",
        "kind": "ResourceList",
        "items": items,
        "functionConfig": _FUNCTION_CONFIG,
    }
    return yaml.dump(json.loads(json.dumps(content, default=str)), Dumper=yaml.CSafeDumper).encode()


def _alternating_processes(stream: bytes) -> tuple[float, float]:
    function = [sys.executable, "-m", "krm_fn"]
    yardstick = [sys.executable, "-c", "import yaml"]
    rounds = [
        (_process(function, stream), _process(yardstick, b"")) for _ in range(_PROCESSES + 1)
    ][1:]
    return (
        statistics.median(left for left, _ in rounds) * 1000,
        statistics.median(right for _, right in rounds) * 1000,
    )


def _process(command: list[str], stream: bytes) -> float:
    start = time.perf_counter()
    subprocess.run(command, input=stream, check=True, capture_output=True)
    return time.perf_counter() - start
