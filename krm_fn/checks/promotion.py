"""The order in which environments get a release (spec: binding §6.2, §8).

Git holds the present only: that a later environment pins an older release is the usual state. So
only what cannot have been promoted is reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from krm_fn.catalog import CatalogResource, mapping, sequence, text
from krm_fn.findings import Collector, Severity
from krm_fn.resolve import ComponentJob, Resolver, component_release_spec, release_name

_NUMBERS: Final = r"\d+"
_HASHED: Final = r"-[0-9a-f]{8}\Z"


class PromotionGraph:
    """The environments of a pipeline; `before` lists all that come before an environment."""

    __slots__ = ("before", "environments", "pipeline")

    def __init__(self, pipeline: CatalogResource) -> None:
        self.pipeline = pipeline
        sources: dict[str, list[str]] = {}
        for path in map(mapping, sequence(pipeline.spec.get("promotionPaths"))):
            source = _name(path.get("sourceEnvironmentRef"))
            sources.setdefault(source, [])
            for target in map(_name, sequence(path.get("targetEnvironmentRefs"))):
                sources.setdefault(target, []).append(source)
        self.environments = frozenset(sources)
        self.before: dict[str, frozenset[str]] = {}
        for name, direct in sources.items():
            reached: set[str] = set()
            pending = list(direct)
            while pending:
                source = pending.pop()
                if source not in reached:
                    reached.add(source)
                    pending += sources[source]
            self.before[name] = frozenset(reached - {name})


class Promotions:
    """The pipelines of a run by project, and the rule about them."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._graphs: dict[tuple[str, str], PromotionGraph | None] = {}

    def graph(self, namespace: str, project: str) -> PromotionGraph | None:
        """Return the pipeline of a project; None where one of the two is missing."""
        key = (namespace, project)
        if key not in self._graphs:
            self._graphs[key] = self._find(namespace, project)
        return self._graphs[key]

    def check(self, components: Iterable[ComponentJob], findings: Collector) -> None:
        """Report every binding whose release no earlier environment can have had."""
        for job in components:
            pinned = text(job.spec.get("releaseName"))
            graph = self.graph(job.namespace, job.project)
            before = graph.before.get(job.environment.name) if graph is not None else None
            if not pinned or not before or job.synthesized:
                continue
            earlier = self._earlier(job, before)
            if earlier:
                problem = self._problem(job, pinned, sorted(before), earlier)
                severity = Severity.WARNING
            elif self._resolver.settings.mode == "validate":
                problem = _first_of(job, sorted(before))
                severity = Severity.INFO
            else:
                problem = ""
            if problem:
                findings.add(
                    "promotion-skipped",
                    problem,
                    origin=job.origin.child("releaseName"),
                    severity=severity,
                    context=job.binding,
                )

    def _earlier(self, job: ComponentJob, before: Iterable[str]) -> list[str]:
        """List what earlier environments pin; an empty name where they render current sources."""
        return [
            text(found.spec.get("releaseName")) if found.latest is None else ""
            for name in sorted(before)
            for found in self._resolver.candidates.at(
                (job.namespace, job.project, job.component, name)
            )
        ]

    def _find(self, namespace: str, project: str) -> PromotionGraph | None:
        catalog = self._resolver.catalog
        owner = catalog.get("Project", namespace, project)
        if owner is None:
            return None
        name = _name(owner.spec.get("deploymentPipelineRef"))
        pipeline = catalog.get("DeploymentPipeline", namespace, name)
        return None if pipeline is None else PromotionGraph(pipeline)

    def _problem(
        self, job: ComponentJob, pinned: str, before: Sequence[str], pins: Sequence[str]
    ) -> str:
        if pinned in pins or "" in pins:
            return ""
        if all(_is_newer(pinned, pin) for pin in pins):
            why = f"is newer than {', '.join(pins)}"
        elif pinned == self._current(job):
            why = "is the release of the current sources"
        else:
            return ""
        return (
            f'release "{pinned}" is in "{job.environment.name}" before it is in {_listed(before)},'
            f" which come first: it {why}"
        )

    def _current(self, job: ComponentJob) -> str:
        """Return the name of the release that the current sources give, if it can be cut."""
        sources = self._resolver.candidates.sources_of(job.namespace, job.project, job.component)
        if sources is None or not re.search(_HASHED, text(job.spec.get("releaseName"))):
            return ""
        return release_name(job.component, component_release_spec(sources))


def _first_of(job: ComponentJob, before: Sequence[str]) -> str:
    """Say that a component begins late; it may be meant so."""
    return (
        f'component "{job.component}" is deployed in "{job.environment.name}", but not in'
        f" {_listed(before)}, which come first"
    )


def _listed(names: Iterable[str]) -> str:
    return " or ".join(f'"{name}"' for name in names)


def _is_newer(name: str, other: str) -> bool:
    """Compare counted names such as `cart-20260102-1`; hashes tell nothing about age."""
    if re.search(_HASHED, name) or re.search(_HASHED, other):
        return False
    if re.sub(_NUMBERS, "#", name) != re.sub(_NUMBERS, "#", other):
        return False
    numbers, others = re.findall(_NUMBERS, name), re.findall(_NUMBERS, other)
    return [int(number) for number in numbers] > [int(number) for number in others]


def _name(reference: object) -> str:
    """Read a reference; a bare string is the old form."""
    if isinstance(reference, Mapping):
        return text(reference.get("name"))
    return text(reference)
