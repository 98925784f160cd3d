"""The static checker: refuses before evaluation what can never be right.

In: a syntax tree, the variables and functions it may use. Out: the type of the expression, or
`CelError` (stage check) with code `undeclared_reference`, `no_matching_overload`, `type_mismatch`,
`bad_field_selection`, `undefined_field`, `bad_comprehension_range`, `format` or `limit`.
Upstream twin: `github.com/google/cel-go/checker`.
"""

from krm_fn.cel.checker.checker import check

__all__ = ["check"]
