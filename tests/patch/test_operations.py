"""`add`, `replace`, `remove`, `mergeShallow` on one object."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from krm_fn.patch import (
    STATE_LIMIT,
    Change,
    PatchError,
    PatchPath,
    apply_operation,
    parse_path,
)
from krm_fn.template import StringList

Tree = dict[str, object]


def apply(
    target: Tree, operation: str, path: str, value: object = None
) -> tuple[PatchError | None, list[Change]]:
    parsed = parse_path(path)
    assert isinstance(parsed, PatchPath)
    changes: list[Change] = []
    return apply_operation(target, operation, parsed, value, changes), changes


DONE: list[tuple[Tree, str, str, object, Tree]] = [
    ({}, "add", "/a", 1, {"a": 1}),
    ({"a": 1}, "add", "a", 2, {"a": 2}),
    ({"a": 1}, "ADD", "/a", None, {"a": None}),
    ({}, "add", "/a/b/c", 1, {"a": {"b": {"c": 1}}}),
    ({"a": None}, "add", "/a/b", 1, {"a": {"b": 1}}),
    ({}, "add", "/new/list/-", 1, {"new": {"list": [1]}}),
    ({"l": None}, "add", "/l/-", 1, {"l": [1]}),
    ({"c": [{}, {}]}, "add", "/c[1]/env/-", 1, {"c": [{}, {"env": [1]}]}),
    ({"l": [1, 2]}, "add", "/l/0", 0, {"l": [0, 1, 2]}),
    ({"l": [1, 2]}, "add", "/l/-", 3, {"l": [1, 2, 3]}),
    ({"l": [1, 2]}, "replace", "/l/1", 3, {"l": [1, 3]}),
    ({"l": [1, 2]}, "remove", "/l/0", None, {"l": [2]}),
    ({"a": 1}, "replace", "/a", {"b": 1}, {"a": {"b": 1}}),
    ({"a": 1}, "remove", "/a", None, {}),
    ({"a": {}}, "remove", "/a/b", None, {"a": {}}),
    ({"a": {}}, "add", "/a/x~1y", 1, {"a": {"x/y": 1}}),
    ({"a": {}}, "add", "/a/x/y", 1, {"a": {"x": {"y": 1}}}),
    (
        {"a": {"x": 1, "y": 1}},
        "mergeShallow",
        "/a",
        {"x": {"z": 2}},
        {"a": {"x": {"z": 2}, "y": 1}},
    ),
    ({"a": 1}, "mergeShallow", "/a", {"x": 1}, {"a": {"x": 1}}),
    ({}, "mergeShallow", "/a", {"x": 1}, {"a": {"x": 1}}),
    ({"l": [{"x": 1}]}, "mergeShallow", "/l/0", {"y": 2}, {"l": [{"x": 1, "y": 2}]}),
    ({"l": []}, "mergeShallow", "/l[*]", {"y": 2}, {"l": []}),
    (
        {"l": [{"n": "a"}, {"n": "b"}]},
        "add",
        "/l[?(@.n=='b')]/x",
        1,
        {"l": [{"n": "a"}, {"n": "b", "x": 1}]},
    ),
    ({"l": [{}, {}]}, "add", "/l[*]/x", 1, {"l": [{"x": 1}, {"x": 1}]}),
    (
        {"l": [{"p": 8080.0, "x": 0}]},
        "remove",
        "/l[?(@.p=='8080')]/x",
        None,
        {"l": [{"p": 8080.0}]},
    ),
    ({"l": [{"p": 1e6}]}, "add", "/l[?(@.p=='1e+06')]/x", 1, {"l": [{"p": 1e6, "x": 1}]}),
    ({"l": [{"p": True}]}, "add", "/l[?(@.p=='true')]/x", 1, {"l": [{"p": True, "x": 1}]}),
    ({"l": [{"p": None}]}, "add", "/l[?(@.p=='')]/x", 1, {"l": [{"p": None, "x": 1}]}),
    (
        {"l": [{"a": {"b": "c"}}, 1]},
        "add",
        "/l[?(@.a.b=='c')]/x",
        1,
        {"l": [{"a": {"b": "c"}, "x": 1}, 1]},
    ),
    # Indices shift between the removals of one operation: the second takes the wrong element.
    (
        {"l": [{"k": "b"}, {"k": "b"}, 3, 4]},
        "remove",
        "/l[?(@.k=='b')]",
        None,
        {"l": [{"k": "b"}, 4]},
    ),
]


@pytest.mark.parametrize(("target", "operation", "path", "value", "expected"), DONE)
def test_applies(target: Tree, operation: str, path: str, value: object, expected: Tree) -> None:
    error, changes = apply(target := copy.deepcopy(target), operation, path, value)
    assert error is None
    assert target == expected
    if operation != "remove" and path != "/l[*]":
        assert changes


REFUSED: list[tuple[Tree, str, str, object, str, str]] = [
    ({}, "add", "", 1, "trait-patch-failed", "whole resource"),
    ({}, "remove", "/", None, "trait-patch-failed", "whole resource"),
    ({"a": {}}, "replace", "/a/b", 1, "trait-patch-failed", "`/a` has no key `b`"),
    ({}, "replace", "/a/b", 1, "trait-patch-failed", "`/` has no key `a`"),
    ({}, "remove", "/a/b", None, "trait-patch-failed", "`/` has no key `a`"),
    ({"a": None}, "replace", "/a/b", 1, "trait-patch-failed", "null"),
    ({"data": {}}, "add", "/data/8080", "x", "trait-patch-failed", "`8080` needs a list"),
    ({"a": "x"}, "add", "/a/b", 1, "trait-patch-failed", "has no key `b`"),
    ({"l": [1]}, "add", "/l/1", 2, "trait-patch-failed", "no index 1"),
    ({"l": [1]}, "add", "/l/-1", 2, "trait-patch-failed", "no index -1"),
    ({}, "add", "/l/0", 2, "trait-patch-failed", "missing or null"),
    ({"l": [1]}, "replace", "/l/-", 2, "trait-patch-failed", "behind the last"),
    ({"l": [1]}, "remove", "/l/-", None, "trait-patch-failed", "behind the last"),
    ({"l": [{}]}, "mergeShallow", "/l/-", {}, "trait-patch-failed", "behind the last"),
    ({"m": {}}, "add", "/m/-", 2, "trait-patch-failed", "needs a list"),
    ({"l": []}, "add", "/l/-/x", 2, "trait-patch-failed", "leads nowhere"),
    ({"l": [[1]]}, "add", "/l/0/0", 2, "trait-patch-failed", "list inside a list"),
    ({"l": [[{}]]}, "add", "/l/0/0/x", 2, "trait-patch-failed", "list inside a list"),
    ({"l": [None]}, "add", "/l/0/x", 2, "trait-patch-failed", "null"),
    ({"l": [{}]}, "add", "/l[?(@.n=='b')]/x", 1, "trait-patch-no-match", "no element"),
    ({"l": []}, "remove", "/l[*]", None, "trait-patch-no-match", "no elements"),
    ({"m": {}}, "remove", "/m[*]", None, "trait-patch-failed", "needs a list"),
    ({}, "add", "/m[?(@.a=='b')]", None, "trait-patch-failed", "missing or null"),
    ({"l": [1, 2, 3]}, "remove", "/l[*]", None, "trait-patch-failed", "1 element left"),
    ({"l": StringList("ab")}, "add", "/l/-", 1, "trait-patch-failed", "split()"),
    ({"l": StringList("ab")}, "add", "/l/0", 1, "trait-patch-failed", "split()"),
    ({"a": {}}, "mergeShallow", "/a", 1, "trait-patch-failed", "must be a map"),
    ({"a": {}}, "move", "/a", 1, "trait-patch-failed", "no operation"),
]


@pytest.mark.parametrize(("target", "operation", "path", "value", "code", "words"), REFUSED)
def test_refuses(
    target: Tree, operation: str, path: str, value: object, code: str, words: str
) -> None:
    error, _ = apply(copy.deepcopy(target), operation, path, value)
    assert error is not None
    assert (error.code, words in error.message) == (code, True), error


def test_a_filter_that_matches_nothing_lists_what_is_there() -> None:
    error, _ = apply({"c": [{"name": "main"}, {"name": "side"}]}, "add", "/c[?(@.name=='x')]/y", 1)
    assert error is not None
    assert error.known == ("main", "side")
    assert error.segment == "x"


def test_hints_name_the_way_out() -> None:
    assert "append with `-`" in hint({"l": []}, "add", "/l/0")
    assert "never names a key" in hint({"data": {}}, "add", "/data/8080")
    assert "one element per operation" in hint({"l": [1, 2]}, "remove", "/l[*]")


def hint(target: Tree, operation: str, path: str) -> str:
    error, _ = apply(target, operation, path)
    assert error is not None
    return error.hint


def test_values_are_copied() -> None:
    value: Tree = {"a": [{}]}
    target: Tree = {"l": [{}, {}]}
    apply(target, "add", "/l[*]/x", value)
    items = target["l"]
    assert isinstance(items, list)
    items[0]["x"]["a"][0]["b"] = 1
    assert value == {"a": [{}]}
    assert items[1]["x"] == {"a": [{}]}


def test_changes_name_real_places() -> None:
    target: Tree = {"l": [{"n": "a"}, {"n": "b"}], "m": {"x": 1}}
    assert apply(target, "add", "/l/-", 1)[1] == [Change("insert", ("l", 2))]
    assert apply(target, "add", "/l/0", 1)[1] == [Change("insert", ("l", 0))]
    assert apply(target, "replace", "/l[?(@.n=='b')]/n", "c")[1] == [Change("set", ("l", 2, "n"))]
    assert apply(target, "remove", "/l/0")[1] == [Change("remove", ("l", 0))]
    assert apply(target, "remove", "/m/y")[1] == []
    assert apply(target, "mergeShallow", "/m", {"y": 2})[1] == [Change("set", ("m", "y"), ("y",))]


def test_a_path_means_at_most_65536_places() -> None:
    row: list[object] = [{"l": [{}] * 257}] * 256
    error, _ = apply({"l": row}, "add", "/l[*]/l[*]/x", 1)
    assert error is not None
    assert str(STATE_LIMIT) in error.message


scalars = st.none() | st.booleans() | st.floats(allow_nan=False) | st.text(max_size=3)
trees = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
    max_leaves=12,
)
objects = st.dictionaries(st.sampled_from("abc"), trees, max_size=3)
steps = st.sampled_from(["/a", "/b", "/c", "/0", "/1", "/-", "[*]", "[?(@.a=='x')]"])
paths = st.lists(steps, min_size=1, max_size=4).map("".join)
operations = st.sampled_from(["add", "replace", "remove", "mergeShallow"])


@given(objects, operations, paths, trees)
def test_an_operation_ends_with_an_object_or_an_error(
    target: Tree, operation: str, path: str, value: object
) -> None:
    error, changes = apply(target, operation, path, value)
    if error is None:
        assert isinstance(target, dict)
    else:
        assert error.code.startswith("trait-patch-")
        assert error.message
    assert all("-" not in change.path[-1:] for change in changes if change.path != ("-",))


@given(objects, st.sampled_from(["/a", "/b/c", "/c/a/b"]), trees)
def test_what_was_added_is_found_there_and_can_be_removed(
    target: Tree, path: str, value: object
) -> None:
    error, changes = apply(target, "add", path, value)
    if error is not None:
        return
    found: object = target
    for step in changes[0].path:
        assert isinstance(found, dict)
        found = found[step]
    assert found == value
    assert apply(target, "remove", path)[0] is None
    assert apply(target, "replace", path, 1)[0] is not None
