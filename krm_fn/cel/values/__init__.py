"""CEL values as Python data.

null is `None`, bool `bool`, int `int`, double `float`, string `str`, bytes `bytes`, list `list`,
a map whose keys are all strings `dict`. The rest has classes here: `Uint`, `Duration`,
`Timestamp`, `Optional`, `TypeValue`, `CelMap` (maps with other keys). Values are never mutated
once built. Twin: `cel-go/common/types`.
"""

from krm_fn.cel.values.equality import compare, contains, equals, hash_key
from krm_fn.cel.values.kinds import (
    Optional,
    TypeValue,
    Uint,
    Value,
    register_type,
    type_name,
    type_of,
)
from krm_fn.cel.values.mapping import CelMap, make_map, map_find, sorted_items, sorted_keys
from krm_fn.cel.values.text import display, format_double, format_plain_double
from krm_fn.cel.values.time import Duration, Timestamp

__all__ = [
    "CelMap",
    "Duration",
    "Optional",
    "Timestamp",
    "TypeValue",
    "Uint",
    "Value",
    "compare",
    "contains",
    "display",
    "equals",
    "format_double",
    "format_plain_double",
    "hash_key",
    "make_map",
    "map_find",
    "register_type",
    "sorted_items",
    "sorted_keys",
    "type_name",
    "type_of",
]
