"""ProjectType, ClusterProjectType and ProjectRelease: they have no webhook, so all is advice."""

from __future__ import annotations

from collections.abc import Iterator

from krm_fn.admission.memory import once_per_content
from krm_fn.admission.shapes import Node, below, child
from krm_fn.admission.typed import project_type_expressions
from krm_fn.schema import Violation


@once_per_content
def project_type_rules(spec: Node) -> Iterator[Violation]:
    """Warn of what will not render; paths are below `spec`."""
    yield from project_type_expressions(spec)


def project_release_rules(spec: Node) -> Iterator[Violation]:
    """Warn of what will not render; paths are below `spec`."""
    for violation in project_type_rules(child(child(spec, "projectType"), "spec")):
        yield below(violation, "projectType", "spec")
