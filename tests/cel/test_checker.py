"""The checker: types of expressions, and what is refused before evaluation."""

from __future__ import annotations

import pytest

from krm_fn.cel.checker import check
from krm_fn.cel.declarations import Function, Overload, function_table, macro_table
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
from krm_fn.cel.types import INT, Type, list_type, parse_signature, parse_type

_MACROS = macro_table(
    (*STANDARD_MACROS, *TWO_VARIABLE_MACROS, *LIST_MACROS, *MATH_MACROS, *OPTIONAL_MACROS)
)
_FUNCTIONS = FunctionTable(
    function_table(
        [
            Function("pair", (Overload("pair", "pair(A, B) -> pair(A, B)"),)),
            Function("space.join", (Overload("space.join", "space.join(int) -> string"),)),
        ]
    )
)
_NAMES = frozenset(("x", "y", "m"))


def type_of(text: str, variables: object = _NAMES, container: str = "") -> str:
    tree = parse(text, _MACROS)
    return str(check(tree, variables, _FUNCTIONS, container))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x.a.b[0].c", "dyn"),
        ("x.?a.b", "optional_type(dyn)"),
        ("has(x.a.b)", "bool"),
        ("x + 1", "int"),
        ("x + y", "dyn"),
        ("x == 1", "bool"),
        ("x ? 'a' : y", "dyn"),
        ("x ? 'a' : 'b'", "string"),
        ("[1, 2u, 'a']", "list(dyn)"),
        ("[]", "list(dyn)"),
        ("[[], [1]]", "list(list(int))"),
        ("[optional.none(), optional.of(1)]", "list(optional_type(int))"),
        ("{}", "map(dyn, dyn)"),
        ("{'a': 1, 2: 'b'}", "map(dyn, dyn)"),
        ("{?'a': x.?b}", "map(string, dyn)"),
        ("[?optional.of(1)]", "list(int)"),
        ("{'a': [1]}.a[0]", "int"),
        ("[1].map(i, string(i))", "list(string)"),
        ("{'a': 1}.map(k, k)", "list(string)"),
        ("[1, 2].filter(i, i > 1)", "list(int)"),
        ("['a'].transformMap(i, v, v)", "map(int, string)"),
        ("{'a': 1}.transformList(k, v, v)", "list(int)"),
        ("x.transformMapEntry(k, v, {string(k): 1})", "map(string, int)"),
        ("['b', 'a'].sortBy(e, size(e))", "list(string)"),
        ("optional.of(1).optMap(v, string(v))", "optional_type(string)"),
        ("optional.of(1).optFlatMap(v, optional.of([v]))", "optional_type(list(int))"),
        ("x.optFlatMap(v, v)", "optional_type(dyn)"),
        ("([].map(i, i))[0].foo", "dyn"),
        ("math.least(1, 2.0)", "dyn"),
        ("math.greatest(1, 2, 3)", "int"),
        ("type(type(1))", "type(type(int))"),
        ("list", "type(list(dyn))"),
        ("google.protobuf.Timestamp", "type(google.protobuf.Timestamp)"),
        ("pair(1, pair(x, 'a'))", "pair(int, pair(dyn, string))"),
        ("space.join(1)", "string"),
        ("[1].map(math, math)", "list(int)"),
        ("'%s %d'.format(['a', x])", "string"),
    ],
)
def test_type(text: str, expected: str) -> None:
    assert type_of(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "message", "offset"),
    [
        (
            "true || missing",
            "undeclared_reference",
            "undeclared reference to 'missing' (in container '')",
            8,
        ),
        (
            "missing(1)",
            "undeclared_reference",
            "undeclared reference to 'missing' (in container '')",
            7,
        ),
        ("has(missing.a)", "undeclared_reference", None, 4),
        ("x.missing()", "undeclared_reference", None, 9),
        ("[1].map(i, i) + [i]", "undeclared_reference", None, 17),
        (
            "1 + 'a'",
            "no_matching_overload",
            "found no matching overload for '_+_' applied to '(int, string)'",
            2,
        ),
        (
            "b'a'.contains(b'a')",
            "no_matching_overload",
            "found no matching overload for 'contains' applied to 'bytes.(bytes)'",
            13,
        ),
        ("1 == 1.0", "no_matching_overload", None, 2),
        ("1 < 1.5", "no_matching_overload", None, 2),
        ("size(x) == 'a'", "no_matching_overload", None, 8),
        ("string(x) + 1", "no_matching_overload", None, 10),
        ("x ? 'a' : 1", "no_matching_overload", None, 2),
        ("x ? '' : null", "no_matching_overload", None, 2),
        ("'a' in 'abc'", "no_matching_overload", None, 4),
        ("size()", "no_matching_overload", None, 4),
        ("optional.of(1).orValue('x')", "no_matching_overload", None, 22),
        ("x.split(',').map(s, s + 1)", "no_matching_overload", None, 22),
        ("[1].filter(i, 'a')", "no_matching_overload", None, 10),
        ("[1].exists_one(i, 1)", "no_matching_overload", None, 14),
        ("[1].sortBy(i, [i])", "no_matching_overload", None, 10),
        ("[1].transformMapEntry(i, v, 'a')", "no_matching_overload", None, 21),
        ("1.optMap(i, i)", "no_matching_overload", None, 8),
        ("true && 'a'", "type_mismatch", "expected type 'bool' but found 'string'", 8),
        ("[1].all(i, i)", "type_mismatch", "expected type 'bool' but found 'int'", 11),
        ("[?1]", "type_mismatch", "expected type 'optional_type(int)' but found 'int'", 2),
        ("{?'a': 1}", "type_mismatch", None, 7),
        ("'a'.b", "bad_field_selection", "type 'string' does not support field selection", 3),
        ("null.?b", "bad_field_selection", "type 'null' does not support field selection", 4),
        ("has([].a)", "bad_field_selection", None, 3),
        ("'abc'.map(c, c)", "bad_comprehension_range", None, 0),
        ("Thing{a: 1}", "undeclared_reference", None, 5),
    ],
)
def test_refused(text: str, code: str, message: str | None, offset: int) -> None:
    with pytest.raises(CelError) as raised:
        type_of(text)
    error = raised.value
    assert (error.stage, error.code) == ("check", code)
    assert error.offset == offset
    if message is not None:
        assert error.message == message


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("'%d'.format(['a'])", "was given string", 13),
        ("'%s'.format([[optional.of(1)]])", "was given optional_type", 13),
        ("'%z'.format([1])", 'unrecognized formatting clause "z"', 11),
        ("'%.f'.format([1.0])", "error while parsing precision", 12),
        ("'%.101f'.format([1.0])", "exceeds maximum allowed precision 100", 15),
        ("'%s %s'.format([1])", "index 1 out of range", 14),
        ("'a'.format([1])", "too many arguments", 10),
        ("'a%'.format([])", "unexpected end of string", 11),
    ],
)
def test_mistakes_in_format_calls(text: str, message: str, offset: int) -> None:
    with pytest.raises(CelError) as raised:
        type_of(text)
    assert (raised.value.stage, raised.value.code) == ("check", "format")
    assert message in raised.value.message
    assert raised.value.offset == offset


