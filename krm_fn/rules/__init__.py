"""The rules that types and traits set for themselves, before and after rendering.

In: the spec of a ComponentType or Trait with its scope, later the drafts. Out: a yes or no, and
one finding for each rule that fails: a component with three mistakes hears of all three (spec:
rendering §3.8, §3.10). Upstream twins: `validation.go` and `postrender.go` of
`internal/pipeline/component`.
"""

from krm_fn.rules.after import Owner, check_after_render
from krm_fn.rules.before import check_before_render

__all__ = ["Owner", "check_after_render", "check_before_render"]
