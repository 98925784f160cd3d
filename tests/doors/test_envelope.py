"""The text of a ResourceList: what is kept is kept as it was written."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from krm_fn import yamlio
from krm_fn.doors.envelope import Envelope, cut
from krm_fn.findings import Collector

HEAD = "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\n"


def envelope(text: str) -> Envelope:
    (document,) = yamlio.parse(text, file="x", mode="kustomize", findings=Collector())
    return cut(text, document.data)


@pytest.mark.parametrize(
    "items",
    [
        "items: []\n",
        "items:\n- a: 1 # one\n  b: |\n    - x\n\n    - y\n- # two\n  a: 2\n",
        "items:\n- {a: 1,\n   b: [1,\n   2]}\n-\n  a: 2\n",
        "items:\n# above\n- a: '- b'\n  # below\n- a: 2\n# last\n",
        "items:\n- a: 1\n  items:\n  - kind: b\nfunctionConfig:\n  items:\n  - 1\n",
    ],
)
def test_text_that_is_kept_whole_comes_back_whole(items: str) -> None:
    text = HEAD + items
    found = envelope(text)
    written = found.write(range(len(found.items)), (), ())
    assert yaml.safe_load(written) == yaml.safe_load(text)
    assert written == text.replace("# above\n", "")


def test_indented_items_move_to_the_first_column() -> None:
    text = HEAD + "items:\n  - a: 1\n    b: |\n      x\n\n      y\n  - a: 2\n"
    written = envelope(text).write([1, 0], [{"a": 3}], ())
    assert written == HEAD + ("items:\n- a: 2\n- a: 1\n  b: |\n    x\n\n    y\n- a: 3\n")


def test_results_are_replaced_and_the_rest_stays() -> None:
    text = "# top\n---\n" + HEAD + "results:\n- message: old\nitems: []\nfunctionConfig: {a: 1}\n"
    written = envelope(text).write((), (), [{"message": "new"}])
    assert written == HEAD + "items: []\nfunctionConfig: {a: 1}\nresults:\n- message: new\n"


def test_an_alias_survives_the_loss_of_its_anchor() -> None:
    text = HEAD + "items:\n- a: &x {b: 1}\n- a: *x\n"
    written = envelope(text).write([1], (), ())
    assert yaml.safe_load(written)["items"] == [{"a": {"b": 1}}]
    assert envelope(text).write([0, 1], (), ()) == text


def test_an_alias_of_the_configuration_survives_too() -> None:
    text = HEAD + "items:\n- a: &x {b: 1}\nfunctionConfig:\n  a: *x\n"
    written = envelope(text).write([], (), ())
    assert yaml.safe_load(written)["functionConfig"] == {"a": {"b": 1}}


@pytest.mark.parametrize(
    "text",
    [
        '{"apiVersion": "x/v1", "kind": "ResourceList", "items": [{"a": 1}, {"a": 2}]}',
        'kind: ResourceList\n"items":\n- a: 1\n- a: 2\n',
        "kind: ResourceList\nitems: [{a: 1}, {a: 2}]\n",
    ],
)
def test_other_shapes_are_written_anew(text: str) -> None:
    written = yaml.safe_load(envelope(text).write([1], [{"a": 3}], ()))
    assert written["items"] == [{"a": 2}, {"a": 3}]
    assert {"apiVersion", "kind"} <= written.keys()


def test_items_are_found_by_line() -> None:
    found = envelope(HEAD + "items:\n- a: 1\n  b: 2\n- a: 2\nfunctionConfig:\n  a: 1\n")
    assert [found.item_at(line) for line in range(1, 9)] == [
        None,
        None,
        None,
        0,
        0,
        1,
        None,
        None,
    ]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-99, 99) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=8,
)
OBJECTS = st.lists(st.dictionaries(st.sampled_from("abcd"), VALUES, min_size=1), max_size=4)


@settings(max_examples=60, deadline=None)
@given(kept=OBJECTS, added=OBJECTS)
def test_what_is_written_is_read_back(
    kept: list[dict[str, Any]], added: list[dict[str, Any]]
) -> None:
    text = HEAD + yamlio.dump({"items": kept})
    written = envelope(text).write(range(len(kept)), added, ())
    assert envelope(written).items == envelope(HEAD + yamlio.dump({"items": kept + added})).items
