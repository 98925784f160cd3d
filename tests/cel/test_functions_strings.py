"""Functions on strings, and `format`."""

from __future__ import annotations

import pytest

from krm_fn.cel import CelError
from tests.cel.evaluation import evaluate, failure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("'añb'.charAt(1)", "ñ"),
        ("'ab'.charAt(2)", ""),
        ("'hello mellow'.indexOf('ello', 2)", 7),
        ("'abc'.indexOf('', 9)", 3),
        ("'abc'.indexOf('c', 9)", -1),
        ("'hello mellow'.lastIndexOf('ello')", 7),
        ("'hello mellow'.lastIndexOf('ello', 6)", 1),
        ("'abc'.lastIndexOf('')", 3),
        ("'tacocat'.substring(4)", "cat"),
        ("'tacocat'.substring(0, 4)", "taco"),
        ("'aaa'.replace('a', 'b')", "bbb"),
        ("'aaa'.replace('a', 'b', 2)", "bba"),
        ("'aaa'.replace('a', 'b', 0)", "aaa"),
        ("'ab'.replace('', '-')", "-a-b-"),
        ("'a,b,c'.split(',')", ["a", "b", "c"]),
        ("'a,b,c'.split(',', 2)", ["a", "b,c"]),
        ("'a,b'.split(',', 0)", []),
        ("'a,b'.split(',', 1)", ["a,b"]),
        ("'abc'.split('')", ["a", "b", "c"]),
        ("'abc'.split('', 2)", ["a", "bc"]),
        ("''.split('')", []),
        ("''.split(',')", [""]),
        ("['a', 'b'].join()", "ab"),
        ("['a', 'b'].join('-')", "a-b"),
        ("'ÀBc'.lowerAscii()", "Àbc"),
        ("'àbC'.upperAscii()", "àBC"),
        ("'\\u00a0 a\\u200b '.trim()", "a\u200b"),
        ("'\\x1ca'.trim()", "\x1ca"),
        ("'abc'.reverse()", "cba"),
        ("'añ'.size()", 2),
        ("'abc'.contains('b') && 'abc'.startsWith('ab') && 'abc'.endsWith('c')", True),
        ("strings.quote('a\"\\n')", '"a\\"\\n"'),
    ],
)
def test_results(text: str, expected: object) -> None:
    assert evaluate(text) == expected


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("'ab'.charAt(3)", "index_out_of_range", "index out of range: 3"),
        ("'ab'.charAt(-1)", "index_out_of_range", "index out of range: -1"),
        ("'ab'.indexOf('a', -1)", "index_out_of_range", "index out of range: -1"),
        ("'ab'.lastIndexOf('a', -1)", "index_out_of_range", "index out of range: -1"),
        ("'ab'.substring(3)", "index_out_of_range", "index out of range: 3"),
        ("'ab'.substring(0, 3)", "index_out_of_range", "index out of range: 3"),
        ("'ab'.substring(1, 0)", "other", "invalid substring range. start: 1, end: 0"),
        ("['a', 1].join()", "other", "join: invalid input: 1"),
        ("[1, 'a'].join()", "no_such_overload", "no such overload: join(list)"),
    ],
)
def test_errors(text: str, code: str, message: str) -> None:
    assert failure(text) == (code, message)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("n.split(',')", "no such overload: split(double, string)"),
        ("s.indexOf(n)", "no such overload: indexOf(string, double)"),
        ("n.size()", "no such overload: size"),
        ("s.contains(n)", "no such overload"),
        ("n.trim()", "no such overload: trim(double)"),
    ],
)
def test_refusals(text: str, message: str) -> None:
    assert failure(text, n=1.0, s="s") == ("no_such_overload", message)


@pytest.mark.parametrize(
    ("template", "arguments", "expected"),
    [
        ("%s|%s|%s", "['a', 1, 2.5]", "a|1|2.5"),
        ("%s", "[1e21]", "1000000000000000000000"),
        ("%s", "[[1, 'a', null, true]]", "[1, a, null, true]"),
        ("%s", "[{'b': 1, 'a': b'x'}]", "{a: x, b: 1}"),
        ("%s", "[duration('1.5s')]", "1.5s"),
        ("%s", "[timestamp('2023-01-01T00:00:00+01:00')]", "2022-12-31T23:00:00Z"),
        ("%s", "[string]", "string"),
        ("%d%%", "[3.7]", "3.7%"),
        ("%.2f", "[1]", "1.00"),
        ("%f", "[double('-inf')]", "-Infinity"),
        ("%.3e", "[12345.0]", "1.234e+04"),
        ("%b", "[-5]", "-101"),
        ("%o", "[8u]", "10"),
        ("%x %X", "['az', b'\\xff']", "617a FF"),
        ("%X", "[-255]", "-FF"),
    ],
)
def test_format(template: str, arguments: str, expected: str) -> None:
    assert evaluate(f"template.format({arguments})", template=template) == expected


@pytest.mark.parametrize(
    ("template", "arguments"),
    [
        ("%d", "['x']"),
        ("%q", "[1]"),
        ("%", "[1]"),
        ("%.f", "[1.0]"),
        ("%s", "[]"),
        ("%.101f", "[1]"),
    ],
)
def test_format_errors(template: str, arguments: str) -> None:
    assert failure(f"template.format({arguments})", template=template)[0] == "format"


def test_literal_format_mistakes_are_found_before() -> None:
    error = evaluate("'%d'.format(['x'])")
    assert isinstance(error, CelError)
    assert (error.stage, error.code) == ("check", "format")
