"""The settings of one run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class Selection:
    """Which bindings to render. An empty tuple selects everything."""

    namespaces: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    data_planes: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    components: tuple[str, ...] = ()
    planes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class IdentitySettings:
    """Where UIDs come from (decision D2).

    `map` is the path of the identity map of a migration, `entries` its content once a door has
    read it (or the map itself where it was written inline): `Kind/namespace/name` → UID.
    """

    default: Literal["stable", "zero"] = "stable"
    map: str = ""
    compatibility: str = ""
    entries: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class OutputSettings:
    """What the output looks like (decision D5).

    `directory` is the folder of generated files in a kpt package; `marker` the name of the
    ConfigMap that proves to a kustomize build that the function ran (empty: no marker).
    """

    inputs: Literal["auto", "drop", "keep"] = "auto"
    directory: str = "rendered"
    layout: Literal["tree", "planes", "flat"] = "tree"
    annotations: tuple[str, ...] = ()
    hints: Literal["none", "argocd", "flux"] = "none"
    flux_substitution: Literal["none", "check", "escape", "disable"] = "none"
    marker: str = "render-marker"


@dataclass(frozen=True, slots=True)
class UserPatch:
    """A JSON Patch (RFC 6902) for rendered objects; an empty part of the target fits any.

    `operations` is the JSON text of the list of operations.
    """

    operations: str
    group: str = ""
    version: str = ""
    kind: str = ""
    namespace: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a run needs to know besides its documents.

    `sources` are folders or files to read, relative to the working directory, none of them
    outside `root` (empty: the nearest parent folder that holds `.git`).
    """

    select: Selection = field(default_factory=Selection)
    mode: Literal["render", "validate"] = "render"
    releases: Literal["auto", "pinned", "latest"] = "auto"
    sources: tuple[str, ...] = ()
    root: str = ""
    identity: IdentitySettings = field(default_factory=IdentitySettings)
    output: OutputSettings = field(default_factory=OutputSettings)
    platform: Literal["builtin", "none"] = "builtin"
    unresolved: Literal["error", "warn"] = "error"
    strict: bool = False
    allow_empty: bool = False
    cluster_domain: str = "cluster.local"
    yaml: Literal["kustomize", "kubernetes"] = "kustomize"
    patches: tuple[UserPatch, ...] = ()
