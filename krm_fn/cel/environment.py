"""`Environment` and `Program`: compile once, evaluate many times.

Twins: `cel.Env` and `cel.Program` of cel-go.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from krm_fn.cel.checker import check
from krm_fn.cel.declarations import Library, MacroTable, function_table, macro_table
from krm_fn.cel.errors import CelError
from krm_fn.cel.functions import FunctionTable
from krm_fn.cel.macros import (
    LIST_MACROS,
    MATH_MACROS,
    OPTIONAL_MACROS,
    STANDARD_MACROS,
    TWO_VARIABLE_MACROS,
)
from krm_fn.cel.parser import parse
from krm_fn.cel.planner import Names, plan, references_of
from krm_fn.cel.syntax import Call
from krm_fn.cel.types import parse_type
from krm_fn.cel.values.kinds import Value

if TYPE_CHECKING:
    from krm_fn.cel.checker.checker import Variables
    from krm_fn.cel.syntax import Expr

MAXIMUM_PROGRAMS = 4000
"""Compiled expressions an environment keeps; beyond that the oldest half goes."""

DEEP_RECURSION = 20_000
"""Python frames allowed for an expression that nests deeply; the grammar itself allows 250."""

MAXIMUM_ENVIRONMENTS = 500
"""Sets of variables whose compiled expressions are kept."""


class Program:
    """A compiled expression.

    `function` takes the activation (variable name → plain Python data) and returns a CEL value or
    raises `CelError` (stage eval, with the place of the failing node). `path` is the tuple of
    names if the whole expression is a plain field path such as `metadata.name`, else None.
    `result_type` is the type the checker found, as text (`dyn` if it did not run).
    """

    __slots__ = ("_names", "_references", "_tree", "function", "path", "result_type", "text")

    function: Callable[[Mapping[str, object]], Value]

    def __init__(self, text: str, tree: Expr, names: Names, result_type: str) -> None:
        self.text = text
        self.result_type = result_type
        self._tree = tree
        self._names = names
        self._references: tuple[tuple[str, ...], ...] | None = None
        self.function, self.path = plan(tree, names)

    @property
    def references(self) -> tuple[tuple[str, ...], ...]:
        """Return the context paths the expression reads, such as `("parameters", "replicas")`."""
        if self._references is None:
            self._references = references_of(self._tree, self._names)
        return self._references

    @property
    def called(self) -> str:
        """Return the name of the function that the whole expression calls, such as `split`."""
        return self._tree.function if isinstance(self._tree, Call) else ""

    def evaluate(self, activation: Mapping[str, object]) -> Value | CelError:
        """Return the value, or the error as a value."""
        try:
            return self.function(activation)
        except CelError as error:
            return error

    def __repr__(self) -> str:
        return f"Program({self.text!r})"


_Programs = dict[tuple[str, bool], "Program | CelError"]
_PROGRAMS: dict[object, _Programs] = {}


@lru_cache(maxsize=100)
def _macros(libraries: tuple[Library, ...]) -> MacroTable:
    own = [macro for library in libraries for macro in library.macros]
    return macro_table(
        [
            *STANDARD_MACROS,
            *TWO_VARIABLE_MACROS,
            *LIST_MACROS,
            *MATH_MACROS,
            *OPTIONAL_MACROS,
            *own,
        ]
    )


@lru_cache(maxsize=100)
def functions_of(libraries: tuple[Library, ...]) -> FunctionTable:
    """Return the functions of the standard library and of these libraries."""
    own = [function for library in libraries for function in library.functions]
    return FunctionTable(function_table(own))


@lru_cache(maxsize=MAXIMUM_PROGRAMS)
def parsed(text: str, libraries: tuple[Library, ...]) -> Expr:
    """Return the tree of an expression, which nobody changes; raises `CelError` (stage parse)."""
    return parse(text, _macros(libraries))


class Environment:
    """What expressions can see: variables, and the functions and macros of libraries.

    The standard library and the extension libraries of OpenChoreo's configuration are always
    there. Environments are cheap: those with equal arguments share tables and compiled programs.
    `variable_types` gives variables a static type (text such as `map(string, int)`); all others
    are `dyn`. `container` is the namespace names are looked up in first.
    """

    __slots__ = ("_declared", "_programs", "container", "libraries", "names", "variable_types")

    def __init__(
        self,
        variables: Iterable[str],
        libraries: Sequence[Library] = (),
        container: str = "",
        variable_types: Mapping[str, str] | None = None,
    ) -> None:
        declared = frozenset(variables)
        self.libraries = tuple(libraries)
        self.container = container
        self.variable_types = dict(variable_types or {})
        self.names = Names(declared, functions_of(self.libraries), container)
        self._declared: Variables = declared
        if self.variable_types:
            self._declared = {
                name: parse_type(self.variable_types.get(name, "dyn")) for name in declared
            }
        key = (declared, self.libraries, container, tuple(sorted(self.variable_types.items())))
        programs = _PROGRAMS.get(key)
        if programs is None:
            if len(_PROGRAMS) >= MAXIMUM_ENVIRONMENTS:
                del _PROGRAMS[next(iter(_PROGRAMS))]
            programs = _PROGRAMS[key] = {}
        self._programs = programs

    @property
    def variables(self) -> frozenset[str]:
        """Return the declared variables."""
        return self.names.variables

    def compile(self, text: str, *, check: bool = True) -> Program:
        """Return the program of an expression, from the cache if it was compiled before.

        Raises `CelError` with stage parse, check or program; failures are remembered too.
        `check=False` leaves the type checker out: what it would refuse fails when evaluated.
        """
        found = self._programs.get((text, check))
        if found is None:
            found = self._compile(text, checked=check)
            if len(self._programs) >= MAXIMUM_PROGRAMS:
                for old in list(self._programs)[: MAXIMUM_PROGRAMS // 2]:
                    del self._programs[old]
            self._programs[text, check] = found
        if type(found) is CelError:
            raise found.copy()
        return found  # type: ignore[return-value]

    def _compile(self, text: str, *, checked: bool) -> Program | CelError:
        """Compile; where Python's own stack is too short for the nesting, with more of it."""
        try:
            outcome = self._attempt(text, checked=checked)
        except RecursionError:
            outcome = None
        if outcome is None or (type(outcome) is CelError and outcome.code == "limit"):
            usual = sys.getrecursionlimit()
            sys.setrecursionlimit(max(usual, DEEP_RECURSION))
            try:
                return self._attempt(text, checked=checked)
            finally:
                sys.setrecursionlimit(usual)
        return outcome

    def _attempt(self, text: str, *, checked: bool) -> Program | CelError:
        try:
            tree = parsed(text, self.libraries)
            result_type = self._check(tree) if checked else "dyn"
            return Program(text, tree, self.names, result_type)
        except CelError as error:
            return error.with_traceback(None)

    def _check(self, tree: Expr) -> str:
        return str(check(tree, self._declared, self.names.functions, self.container))
