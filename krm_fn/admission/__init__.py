"""What the control plane's webhooks refuse, beyond the schemas of the kinds.

In: a stored document (`models.admit` has been over it) and its kind. Out: `Violation`s with a code,
a path and a hint. Looks at one document at a time; what needs several is checked where they meet.

Upstream twins: `internal/webhook` and `internal/validation` of OpenChoreo. Behaviour: spec binding
§8.2 to §8.6, without the typed checks of expressions.
"""

from krm_fn.admission.review import review

__all__ = ["review"]
