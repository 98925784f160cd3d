"""Find any OpenChoreo resource by kind, namespace and name, or by its owner.

In: documents. Out: a `Catalog` of admitted resources (CRD defaults applied, unknown fields pruned)
and the documents that are not ours. Every lookup may name a `Reads` that remembers it.
Upstream twin: the API server and the informer indexes of OpenChoreo's controllers.
"""

from krm_fn.catalog.build import build
from krm_fn.catalog.catalog import (
    Catalog,
    CatalogResource,
    Fallback,
    Reads,
    mapping,
    sequence,
    strings,
    text,
)
from krm_fn.catalog.kinds import CLUSTER_SCOPED_KINDS, KINDS, is_open_choreo

__all__ = [
    "CLUSTER_SCOPED_KINDS",
    "KINDS",
    "Catalog",
    "CatalogResource",
    "Fallback",
    "Reads",
    "build",
    "is_open_choreo",
    "mapping",
    "sequence",
    "strings",
    "text",
]
