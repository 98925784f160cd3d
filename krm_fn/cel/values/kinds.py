"""The kinds of values: the small classes and the runtime type of a value."""

from __future__ import annotations

from typing import Any, TypeAlias

Value: TypeAlias = Any
"""Any CEL value, see `krm_fn.cel.values`."""

INT_MIN = -(2**63)
INT_MAX = 2**63 - 1
UINT_MAX = 2**64 - 1


class Uint(int):
    """An unsigned 64-bit integer. Compare `type(x) is Uint`; arithmetic checks the range."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"{int(self)}u"


class TypeValue:
    """A type as a value, as `type(x)` gives it. One object per name, so identity is equality."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"TypeValue({self.name!r})"


class Optional:
    """An optional value: `Optional(v)` holds one, `Optional.none()` (a single object) does not."""

    __slots__ = ("present", "value")

    def __init__(self, value: Value, *, present: bool = True) -> None:
        self.value = value
        self.present = present

    @staticmethod
    def none() -> Optional:
        """Return the absent optional."""
        return NONE

    def __repr__(self) -> str:
        return f"Optional({self.value!r})" if self.present else "Optional.none()"


NONE = Optional(None, present=False)

BOOL = TypeValue("bool")
BYTES = TypeValue("bytes")
DOUBLE = TypeValue("double")
DURATION = TypeValue("google.protobuf.Duration")
INT = TypeValue("int")
LIST = TypeValue("list")
MAP = TypeValue("map")
NULL_TYPE = TypeValue("null_type")
OPTIONAL_TYPE = TypeValue("optional_type")
STRING = TypeValue("string")
TIMESTAMP = TypeValue("google.protobuf.Timestamp")
TYPE = TypeValue("type")
UINT = TypeValue("uint")

TYPE_VALUES: dict[str, TypeValue] = {
    each.name: each
    for each in (
        BOOL,
        BYTES,
        DOUBLE,
        DURATION,
        INT,
        LIST,
        MAP,
        NULL_TYPE,
        OPTIONAL_TYPE,
        STRING,
        TIMESTAMP,
        TYPE,
        UINT,
    )
}

_TYPES: dict[type, TypeValue] = {
    type(None): NULL_TYPE,
    bool: BOOL,
    int: INT,
    Uint: UINT,
    float: DOUBLE,
    str: STRING,
    bytes: BYTES,
    list: LIST,
    dict: MAP,
    Optional: OPTIONAL_TYPE,
    TypeValue: TYPE,
}


def register_type(python_type: type, type_value: TypeValue) -> None:
    """Say which CEL type the instances of a Python class have (own classes of libraries)."""
    _TYPES[python_type] = type_value


def type_of(value: Value) -> TypeValue:
    """Return the runtime type of a value."""
    found = _TYPES.get(type(value))
    if found is None:
        found = TypeValue(type(value).__name__)
        _TYPES[type(value)] = found
    return found


def type_name(value: Value) -> str:
    """Return the name of a value's runtime type, such as `int` or `optional_type`."""
    return type_of(value).name
