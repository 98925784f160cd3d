"""`Trace`, the recorder of provenance."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from krm_fn.findings import Origin

Path = tuple[str | int, ...]

StepKind = Literal[
    "template",  # a literal or an expression of a type's resource template
    "create",  # the same of a trait's creates
    "patch",  # the value of a trait's patch operation
    "label",  # platform labels laid over the resource
    "hash",  # the dp-resource-hash annotation
    "policy",  # the generated network policy
    "annotation",  # annotations of this function or of the apply step
    "default",  # a schema default
    "parameter",  # a value of the Component, the Workload or the release snapshot
    "override",  # a value of the binding (environmentConfigs, workloadOverrides)
    "platform",  # Environment, DataPlane, computed metadata
    "embedded",  # a value bound by the ComponentType for an embedded trait
]


@dataclass(frozen=True, slots=True)
class Step:
    """One act that set a value.

    `origin` is where the deciding text stands; `expression` the CEL text or template string, if
    any; `inputs` the context paths that the expression reads (`parameters.replicas`), each of
    which has a chain of its own in the record of its scope; `value` what was written.
    """

    kind: StepKind
    origin: Origin | None
    value: object
    expression: str = ""
    inputs: tuple[str, ...] = ()
    note: str = ""


@dataclass(slots=True, eq=False)
class Record:
    """The chains of one tree (a rendered resource or a scope): path → steps, oldest first.

    `scope` is the record of the context that a resource's expressions were evaluated against, and
    `values` that context itself (so that a chain can be replayed).
    """

    name: str
    chains: dict[Path, list[Step]] = field(default_factory=dict)
    scope: Record | None = None
    values: Mapping[str, object] | None = None

    def write(self, path: Path, step: Step) -> None:
        """Append a step to the chain of `path`."""
        self.chains.setdefault(path, []).append(step)

    def remove(self, path: Path) -> None:
        """Forget a removed subtree."""
        size = len(path)
        for known in [known for known in self.chains if known[:size] == path]:
            del self.chains[known]

    def chain(self, path: Path) -> list[Step]:
        """Return the steps for a leaf: its own, else those of the nearest parent that was set."""
        for size in range(len(path), -1, -1):
            steps = self.chains.get(path[:size])
            if steps:
                return steps
        return []


class Trace:
    """The silent trace: hands out no records. `enabled` tells the rooms not to bother."""

    enabled: bool = False

    def record(self, name: str) -> Record:
        """Open a record. Only called when `enabled`."""
        raise NotImplementedError("a silent trace keeps no records")


class Recorder(Trace):
    """Keeps every record, in the order in which they were opened."""

    enabled = True

    def __init__(self) -> None:
        self._records: list[Record] = []

    def __iter__(self) -> Iterator[Record]:
        return iter(self._records)

    def record(self, name: str) -> Record:
        """Open and keep a record."""
        record = Record(name)
        self._records.append(record)
        return record


SILENT = Trace()
