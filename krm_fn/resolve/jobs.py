"""The frozen inputs of one render."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from krm_fn.catalog import CatalogResource, Reads
from krm_fn.findings import Origin, ResourceReference

Data = Mapping[str, object]


@dataclass(frozen=True, slots=True, eq=False)
class DataPlaneView:
    """A DataPlane, or a ClusterDataPlane seen as one (spec: binding §2.2).

    `gateway` and `observability_plane_ref` are None when not set. `has_observability_plane` says
    whether the plane that the reference leads to (or the default one) is in the catalog.
    """

    resource: CatalogResource
    uid: str
    gateway: Data | None
    secret_store: str
    observability_plane_ref: Data | None
    annotations: Mapping[str, str]
    has_observability_plane: bool

    @property
    def name(self) -> str:
        """The name of the plane object."""
        return self.resource.name


@dataclass(frozen=True, slots=True, eq=False)
class EnvironmentView:
    """An Environment with the plane it leads to.

    `gateway` is the Environment's own; `merged_gateway` has it laid over the data plane's
    (None when neither has one). `notification_channel` is empty when there is no default channel.
    """

    resource: CatalogResource
    uid: str
    data_plane: DataPlaneView
    gateway: Data | None
    merged_gateway: Data | None
    notification_channel: str

    @property
    def name(self) -> str:
        """The name of the Environment."""
        return self.resource.name


@dataclass(frozen=True, slots=True, eq=False)
class TraitSnapshot:
    """A Trait or ClusterTrait as the release froze it. `origin` points at its spec."""

    kind: str
    name: str
    spec: Data
    origin: Origin


@dataclass(frozen=True, slots=True, eq=False)
class TraitInstance:
    """A trait of a component. `origin` points at the entry of the list."""

    kind: str
    name: str
    instance_name: str
    parameters: object
    origin: Origin

    @property
    def key(self) -> str:
        """The lookup key: a Trait and a ClusterTrait may share a name."""
        return f"{self.kind}:{self.name}"


@dataclass(frozen=True, slots=True, eq=False)
class ComponentSnapshot:
    """A ComponentRelease: what the component was when the release was cut.

    `type_name` is the full reference (`deployment/service`). The origins point at the spec of the
    type, at the parameters and at the workload.
    """

    release_name: str
    namespace: str
    project: str
    component: str
    type_kind: str
    type_name: str
    type_spec: Data
    type_origin: Origin
    traits: Mapping[str, TraitSnapshot]
    parameters: object
    parameters_origin: Origin
    instances: tuple[TraitInstance, ...]
    workload: Data
    workload_origin: Origin

    @property
    def workload_type(self) -> str:
        """The workload type of the frozen type, such as `deployment`."""
        value = self.type_spec.get("workloadType")
        return value if isinstance(value, str) else ""


@dataclass(frozen=True, slots=True, eq=False)
class ComponentJob:
    """One component in one environment, ready to render.

    `binding` names the ReleaseBinding (which may exist only here, see `synthesized`), `spec` is
    its spec. `secret_references` maps the name of each SecretReference in use to its `spec.data`.
    """

    binding: ResourceReference
    spec: Data
    origin: Origin
    synthesized: bool
    namespace: str
    project: str
    component: str
    environment: EnvironmentView
    snapshot: ComponentSnapshot
    component_uid: str
    project_uid: str
    secret_references: Mapping[str, tuple[Data, ...]]
    restarted_at: str = ""
    reads: Reads = field(default_factory=Reads)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Namespace, project, component, environment."""
        return (self.namespace, self.project, self.component, self.environment.name)
