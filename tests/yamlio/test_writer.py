from __future__ import annotations

import math

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from krm_fn.findings import Collector
from krm_fn.yamlio import Mode, dump, dump_all, dump_json, number_text, parse

TRICKY = st.text(
    alphabet="yYnN oOfF0123456789eExXbB_.:+-~#'\"|>{}[],&*!%@`?=<\\\n\tÿ\u2028\x85\ufeff\x07a"
)
STRINGS = st.one_of(st.text(st.characters(exclude_categories=["Cs"])), TRICKY)
SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-(2**63), 2**64 - 1), STRINGS)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(STRINGS, inner, max_size=4)
    ),
    max_leaves=12,
)
OBJECTS = st.dictionaries(STRINGS, VALUES, max_size=4)


def read(text: str, mode: Mode) -> list[object]:
    findings = Collector()
    documents = parse(text, file="made.yaml", mode=mode, findings=findings)
    assert [finding.message for finding in findings] == []
    return [document.data for document in documents]


@pytest.mark.parametrize("mode", ["kustomize", "kubernetes"])
@given(value=OBJECTS)
def test_what_is_written_reads_back_the_same(mode: Mode, value: dict[str, object]) -> None:
    assert read(dump(value), mode) == [value]


@given(value=OBJECTS)
def test_other_yaml_readers_agree(value: dict[str, object]) -> None:
    assert yaml.load(dump(value), yaml.CSafeLoader) == value


@given(values=st.lists(OBJECTS, max_size=3))
def test_streams_read_back(values: list[dict[str, object]]) -> None:
    assert read(dump_all(values), "kustomize") == values


def test_the_shape_is_that_of_kubectl() -> None:
    value = {
        "kind": "Deployment",
        "spec": {
            "args": ["--port=80", "-v", "yes", "0755", "2024-01-01", "12:30", "8080:80"],
            "empty": {},
            "none": [],
            "nested": [[1, 2], {"a": None, "b": [True]}],
            "on": "on",
            "script": "#!/bin/sh\n\techo hi\n",
            "text": "two\nlines",
        },
    }
    assert dump(value) == (
        "kind: Deployment\n"
        "spec:\n"
        "  args:\n"
        "  - --port=80\n"
        "  - -v\n"
        '  - "yes"\n'
        '  - "0755"\n'
        '  - "2024-01-01"\n'
        '  - "12:30"\n'
        '  - "8080:80"\n'
        "  empty: {}\n"
        "  none: []\n"
        "  nested:\n"
        "  - - 1\n"
        "    - 2\n"
        "  - a: null\n"
        "    b:\n"
        "    - true\n"
        '  "on": "on"\n'
        "  script: |\n"
        "    #!/bin/sh\n"
        "    \techo hi\n"
        "  text: |-\n"
        "    two\n"
        "    lines\n"
    )


def test_generated_objects_can_have_sorted_keys() -> None:
    assert dump({"b": {"d": 1, "c": 2}, "a": 3}, sort_keys=True) == "a: 3\nb:\n  c: 2\n  d: 1\n"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (1.5, "1.5"),
        (1e20, "100000000000000000000"),
        (1e21, "1e+21"),
        (1.5e300, "1.5e+300"),
        (0.00001, "0.00001"),
        (1e-7, "1e-7"),
        (5e-324, "5e-324"),
        (2.0**64, "18446744073709552000"),
        (2**64 - 1, "18446744073709551615"),
    ],
)
def test_numbers_are_written_as_go_writes_json(value: float, text: str) -> None:
    assert number_text(value) == text


@pytest.mark.parametrize("value", [math.inf, -math.inf, math.nan])
def test_what_json_lacks_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="no JSON form"):
        dump({"a": value})


class Zero(int):
    pass


class Hooked:
    def __json__(self) -> object:
        return {"a": [1]}


class Words(list[object]):
    pass


def test_derived_classes_and_hooks() -> None:
    assert dump({"z": Zero(0), "h": Hooked(), "w": Words(["x"]), "t": (1, 2)}) == (
        "z: 0\nh:\n  a:\n  - 1\nw:\n- x\nt:\n- 1\n- 2\n"
    )
    with pytest.raises(TypeError):
        dump({"a": object()})


def test_arguments_are_left_alone() -> None:
    value = {"b": Words(["x"]), "a": {"d": 1.0}}
    dump(value, sort_keys=True)
    assert list(value) == ["b", "a"]
    assert isinstance(value["b"], Words)


def test_json() -> None:
    assert dump_json({"a": 1.0, "é": [2.5]}) == '{\n  "a": 1,\n  "é": [\n    2.5\n  ]\n}\n'
