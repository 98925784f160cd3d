"""From a syntax tree to a Python function.

In: an expression, what its names mean. Out: a function from the activation (name → value) to the
CEL value; it raises `CelError` (stage eval) with the place of the failing node. Plain paths become
closures; everything else becomes generated source, one function per expression, in which
comprehensions are loops and conditionals are `if`. Twin: `cel-go/interpreter/planner.go`.
"""

from krm_fn.cel.planner.planning import Names
from krm_fn.cel.planner.programs import Evaluate, plan, references_of

__all__ = ["Evaluate", "Names", "plan", "references_of"]
