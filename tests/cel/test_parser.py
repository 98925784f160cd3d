"""Trees: precedence, prefixes, literals, places, limits, and what is refused."""

from __future__ import annotations

import random

import pytest

from krm_fn.cel.declarations import macro_table
from krm_fn.cel.errors import CelError
from krm_fn.cel.macros import STANDARD_MACROS
from krm_fn.cel.parser import parse, qualified_name
from krm_fn.cel.syntax import Call, Expr, Ident, ListExpr, Literal, MapExpr, Message, Select


def spelled(tree: Expr) -> str:
    """Return a tree as nested calls, short enough to compare."""
    if isinstance(tree, Literal):
        return repr(tree.value)
    if isinstance(tree, Ident):
        return f".{tree.name}" if tree.absolute else tree.name
    if isinstance(tree, Select):
        return f"{spelled(tree.operand)}.{'?' if tree.optional else ''}{tree.field}"
    if isinstance(tree, ListExpr):
        items = [
            f"{'?' if index in tree.optional else ''}{spelled(each)}"
            for index, each in enumerate(tree.elements)
        ]
        return f"[{', '.join(items)}]"
    if isinstance(tree, MapExpr):
        entries = [
            f"{'?' if each.optional else ''}{spelled(each.key)}: {spelled(each.value)}"
            for each in tree.entries
        ]
        return f"{{{', '.join(entries)}}}"
    assert isinstance(tree, Call)
    target = "" if tree.target is None else f"{spelled(tree.target)}."
    return f"{target}{tree.function}({', '.join(map(spelled, tree.arguments))})"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1 + 2 * 3", "_+_(1, _*_(2, 3))"),
        ("1 * 2 + 3", "_+_(_*_(1, 2), 3)"),
        ("1 - 2 - 3", "_-_(_-_(1, 2), 3)"),
        ("1 + 2 < 3 * 4", "_<_(_+_(1, 2), _*_(3, 4))"),
        ("1 == 1 == true", "_==_(_==_(1, 1), True)"),
        ("a in b && c", "_&&_(@in(a, b), c)"),
        ("a || b && c", "_||_(a, _&&_(b, c))"),
        ("a && b && c && d", "_&&_(_&&_(a, b), _&&_(c, d))"),
        ("a ? b : c + d", "_?_:_(a, b, _+_(c, d))"),
        ("a ? b : c ? d : e", "_?_:_(a, b, _?_:_(c, d, e))"),
        ("a ? b || c : d", "_?_:_(a, _||_(b, c), d)"),
        ("!x == y", "_==_(!_(x), y)"),
        ("-x.y", "-_(x.y)"),
        ("-2.f()", "-2.f()"),
        ("!!x", "x"),
        ("--x", "x"),
        ("---x", "-_(x)"),
        ("!-1", "!_(-1)"),
        ("1 -1", "_-_(1, 1)"),
        ("1 - -1", "_-_(1, -1)"),
        ("- 1.5", "-1.5"),
        ("-(1)", "-_(1)"),
        ("a.b.?c[0][?1]", "_[?_](_[_](a.b.?c, 0), 1)"),
        ("a.f(1, b).g()", "a.f(1, b).g()"),
        (".a.b(.c(1))", ".a.b(c(1))"),
        ("a.`b-c`", "a.b-c"),
        ("m.if.as()", "m.if.as()"),
        ("[1, ?a, 2,]", "[1, ?a, 2]"),
        ("{'a': 1, ?b: c,}", "{'a': 1, ?b: c}"),
        ("[,]", "[]"),
        ("{,}", "{}"),
        ("((1))", "1"),
    ],
)
def test_shape(text: str, expected: str) -> None:
    assert spelled(parse(text, {})) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0x1F", 31),
        ("017", 17),
        ("-9223372036854775808", -(2**63)),
        ("-0x8000000000000000", -(2**63)),
        ("18446744073709551615u", 2**64 - 1),
        ("1e-400", 0.0),
        (r"'\a\x41\u00e9\U0001F600\101\?\`'", "\aAé😀A?`"),
        (r"'\xff'", "ÿ"),
        (r"b'\xff\377é'", b"\xff\xff\xc3\xa9"),
        (r"r'\n'", r"\n"),
        (r"br'\xff'", rb"\xff"),
        ("'''a\r\nb\rc'''", "a\nb\nc"),
        ("''", ""),
        ("null", None),
        ("true", True),
    ],
)
def test_values_of_literals(text: str, expected: object) -> None:
    tree = parse(text, {})
    assert isinstance(tree, Literal)
    assert tree.value == expected
    assert type(tree.value) is type(expected)


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("a.b", 1),
        ("aa + b", 3),
        ("aa[b]", 2),
        ("aa ? b : c", 3),
        ("size(x)", 4),
        ("x.size()", 6),
        ("  !x", 2),
        (" [1]", 1),
        (".a", 1),
        (" -1", 1),
        ("a.B{}", 3),
    ],
)
def test_place_of_a_node(text: str, offset: int) -> None:
    assert parse(text, {}).offset == offset


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("", "syntax", 0),
        ("1 +", "syntax", 3),
        ("1 2", "syntax", 2),
        ("(1", "syntax", 2),
        ("a ? b", "syntax", 5),
        ("a ? b ? c : d : e", "syntax", 6),
        ("f(1,)", "syntax", 4),
        ("[1,,2]", "syntax", 3),
        ("{'a'}", "syntax", 4),
        ("m.in", "syntax", 2),
        ("m.?f()", "syntax", 4),
        ("m.'a'", "syntax", 2),
        ("-!x", "syntax", 1),
        ("!", "syntax", 1),
        ("true()", "syntax", 4),
        ("f()()", "syntax", 3),
        ("(a.b){c: 1}", "syntax", 5),
        (r"'\z'", "syntax", 0),
        (r"'\400'", "syntax", 0),
        (r"'\ud800'", "invalid_escape", 0),
        (r"'\U00110000'", "invalid_escape", 0),
        (r"b'\u0041'", "invalid_escape", 0),
        ("9223372036854775808", "invalid_literal", 0),
        ("18446744073709551616u", "invalid_literal", 0),
        ("1e400", "invalid_literal", 0),
        ("9" * 5000, "invalid_literal", 0),
        ("1 + if", "reserved_identifier", 4),
        ("while(1)", "reserved_identifier", 0),
    ],
)
def test_refused(text: str, code: str, offset: int) -> None:
    with pytest.raises(CelError) as raised:
        parse(text, {})
    assert (raised.value.stage, raised.value.code) == ("parse", code)
    assert raised.value.offset == offset


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("(" * 249 + "1" + ")" * 249, True),
        ("(" * 250 + "1" + ")" * 250, False),
        ("[" * 300, False),
        ("+".join(["1"] * 240), True),
        ("+".join(["1"] * 300), False),
        ("a" + ".b" * 300, False),
        ("1 + (" * 100 + "1" + ")" * 100, True),
        ("f(" * 200 + "1" + ")" * 200, True),
        ("true ? 1 : " * 240 + "1", True),
        ("true ? 1 : " * 260 + "1", False),
        (" || ".join(["a"] * 5000), True),
    ],
)
def test_depth(text: str, fits: bool) -> None:
    if fits:
        parse(text, {})
        return
    with pytest.raises(CelError) as raised:
        parse(text, {})
    assert raised.value.code == "limit"