def test_format_calls_with_unknown_parts_are_left_to_evaluation() -> None:
    assert type_of("x.format([1])") == "string"
    assert type_of("'%d'.format(x)") == "string"
    assert type_of("'%d'.format([x])") == "string"


def test_typed_variables() -> None:
    variables = {"n": INT, "names": parse_type("list(string)")}
    assert type_of("names[n]", variables) == "string"
    with pytest.raises(CelError, match=r"found no matching overload for '_\+_'"):
        type_of("names + n", variables)


def test_containers_resolve_the_longest_name_first() -> None:
    variables = {"a.b.v": parse_type("bool"), "v": parse_type("string")}
    assert type_of("v", variables, "a.b") == "bool"
    assert type_of(".v", variables, "a.b") == "string"
    assert type_of("[1].map(v, v)", variables, "a.b") == "list(int)"
    assert type_of("[1].map(v, .v)", variables, "a.b") == "list(string)"
    assert type_of("a.b.v", variables) == "bool"
    assert type_of("join(1)", variables, "space.of") == "string"


def test_what_is_remembered_of_a_function_does_not_leak_into_others() -> None:
    first = function_table([Function("f", (Overload("f", "f(int) -> string"),))])
    second = function_table([Function("f", (Overload("f", "f(int) -> bool"),))])
    tree = parse("f(1)", {})
    assert [str(check(tree, (), table)) for table in (first, second, first)] == [
        "string",
        "bool",
        "string",
    ]


@pytest.mark.parametrize(
    ("function", "text", "member", "parameters", "result"),
    [
        ("f", "f(int, list(A)) -> map(A, dyn)", False, "int list(<A>)", "map(<A>, dyn)"),
        ("f", "list(A).f() -> optional_type(A)", True, "list(<A>)", "optional_type(<A>)"),
        ("f", "(string).f(timestamp) -> null", True, "string google.protobuf.Timestamp", None),
        ("a.f", "a.f() -> duration", False, "", "google.protobuf.Duration"),
    ],
)
def test_signatures(
    function: str, text: str, member: bool, parameters: str, result: str | None
) -> None:
    signature = parse_signature(function, text)
    assert signature.member is member
    assert " ".join(map(str, signature.parameters)) == parameters
    assert str(signature.result) == (result or "null_type")


@pytest.mark.parametrize("text", ["g(int) -> int", "f(int)", "f(int -> int", ""])
def test_what_is_not_a_signature(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        parse_signature("f", text)


def test_equal_types_are_the_same_object() -> None:
    assert parse_type("list(int)") is list_type(INT)
    assert isinstance(parse_type("A"), Type)
    assert parse_type("A").kind == "parameter"
