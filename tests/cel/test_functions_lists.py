"""Functions on lists and sets, and optionals."""

from __future__ import annotations

import pytest

from krm_fn.cel import CelMap
from tests.cel.evaluation import evaluate, failure


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[1, 2, 3, 4].slice(1, 3)", [2, 3]),
        ("[1].slice(1, 1)", []),
        ("[[1, [2]], [3]].flatten()", [1, [2], 3]),
        ("dyn([1, [2, [3]]]).flatten(2)", [1, 2, 3]),
        ("dyn([1, [2]]).flatten(0)", [1, [2]]),
        ("[1, 1.0, 1u, 'a', 'a', true].distinct().size()", 3),
        ("[[1], [1.0], {'a': 1}, {'a': 1}].distinct().size()", 2),
        ("[3, 1, 2].sort()", [1, 2, 3]),
        ("['b', 'a'].sort()", ["a", "b"]),
        ("[{'n': 2}, {'n': 1}].sortBy(e, e.n).map(e, e.n)", [1, 2]),
        ("['a2', 'b1', 'c2'].sortBy(e, e.substring(1))", ["b1", "a2", "c2"]),
        ("[1, 2].reverse()", [2, 1]),
        ("lists.range(3)", [0, 1, 2]),
        ("[1, 2].first().value() + [1, 2].last().value()", 3),
        ("[].first().hasValue()", False),
        ("[1, 2].size() + {'a': 1}.size() + size(b'ab')", 5),
        ("sets.contains([1, 2.0, 'a'], [2, 'a'])", True),
        ("sets.contains([true], [1])", False),
        ("sets.equivalent([1, 1, 2], [2u, 1.0])", True),
        ("sets.intersects([1], [[1]])", False),
        ("sets.intersects([[1]], [[1.0]])", True),
        ("optional.of(1).value()", 1),
        (
            "[0, '', b'', [], {}, null, false, 0.0].map(v, optional.ofNonZeroValue(v).hasValue())",
            [False] * 8,
        ),
        ("optional.ofNonZeroValue('a').hasValue()", True),
        ("optional.unwrap([optional.of(1), optional.none()])", [1]),
        ("[optional.none(), optional.of(2)].unwrapOpt()", [2]),
    ],
)
def test_results(text: str, expected: object) -> None:
    assert evaluate(text, check=False) == expected


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        ("[1].slice(0, 2)", "index_out_of_range", "cannot slice(0, 2), list is length 1"),
        (
            "[1].slice(-1, 1)",
            "index_out_of_range",
            "cannot slice(-1, 1), negative indexes not supported",
        ),
        (
            "[1].slice(1, 0)",
            "index_out_of_range",
            "cannot slice(1, 0), start index must be less than or equal to end index",
        ),
        ("[[1]].flatten(-1)", "other", "level must be non-negative"),
        ("[1, 'a'].sort()", "not_comparable", "list elements must have the same type"),
        ("[[1]].sort()", "not_comparable", "list elements must be comparable"),
        ("n.sort()", "no_such_overload", "no such overload: sort"),
        ("'s'.flatten()", "no_such_overload", "no such overload: string.flatten()"),
        ("{}.flatten()", "no_such_overload", "no such overload: map(dyn, dyn).flatten()"),
        ("n.reverse()", "no_such_overload", "no such overload: reverse(int)"),
        ("lists.range(-1)", "other", "lists.range: size must be non-negative, got -1"),
        (
            "lists.range(1000001)",
            "limit",
            "lists.range: size 1000001 exceeds maximum allowed (1000000)",
        ),
        ("sets.contains(n, [])", "no_such_overload", "no such overload: sets.contains(int, list)"),
        ("n.value()", "no_such_overload", "no such overload: value(int)"),
        ("n.orValue(1)", "no_such_overload", "no such overload"),
    ],
)
def test_errors(text: str, code: str, message: str) -> None:
    assert failure(text, check=False, n=1) == (code, message)


def test_equal_keys_keep_their_order() -> None:
    text = "lists.range(50).sortBy(n, n % 3).filter(n, n % 3 == 0)"
    assert evaluate(text) == list(range(0, 50, 3))


def test_maps_over_lists_have_int_keys() -> None:
    made = evaluate("['a', 'b'].transformMap(i, v, v)")
    assert isinstance(made, CelMap)
    assert made.items() == [(0, "a"), (1, "b")]
