"""`${…}` is found exactly where the reference finds it."""

import pytest

from krm_fn.template.scanner import NestedExpressionError, is_whole, scan


@pytest.mark.parametrize(
    ("text", "expressions"),
    [
        ("plain", []),
        ("${a}", ["a"]),
        ("x ${a} y ${ b.c } z", ["a", " b.c "]),
        ("${a}${b}", ["a", "b"]),
        ("$${a}", ["a"]),
        ("\\${a}", ["a"]),
        ("${{'a': {'b': c}}}", ["{'a': {'b': c}}"]),
        ("${'}'}", ["'}'"]),
        ('${"it\'s"}', ['"it\'s"']),
        (r"${'a\'}'}", [r"'a\'}'"]),
        (r"${'\\'}", [r"'\\'"]),
        ("${'${x}'}", ["'${x}'"]),
        ("${a}}", ["a"]),
        ("${a} ${open", ["a"]),
        ("${open", []),
        ("${}", [""]),
        (r"${r'\'}", []),
        ("${a // it's\n}", []),
        ("${a // }\n}", ["a // "]),
        ('${"""a"b"""}', []),
    ],
)
def test_expressions(text: str, expressions: list[str]) -> None:
    assert [match.expression for match in scan(text)] == expressions


def test_places() -> None:
    text = "ü ${a} ${b}"
    assert [text[match.start : match.end] for match in scan(text)] == ["${a}", "${b}"]


@pytest.mark.parametrize("text", ["${ ${a} }", "x ${ b ${a}", "${a + ${b}"])
def test_nested(text: str) -> None:
    with pytest.raises(NestedExpressionError) as caught:
        scan(text)
    assert caught.value.text.endswith("${")
    assert caught.value.text.startswith("${")


@pytest.mark.parametrize(
    ("text", "whole"),
    [("${a}", True), ("\n ${a}\u00a0\n", True), ("${a}\x1c", False), ("-${a}", False)],
)
def test_whole(text: str, whole: bool) -> None:
    assert is_whole(scan(text)[0], text) is whole
