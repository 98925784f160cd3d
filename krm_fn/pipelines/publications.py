"""What providers publish: endpoints, read from renders of their own (spec: binding §2.5, §2.8)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from krm_fn.catalog import mapping, sequence, text
from krm_fn.connections import Endpoint, endpoint_targets, published_endpoints
from krm_fn.context import NO_DEPENDENCIES, ContextMemo
from krm_fn.findings import Collector
from krm_fn.pipelines.component import render_component
from krm_fn.resolve import ComponentJob, Data, Resolver

Target = tuple[str, str, str, str]
Endpoints = Mapping[str, Endpoint]
Connect = Callable[[ComponentJob, "Lookup"], Mapping[str, object]]

MOST_PASSES = 5
_DATA_PLANE = "dataplane"
_VARIABLE = "dependencies"
# Resources of these kinds have no part in an endpoint.
_WORKLOAD_KINDS = frozenset(
    {"Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "ConfigMap", "ExternalSecret"}
)


@dataclass(frozen=True, slots=True)
class Publication:
    """What one component publishes in one environment.

    `failed` says that it does not render. `passes` counts the renders that changed the endpoints
    of the first one, `settled` says whether a last one changed nothing.
    """

    endpoints: Endpoints
    failed: bool = False
    passes: int = 0
    settled: bool = True


Lookup = Callable[[Target], Publication]


class Publications:
    """Renders providers on demand, once, with their connections left out.

    Where a type or trait lets anything but a workload depend on connections, the provider and the
    likes of it among its own providers are rendered again with theirs, all at once, until nothing
    changes: what repeated reconciling comes to. Cycles are harmless, as passes are bounded.
    `connect` builds the `dependencies` variable of a job with the publications of a lookup.
    """

    def __init__(self, resolver: Resolver, memo: ContextMemo, connect: Connect) -> None:
        self._resolver = resolver
        self._memo = memo
        self._connect = connect
        self.jobs: list[ComponentJob] = []
        self._first: dict[Target, Publication] = {}
        self._moving: dict[Target, ComponentJob] = {}
        self._final: dict[Target, Publication] = {}
        self._reads_connections: dict[int, tuple[object, bool]] = {}

    def of(self, key: Target) -> Publication:
        """What the one binding of a target publishes."""
        final = self._final.get(key)
        if final is None:
            first = self._without_connections(key)
            final = self._settle(key) if key in self._moving else first
            self._final[key] = final
        return final

    def _without_connections(self, key: Target) -> Publication:
        known = self._first.get(key)
        if known is None:
            known = self._first[key] = self._render_first(key)
        return known

    def _render_first(self, key: Target) -> Publication:
        unseen = Collector()
        job = self._resolver.component_job(self._resolver.candidates.at(key)[0], unseen)
        if job is None:
            return Publication({}, failed=True)
        self.jobs.append(job)
        first = self._render(job, NO_DEPENDENCIES, unseen)
        if mapping(job.snapshot.workload.get("dependencies")) and (
            first.failed or self._is_moving(job)
        ):
            self._moving[key] = job
        return first

    def _render(
        self, job: ComponentJob, dependencies: Mapping[str, object], unseen: Collector
    ) -> Publication:
        rendered = render_component(job, self._memo, unseen, dependencies=dependencies) or []
        endpoints = published_endpoints(
            job,
            [item.object for item in rendered if item.plane == _DATA_PLANE],
            self._resolver.settings.cluster_domain,
        )
        return Publication(endpoints, failed=unseen.has_errors())

    def _is_moving(self, job: ComponentJob) -> bool:
        specs = [job.snapshot.type_spec, *(trait.spec for trait in job.snapshot.traits.values())]
        return any(self._reads(spec) for spec in specs)

    def _reads(self, spec: Data) -> bool:
        known = self._reads_connections.get(id(spec))
        if known is None:
            known = (spec, reads_connections(spec))
            self._reads_connections[id(spec)] = known
        return known[1]

    def _settle(self, key: Target) -> Publication:
        """Render a provider with its connections until its endpoints stay.

        Every pass starts from what the pass before published, all providers alike, so that the
        result depends neither on order nor on what else is rendered.
        """
        members = self._members(key)
        current = {member: self._first[member] for member in members}
        for passes in range(1, MOST_PASSES + 1):

            def look(target: Target, now: Mapping[Target, Publication] = current) -> Publication:
                return now.get(target) or self._without_connections(target)

            following = {
                member: self._render(job, self._connect(job, look), Collector())
                for member, job in members.items()
            }
            if following == current:
                return replace(current[key], passes=passes - 1)
            current = following
        return replace(current[key], passes=MOST_PASSES, settled=False)

    def _members(self, key: Target) -> dict[Target, ComponentJob]:
        """The provider and those of its providers, near and far, whose endpoints may move."""
        found: dict[Target, ComponentJob] = {}
        waiting = [key]
        while waiting:
            member = waiting.pop()
            if member in found:
                continue
            job = found[member] = self._moving[member]
            for target in endpoint_targets(job):
                below = (job.namespace, target.project, target.component, job.environment.name)
                bindings = self._resolver.candidates.at(below)
                if len(bindings) == 1 and not bindings[0].undeployed:
                    self._without_connections(below)
                    if below in self._moving:
                        waiting.append(below)
        return {member: found[member] for member in sorted(found)}


def reads_connections(spec: Data) -> bool:
    """Whether anything but the workload of a type or trait reads the `dependencies` variable.

    An answer by text: True may be wrong and costs a render, False is certain, because no other
    variable holds what connections are.
    """
    kept: dict[str, object] = {}
    for field, value in spec.items():
        if field in ("resources", "creates"):
            kept[field] = [item for item in sequence(value) if not _is_workload(item)]
        elif field not in ("parameters", "environmentConfigs"):
            kept[field] = value
    return _mentions(kept)


def _is_workload(entry: object) -> bool:
    template = mapping(mapping(entry).get("template"))
    return text(template.get("kind")) in _WORKLOAD_KINDS


def _mentions(tree: object) -> bool:
    if isinstance(tree, str):
        return _VARIABLE in tree
    if isinstance(tree, Mapping):
        return any(_mentions(key) or _mentions(value) for key, value in tree.items())
    return isinstance(tree, list) and any(map(_mentions, tree))
