"""`TypedEnvironment`: what an expression would give, without evaluating or even planning it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from krm_fn.cel.checker import check
from krm_fn.cel.declarations import Library
from krm_fn.cel.environment import functions_of, parsed
from krm_fn.cel.errors import CelError
from krm_fn.cel.types import DYN, Type


class TypedEnvironment:
    """Variables with static types, and libraries of functions and macros."""

    __slots__ = ("libraries", "variables")

    def __init__(self, variables: Mapping[str, Type], libraries: Sequence[Library] = ()) -> None:
        self.variables = dict(variables)
        self.libraries = tuple(libraries)

    def result_type(self, text: str) -> Type:
        """Return the type of an expression; dyn where it nests too deeply for a verdict.

        Raises `CelError` with stage parse or check.
        """
        try:
            tree = parsed(text, self.libraries)
            return check(tree, self.variables, functions_of(self.libraries))
        except RecursionError:
            return DYN
        except CelError as error:
            if error.code == "limit" and error.stage == "check":
                return DYN
            raise
