"""The grammar of patch paths."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krm_fn.patch import EVERY, Filter, PatchError, PatchPath, parse_path

MAIN = Filter(("name",), "main")

READ = [
    ("/spec/replicas", ("spec", "replicas")),
    ("spec/x", ("spec", "x")),
    ("//spec//x/", ("spec", "x")),
    ("", ()),
    ("/", ()),
    ("/a~1b~0c", ("a/b~c",)),
    ("/a~01", ("a~1",)),
    ("/a/b.io/c", ("a", "b.io", "c")),
    ("/list/0", ("list", 0)),
    ("/list[0]", ("list", 0)),
    ("/list/[0]/x", ("list", 0, "x")),
    ("/list/01", ("list", 1)),
    ("/list/+1", ("list", 1)),
    ("/list/-1", ("list", -1)),
    ("/list/99999999999999999999", ("list", "99999999999999999999")),
    ("/list/-", ("list", "-")),
    ("/list[-]", ("list", "-")),
    ("/list[*]/x", ("list", EVERY, "x")),
    ("/containers[?(@.name=='main')]/x", ("containers", MAIN, "x")),
    ("/containers/[?(@.name=='main')]/x", ("containers", MAIN, "x")),
    ("/c[?( @.name == \"main' )]", ("c", MAIN)),
    ("/c[?(@.a.b-c_d=='')]", ("c", Filter(("a", "b-c_d"), ""))),
    ("/c[?(@.a=='x~1y')]", ("c", Filter(("a",), "x/y"))),
    ("/c[?(@.a=='x' && @.b=='y')]", ("c", Filter(("a",), "x' && @.b=='y"))),
    ("/a[?(@.x=='1')][0]z", ("a", Filter(("x",), "1"), 0, "z")),
    ("/a]b", ("a]b",)),
]

REFUSED = [
    ("/c[0", "c[0"),
    ("/c[?(@.image=='a/b')]", "c[?(@.image=='a"),
    ("/c[?(@.name=='c]d')]", "[?(@.name=='c]"),
    ("/c[?(@.name!='x')]", "[?(@.name!='x')]"),
    ("/c[?(@.name==x)]", "[?(@.name==x)]"),
    ("/c[?(@.port==1)]", "[?(@.port==1)]"),
    ("/c[x]", "[x]"),
    ("/c[]", "[]"),
    ("/c[1.5]", "[1.5]"),
]


@pytest.mark.parametrize(("text", "steps"), READ)
def test_reads(text: str, steps: tuple[object, ...]) -> None:
    path = parse_path(text)
    assert isinstance(path, PatchPath)
    assert path.steps == steps
    assert (path.pointer is None) == any(not isinstance(step, str | int) for step in steps)


@pytest.mark.parametrize(("text", "segment"), REFUSED)
def test_refuses(text: str, segment: str) -> None:
    error = parse_path(text)
    assert isinstance(error, PatchError)
    assert error.code == "trait-patch-path-invalid"
    assert error.segment == segment


@given(st.lists(st.text(st.characters(exclude_characters="[]"), min_size=1), min_size=1))
def test_escaped_keys_come_back(keys: list[str]) -> None:
    text = "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)
    path = parse_path(text)
    assert isinstance(path, PatchPath)
    assert [step for step in path.steps if isinstance(step, str)] == [
        key for key, step in zip(keys, path.steps, strict=True) if isinstance(step, str)
    ]


@given(st.text())
def test_every_text_gives_a_path_or_an_error(text: str) -> None:
    assert isinstance(parse_path(text), PatchPath | PatchError)
