"""Bindings → jobs: everything that one render needs, looked up and frozen.

In: a `Catalog` and `Settings`. Out: `ComponentJob`s, `ProjectJob`s and `ResourceJob`s in stated
order, and findings for what a controller would report as a failed lookup.
Upstream twins: `internal/controller/{component,releasebinding,projectreleasebinding,
resourcereleasebinding}`.
"""

from krm_fn.resolve.component_sources import pipeline_name
from krm_fn.resolve.content_hash import content_hash, release_name
from krm_fn.resolve.jobs import (
    ComponentJob,
    ComponentSnapshot,
    Data,
    DataPlaneView,
    EnvironmentView,
    TraitInstance,
    TraitSnapshot,
)
from krm_fn.resolve.owner_jobs import OwnerJob
from krm_fn.resolve.owner_releases import (
    PROJECT,
    RESOURCE,
    OwnerKind,
    find_type,
)
from krm_fn.resolve.owner_releases import release_spec as owner_release_spec
from krm_fn.resolve.release_spec import component_release_spec
from krm_fn.resolve.resolver import Resolver

__all__ = [
    "PROJECT",
    "RESOURCE",
    "ComponentJob",
    "ComponentSnapshot",
    "Data",
    "DataPlaneView",
    "EnvironmentView",
    "OwnerJob",
    "OwnerKind",
    "Resolver",
    "TraitInstance",
    "TraitSnapshot",
    "component_release_spec",
    "content_hash",
    "find_type",
    "owner_release_spec",
    "pipeline_name",
    "release_name",
]
