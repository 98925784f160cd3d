"""Reads the built-in platform from package data."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

from krm_fn.findings import Collector
from krm_fn.yamlio import Document, parse

_FOLDER: Final = Path(__file__).with_name("platform")

NAMES: Final[dict[str, tuple[str, ...]]] = {
    "ClusterComponentType": ("database", "scheduled-task", "service", "web-application", "worker"),
    "ClusterDataPlane": ("default",),
    "ClusterProjectType": ("default",),
    "ClusterTrait": (
        "alert-rule",
        "horizontal-autoscaler",
        "persistent-volume",
        "pod-annotations",
    ),
    "DeploymentPipeline": ("default",),
    "Environment": ("development", "staging", "production"),
    "Project": ("default",),
}
"""What there is, by kind. The Project stands in for one of any name."""


def text(kind: str, name: str) -> str:
    """Return one built-in resource as it is written, comments and all. Raises KeyError."""
    if name not in NAMES.get(kind, ()):
        raise KeyError(f"no built-in {kind} {name}")
    return (_FOLDER / f"{kind}_{name}.yaml").read_text("utf-8")


@lru_cache(maxsize=64)
def document(kind: str, name: str) -> Document:
    """Read one built-in resource. Raises KeyError where there is none of that kind and name."""
    findings = Collector()
    documents = parse(
        text(kind, name).encode(),
        file=f"builtin/{kind}_{name}.yaml",
        mode="kubernetes",
        findings=findings,
    )
    assert not findings.has_errors()
    return documents[0]
