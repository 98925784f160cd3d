"""The Common Expression Language, as OpenChoreo configures it; usable on its own.

In: expression text, the names of the variables, libraries of extra functions and macros.
Out: compiled `Program`s that evaluate plain Python data to plain Python values; errors are
`CelError`s. Knows nothing of Kubernetes or OpenChoreo. Upstream twin: `github.com/google/cel-go`
v0.30.0.

    >>> from krm_fn.cel import Environment
    >>> program = Environment(["name"]).compile("'hello ' + name")
    >>> program.evaluate({"name": "world"})
    'hello world'
"""

from krm_fn.cel.declarations import VARIADIC, Function, Library, Macro, Overload, macro_error
from krm_fn.cel.environment import Environment, Program
from krm_fn.cel.errors import CelError
from krm_fn.cel.static import TypedEnvironment
from krm_fn.cel.syntax import Call, Expr, Ident, ListExpr, Select
from krm_fn.cel.types import (
    BOOL,
    BYTES,
    DOUBLE,
    DURATION,
    DYN,
    INT,
    STRING,
    TIMESTAMP,
    Type,
    list_type,
    map_type,
    object_type,
)
from krm_fn.cel.values import (
    CelMap,
    Duration,
    Optional,
    Timestamp,
    TypeValue,
    Uint,
    Value,
    display,
    equals,
    format_double,
    format_plain_double,
    make_map,
    register_type,
    sorted_items,
    type_name,
)

__all__ = [
    "BOOL",
    "BYTES",
    "DOUBLE",
    "DURATION",
    "DYN",
    "INT",
    "STRING",
    "TIMESTAMP",
    "VARIADIC",
    "Call",
    "CelError",
    "CelMap",
    "Duration",
    "Environment",
    "Expr",
    "Function",
    "Ident",
    "Library",
    "ListExpr",
    "Macro",
    "Optional",
    "Overload",
    "Program",
    "Select",
    "Timestamp",
    "Type",
    "TypeValue",
    "TypedEnvironment",
    "Uint",
    "Value",
    "display",
    "equals",
    "format_double",
    "format_plain_double",
    "list_type",
    "macro_error",
    "make_map",
    "map_type",
    "object_type",
    "register_type",
    "sorted_items",
    "type_name",
]
