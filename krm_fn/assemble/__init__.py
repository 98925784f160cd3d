"""Drafts → finished resources: labels, hash, policies, ids, order.

In: drafts and the job they belong to. Out: `RenderedResource`s in the reference's order.
Upstream twins: `internal/pipeline/component` (post-processing), `internal/networkpolicy`,
`internal/controller/releasebinding` (packing).
"""

from krm_fn.assemble.component import finish_component
from krm_fn.assemble.delivery_hints import GROUPS as DELIVERY_GROUPS
from krm_fn.assemble.delivery_hints import add_hints, delivery_group
from krm_fn.assemble.duplicates import Identity, identity_of, report_duplicates
from krm_fn.assemble.order import run_order
from krm_fn.assemble.origins import annotate_origins
from krm_fn.assemble.owner import finish_owner
from krm_fn.assemble.rendered import RenderedResource, resource_id
from krm_fn.assemble.user_patches import apply_user_patches

__all__ = [
    "DELIVERY_GROUPS",
    "Identity",
    "RenderedResource",
    "add_hints",
    "annotate_origins",
    "apply_user_patches",
    "delivery_group",
    "finish_component",
    "finish_owner",
    "identity_of",
    "report_duplicates",
    "resource_id",
    "run_order",
]
