"""What an environment offers to expressions: functions, macros, and the libraries they come in.

Declarations are data. A library lists its functions with the signatures of their overloads as
text, and its macros; the parser expands the macros, the checker reads the signatures (and parses
them only when a call needs them), the planner calls the implementations. Nothing of it changes
once made; an environment is known by the identity of its libraries, so keep these in constants.
Twins: `cel-go/common/decls` and `cel-go/parser.Macro`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from krm_fn.cel.errors import CelError
from krm_fn.cel.syntax import Call, Expr

VARIADIC = -1
"""The argument count of a macro that takes any number of arguments."""

Implementation = Callable[..., Any]
"""Takes CEL values (the receiver first, for a method), returns one; raises `CelError`."""


class Overload:
    """One way to call a function.

    `signature` is text: `lists.range(int) -> list(int)` for a function,
    `list(A).slice(int, int) -> list(A)` for a method (its receiver stands before the dot).
    A single capital letter is a type parameter. `types.parse_signature` reads it.
    `implementation` is None where only the checker or the planner knows the function.
    """

    __slots__ = ("id", "implementation", "signature")

    def __init__(
        self,
        id: str,  # noqa: A002 - the name CEL gives it
        signature: str,
        implementation: Implementation | None = None,
    ) -> None:
        self.id = id
        self.signature = signature
        self.implementation = implementation

    def __repr__(self) -> str:
        return f"Overload({self.signature!r})"


class Function:
    """A function, method or operator (`_+_`) under one name, with its overloads in order."""

    __slots__ = ("name", "overloads")

    def __init__(self, name: str, overloads: tuple[Overload, ...]) -> None:
        self.name = name
        self.overloads = overloads

    def __repr__(self) -> str:
        return f"Function({self.name!r}, {self.overloads!r})"


MacroExpander = Callable[[Call], Expr | None]
"""Takes the call as parsed, returns what replaces it, or None to leave it a plain call.

`call.target` is None for a global macro; `call.offset` is the place of the opening parenthesis,
where new nodes belong. Raises `CelError` (stage parse; see `macro_error`) on bad arguments.
"""


class Macro:
    """A call that is rewritten while parsing: `name` with `argument_count` arguments.

    `argument_count` is `VARIADIC` for any number; an exact count is tried first. `receiver` tells
    a method-like macro (`x.name(…)`) from a global one (`name(…)`). `key` is what the parser looks
    a macro up by.
    """

    __slots__ = ("argument_count", "expand", "key", "name", "receiver")

    def __init__(
        self,
        name: str,
        argument_count: int,
        receiver: bool,  # noqa: FBT001 - a table of macros reads best in columns
        expand: MacroExpander,
    ) -> None:
        self.name = name
        self.argument_count = argument_count
        self.receiver = receiver
        self.expand = expand
        self.key: MacroKey = (name, argument_count, receiver)

    def __repr__(self) -> str:
        return f"Macro{self.key}"


MacroKey = tuple[str, int, bool]
MacroTable = Mapping[MacroKey, Macro]


class Library:
    """A named set of functions and macros. A later library adds overloads to an earlier one."""

    __slots__ = ("functions", "macros", "name")

    def __init__(
        self, name: str, functions: tuple[Function, ...] = (), macros: tuple[Macro, ...] = ()
    ) -> None:
        self.name = name
        self.functions = functions
        self.macros = macros

    def __repr__(self) -> str:
        return f"Library({self.name!r})"


def macro_error(message: str, offset: int) -> CelError:
    """Return the error of a macro that cannot be expanded, for an expander to raise."""
    return CelError("macro_argument", message, offset, "parse")


def macro_table(macros: Iterable[Macro]) -> dict[MacroKey, Macro]:
    """Return the macros by key, as `parse` wants them. A later macro replaces an earlier one."""
    return {macro.key: macro for macro in macros}


def function_table(functions: Iterable[Function]) -> dict[str, Function]:
    """Return the functions by name, as `check` wants them.

    Functions of the same name are joined: the overloads of the later one come after.
    """
    table: dict[str, Function] = {}
    for function in functions:
        known = table.get(function.name)
        if known is not None:
            function = Function(function.name, known.overloads + function.overloads)  # noqa: PLW2901
        table[function.name] = function
    return table
