"""What the control plane's webhooks refuse, beyond the schemas of the kinds.

In: a stored document (`models.admit` has been over it) and its kind. Out: `Violation`s with a code,
a path and a hint. Looks at one document at a time and at equal contents once; what needs several
documents is the work of `checks`. Expressions of types and traits are judged against static types:
those of the schemas and of the context.

Upstream twins: `internal/webhook` and `internal/validation` of OpenChoreo. Behaviour: spec binding
§8.2 to §8.7.
"""

from krm_fn.admission.review import review

__all__ = ["review"]
