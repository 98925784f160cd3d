"""The functions of the standard library and of the extension libraries OpenChoreo loads.

One module per family. Each has `FUNCTIONS`: name → signature → implementation, as data, and may
have `UNGUARDED`: names whose implementation looks at the kinds of its arguments itself, for
wording of its own. Family modules are imported when one of their functions is first asked for.
Twins: `cel-go/common/stdlib`, `cel-go/ext`, `cel-go/cel/library.go`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module

from krm_fn.cel.declarations import Function, Overload

_FAMILIES: dict[str, tuple[str, ...]] = {
    "conversions": (
        "bool",
        "bytes",
        "double",
        "duration",
        "dyn",
        "int",
        "string",
        "timestamp",
        "type",
        "uint",
    ),
    "encoders": ("base64.decode", "base64.encode", "json.encode"),
    "format": ("format",),
    "lists": (
        "@sortByAssociatedKeys",
        "distinct",
        "first",
        "flatten",
        "last",
        "lists.range",
        "reverse",
        "size",
        "slice",
        "sort",
    ),
    "math": (
        "math.@max",
        "math.@min",
        "math.abs",
        "math.bitAnd",
        "math.bitNot",
        "math.bitOr",
        "math.bitShiftLeft",
        "math.bitShiftRight",
        "math.bitXor",
        "math.ceil",
        "math.floor",
        "math.isFinite",
        "math.isInf",
        "math.isNaN",
        "math.round",
        "math.sign",
        "math.sqrt",
        "math.trunc",
    ),
    "operations": (
        "!_",
        "-_",
        "@in",
        "@not_strictly_false",
        "_!=_",
        "_%_",
        "_&&_",
        "_*_",
        "_+_",
        "_-_",
        "_/_",
        "_<=_",
        "_<_",
        "_==_",
        "_>=_",
        "_>_",
        "_?._",
        "_?_:_",
        "_[?_]",
        "_[_]",
        "_||_",
        "cel.@mapInsert",
    ),
    "optionals": (
        "hasValue",
        "optional.none",
        "optional.of",
        "optional.ofNonZeroValue",
        "optional.unwrap",
        "or",
        "orValue",
        "unwrapOpt",
        "value",
    ),
    "regex": ("matches",),
    "sets": ("sets.contains", "sets.equivalent", "sets.intersects"),
    "strings": (
        "charAt",
        "contains",
        "endsWith",
        "indexOf",
        "join",
        "lastIndexOf",
        "lowerAscii",
        "replace",
        "split",
        "startsWith",
        "strings.quote",
        "substring",
        "trim",
        "upperAscii",
    ),
    "time": (
        "getDate",
        "getDayOfMonth",
        "getDayOfWeek",
        "getDayOfYear",
        "getFullYear",
        "getHours",
        "getMilliseconds",
        "getMinutes",
        "getMonth",
        "getSeconds",
    ),
}

_FAMILY_OF = {name: family for family, names in _FAMILIES.items() for name in names}


@cache
def standard_function(name: str) -> Function | None:
    """Return the declaration of a standard or extension function, or None."""
    family = _FAMILY_OF.get(name)
    if family is None:
        return None
    module = import_module(f"krm_fn.cel.functions.{family}")
    overloads = module.FUNCTIONS[name].items()
    return Function(
        name,
        tuple(
            Overload(f"{name}/{number}", signature, implementation)
            for number, (signature, implementation) in enumerate(overloads)
        ),
    )


@cache
def is_unguarded(name: str) -> bool:
    """Return whether a standard function looks at the kinds of its arguments itself."""
    family = _FAMILY_OF.get(name)
    if family is None:
        return False
    module = import_module(f"krm_fn.cel.functions.{family}")
    return name in getattr(module, "UNGUARDED", ())


class FunctionTable(Mapping[str, Function]):
    """The functions of an environment by name: the standard ones and those of libraries.

    A library that names a standard function adds overloads to it.
    """

    def __init__(self, functions: Mapping[str, Function]) -> None:
        self._found: dict[str, Function | None] = {}
        for name, function in functions.items():
            known = standard_function(name)
            added = known.overloads if known is not None else ()
            self._found[name] = Function(name, added + function.overloads)
        self._own = frozenset(functions)

    def get(self, name: str, _: object = None) -> Function | None:  # type: ignore[override]
        """Return a function, or None."""
        try:
            return self._found[name]
        except KeyError:
            found = self._found[name] = standard_function(name)
            return found

    def is_own(self, name: str) -> bool:
        """Return whether a library declares the function."""
        return name in self._own

    def __getitem__(self, name: str) -> Function:
        found = self.get(name)
        if found is None:
            raise KeyError(name)
        return found

    def __contains__(self, name: object) -> bool:
        return name in self._own or name in _FAMILY_OF

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._own | _FAMILY_OF.keys()))

    def __len__(self) -> int:
        return len(self._own | _FAMILY_OF.keys())
