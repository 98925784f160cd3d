"""Bindings → jobs: everything that one render needs, looked up and frozen.

In: a `Catalog` and `Settings`. Out: `ComponentJob`s, `ProjectJob`s and `ResourceJob`s in stated
order, and findings for what a controller would report as a failed lookup.
Upstream twins: `internal/controller/{component,releasebinding,projectreleasebinding,
resourcereleasebinding}`.
"""

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
from krm_fn.resolve.resolver import Resolver

__all__ = [
    "ComponentJob",
    "ComponentSnapshot",
    "Data",
    "DataPlaneView",
    "EnvironmentView",
    "OwnerJob",
    "Resolver",
    "TraitInstance",
    "TraitSnapshot",
]
