"""Traits applied to rendered resources: creates, then patches, then removes.

In: the spec of a Trait, the drafts so far, the scope of one instance. Out: the new list of drafts
(patched ones are changed in place), or None after error findings. Also the choice of resources by
target and where clause, which `rules` shares (spec: rendering §3.9).
Upstream twin: `internal/pipeline/component/trait`.
"""

from krm_fn.traits.apply import apply_trait
from krm_fn.traits.targets import Target, fulfilling, read_target, resource_name, select

__all__ = ["Target", "apply_trait", "fulfilling", "read_target", "resource_name", "select"]
