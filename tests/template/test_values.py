"""Rare values keep their kind on the way out and find it again on the way in."""

from __future__ import annotations

import copy

import pytest

from krm_fn.cel import Duration, Uint
from krm_fn.template import OMIT, compile_template, enter, environment_for, json_text


def render(expression: str) -> object:
    return compile_template("${" + expression + "}", environment_for([])).render({})


@pytest.mark.parametrize(
    ("expression", "json", "debug_form"),
    [
        ("null", "0", "(structpb.NullValue)0"),
        ("7u", "7", "(uint64)7"),
        ("duration('90s')", "90000000000", "(time.Duration)90000000000"),
        ("b'ab'", '"YWI="', "([]uint8)[97 98]"),
        ("'a,b'.split(',')", '["a","b"]', "([]string)[a b]"),
        (
            "timestamp('2026-01-01T00:00:00.5Z')",
            '"2026-01-01T00:00:00.5Z"',
            "(time.Time){wall:(uint64)500000000 ext:(int64)63902822400 loc:(*time.Location)<nil>}",
        ),
        (
            "oc_merge({'a': oc_omit()}, {}).a",
            "{}",
            (
                "(*errors.errorString){s:(string)unsupported conversion to ref.Val: "
                "(*template.omitValue)&{}}"
            ),
        ),
        ("oc_omit()", "{}", "(*template.omitValue){}"),
    ],
)
def test_forms(expression: str, json: str, debug_form: str) -> None:
    value = render(expression)
    for same in (value, copy.deepcopy(value)):
        assert type(same) is type(value)
        assert json_text(same) == json
        assert getattr(same, "debug_form", "") == debug_form


def test_entering_again() -> None:
    plain = {"a": [1, 1.5, None, {"b": "c"}]}
    assert enter(plain) is plain
    rare = {"a": [render("null"), render("7u"), render("b'ab'"), render("duration('1s')")]}
    entered = enter(rare)
    assert entered == {"a": [None, Uint(7), b"ab", Duration(1_000_000_000)]}
    assert isinstance(entered, dict)
    assert type(entered["a"][1]) is Uint
    split = enter({"a": render("'a'.split(',')"), "b": OMIT})
    assert split == {"a": ["a"], "b": {}}
    assert isinstance(split, dict)
    assert type(split["a"]) is list