def test_message() -> None:
    tree = parse("google.protobuf.Duration{seconds: 1, ?nanos: x,}", {})
    assert isinstance(tree, Message)
    assert tree.name == "google.protobuf.Duration"
    assert [(name, optional) for name, _, optional in tree.fields] == [
        ("seconds", False),
        ("nanos", True),
    ]


def test_qualified_names() -> None:
    assert qualified_name(parse("a.b.c", {})) == "a.b.c"
    assert qualified_name(parse(".a.b", {})) == ".a.b"
    assert qualified_name(parse("a.?b", {})) is None
    assert qualified_name(parse("f().b", {})) is None


def outcome(text: str) -> str:
    """Return `tree` or the code of the error, whose place must lie in the text."""
    try:
        parse(text, macro_table(STANDARD_MACROS))
    except CelError as refused:
        return refused.code if -1 <= refused.offset <= len(text) else "misplaced"
    return "tree"


def test_any_text_gives_a_tree_or_an_error() -> None:
    source = random.Random(7)
    pieces = ["a", ".", "?", "(", ")", "[", "]", "{", "}", ":", ",", "1", "'s'", "+", "&&", "in"]
    pieces += ["-", "!", "has", "x.map(", "b'", "\\", "`", "1.5", "0x", "null", " ", "//", "'''"]
    outcomes = set()
    for _ in range(3000):
        text = "".join(source.choices(pieces, k=source.randrange(1, 12)))
        outcomes.add(outcome(text))
    assert {"tree", "syntax"} <= outcomes
    assert "misplaced" not in outcomes
