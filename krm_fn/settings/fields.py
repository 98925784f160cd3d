"""The one table of settings: what may be said, and what values it takes.

The parser, the JSON Schema and the reference page are made from it (decision D4).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Shape = Literal["word", "words", "switch", "choice", "name or switch", "file or map", "patches"]


@dataclass(frozen=True, slots=True)
class Field:
    """One setting: its path below `spec`, the attribute of `Settings` it fills, its shape."""

    path: str
    attribute: str
    shape: Shape
    meaning: str
    choices: tuple[str, ...] = ()
    short: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The last word of the path."""
        return self.path.rpartition(".")[2]


def _select(
    name: str, attribute: str, singular: str, meaning: str, choices: tuple[str, ...] = ()
) -> Field:
    path, filled = f"select.{name}", f"select.{attribute}"
    return Field(path, filled, "words", meaning, choices, (name, singular))


FIELDS: Final = (
    _select("environments", "environments", "environment", "Environments to render."),
    _select("projects", "projects", "project", "Projects to render."),
    _select("components", "components", "component", "Components to render."),
    _select("namespaces", "namespaces", "namespace", "OpenChoreo namespaces to render."),
    _select("dataPlanes", "data_planes", "dataPlane", "Data planes whose environments to render."),
    _select(
        "planes",
        "planes",
        "plane",
        "Target planes whose resources to emit.",
        ("dataplane", "observabilityplane"),
    ),
    Field(
        "mode",
        "mode",
        "choice",
        "render, or validate: report findings and add nothing (for `validators:`).",
        ("render", "validate"),
    ),
    Field(
        "releases",
        "releases",
        "choice",
        "pinned demands releases in Git; latest previews current sources; auto uses what is there.",
        ("auto", "pinned", "latest"),
    ),
    Field(
        "sources",
        "sources",
        "words",
        "Folders and files to read, relative to the kustomization (the working directory).",
    ),
    Field(
        "root",
        "root",
        "word",
        "Folder that no source may leave. Default: the nearest parent that holds .git.",
    ),
    Field(
        "identity.default",
        "identity.default",
        "choice",
        "UIDs of objects that carry none: stable (from their name), or the all-zero UUID.",
        ("stable", "zero"),
    ),
    Field(
        "identity.map",
        "identity.map",
        "file or map",
        "Identity map of a migration: a YAML file, or Kind/namespace/name: uid entries.",
    ),
    Field(
        "identity.compatibility",
        "identity.compatibility",
        "word",
        "Reserved for the identities of an older version; says so when it is set.",
    ),
    Field(
        "output.inputs",
        "output.inputs",
        "choice",
        "What becomes of OpenChoreo items: auto drops them under kustomize, keeps them under kpt.",
        ("auto", "drop", "keep"),
        ("inputs",),
    ),
    Field(
        "output.directory",
        "output.directory",
        "word",
        "Folder of generated files in a kpt package.",
    ),
    Field(
        "output.layout",
        "output.layout",
        "choice",
        "tree: environment/namespace/kind_name.yaml; planes: the tree of each plane below"
        " dataPlane/plane; flat: no folders.",
        ("tree", "planes", "flat"),
        ("layout",),
    ),
    Field(
        "output.annotations",
        "output.annotations",
        "words",
        "Annotations to add: origin names source files, readyWhen carries a ResourceType's.",
        ("origin", "readyWhen"),
        ("annotations",),
    ),
    Field(
        "output.marker",
        "output.marker",
        "name or switch",
        "Name of the marker ConfigMap in a kustomize build; false for none.",
        (),
        ("marker",),
    ),
    Field(
        "output.hints",
        "output.hints",
        "choice",
        "Order and retention for a delivery tool: Argo CD's annotations; Flux's and a folder per"
        " group.",
        ("none", "argocd", "flux"),
        ("hints",),
    ),
    Field(
        "output.fluxSubstitution",
        "output.flux_substitution",
        "choice",
        "Texts that Flux's postBuild would change: check makes them errors, escape doubles the"
        " dollars, disable annotates the object.",
        ("none", "check", "escape", "disable"),
        ("fluxSubstitution",),
    ),
    Field(
        "platform",
        "platform",
        "choice",
        "Whether the built-in types, planes and environments stand in for what Git does not hold.",
        ("builtin", "none"),
    ),
    Field(
        "unresolved",
        "unresolved",
        "choice",
        "What a dependency that cannot be resolved is.",
        ("error", "warn"),
    ),
    Field("strict", "strict", "switch", "Fail on warnings too."),
    Field("allowEmpty", "allow_empty", "switch", "Accept a render without any object."),
    Field("clusterDomain", "cluster_domain", "word", "DNS domain of the clusters."),
    Field(
        "yaml",
        "yaml",
        "choice",
        "How plain scalars are read: as kustomize or as kubectl does.",
        ("kustomize", "kubernetes"),
    ),
    Field(
        "patches",
        "patches",
        "patches",
        "JSON Patches (RFC 6902) for rendered objects: target (group, version, kind, namespace,"
        " name) and patch, a list of operations.",
    ),
)

BY_PATH: Final = {field.path: field for field in FIELDS}
GROUPS: Final = tuple(
    dict.fromkeys(field.path.partition(".")[0] for field in FIELDS if "." in field.path)
)
FLAT: Final = {
    **{short: field for field in FIELDS for short in field.short},
    **BY_PATH,
}
