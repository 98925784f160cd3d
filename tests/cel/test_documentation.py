"""The examples of the page about the expression language do what the page says."""

from __future__ import annotations

import doctest
import re

from tests.shared import ROOT

_PAGE = ROOT / "docs" / "concepts" / "cel.md"
_EXAMPLE = re.compile(r"^```pycon\n(.*?)^```", re.MULTILINE | re.DOTALL)


def test_examples() -> None:
    text = "\n".join(_EXAMPLE.findall(_PAGE.read_text(encoding="utf-8")))
    test = doctest.DocTestParser().get_doctest(text, {}, _PAGE.name, str(_PAGE), 0)
    assert len(test.examples) > 10
    report: list[str] = []
    results = doctest.DocTestRunner(optionflags=doctest.IGNORE_EXCEPTION_DETAIL).run(
        test, out=report.append
    )
    assert results.failed == 0, "".join(report)


def test_limits_are_those_of_the_code() -> None:
    from krm_fn.cel.lexer import MAXIMUM_LENGTH
    from krm_fn.cel.operators import MAXIMUM_SIZE
    from krm_fn.cel.parser import MAXIMUM_DEPTH

    page = _PAGE.read_text(encoding="utf-8")
    for limit in (MAXIMUM_LENGTH, MAXIMUM_SIZE, MAXIMUM_DEPTH):
        assert f"| {limit:,}" in page
