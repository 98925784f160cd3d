from __future__ import annotations

import pytest

from krm_fn.findings import Collector, Origin
from krm_fn.yamlio import Document, Mode, parse


def read(
    text: bytes | str, mode: Mode = "kustomize"
) -> tuple[list[Document], list[tuple[str, str, str]]]:
    findings = Collector()
    documents = parse(text, file="a.yaml", mode=mode, findings=findings)
    said = [(f.code, str(f.position), f.message) for f in findings.sorted()]
    return documents, said


def data(text: bytes | str, mode: Mode = "kustomize") -> list[dict[str, object]]:
    documents, said = read(text, mode)
    assert said == []
    return [document.data for document in documents]


def codes(text: bytes | str, mode: Mode = "kustomize") -> list[tuple[str, str]]:
    return [(code, place) for code, place, _ in read(text, mode)[1]]


SHAPES = """\
# a comment
kind: Shape   # and another
"quoted key": "quoted: \\"value\\""
'single': 'it''s'
plain: a b  c
url: http://x:80/y#z
over: several lines
  of text
quoted over: "several lines
  of text"
empty:
also-empty: ~
list:
- a
- b: 1
  c: 2
-
  d: 3
- - 1
  - 2
- |
  literal

  text
wide:
    - x
literal: |-
  no break
kept: |+
  breaks

folded: >
  one
  paragraph

  and
    indented
  more
flow: {a: 1, b: [x, "y, z", 'w'], c: {}}
numbers: [0644, 1.0, 1e3, -1, 0x1F]
"""


def test_the_common_shapes() -> None:
    assert data(SHAPES) == [
        {
            "kind": "Shape",
            "quoted key": 'quoted: "value"',
            "single": "it's",
            "plain": "a b  c",
            "url": "http://x:80/y#z",
            "over": "several lines of text",
            "quoted over": "several lines of text",
            "empty": None,
            "also-empty": None,
            "list": ["a", {"b": 1, "c": 2}, {"d": 3}, [1, 2], "literal\n\ntext\n"],
            "wide": ["x"],
            "literal": "no break",
            "kept": "breaks\n\n",
            "folded": "one paragraph\nand\n  indented\nmore\n",
            "flow": {"a": 1, "b": ["x", "y, z", "w"], "c": {}},
            "numbers": [420, 1, 1000, -1, 31],
        }
    ]


def test_streams_skip_empty_documents() -> None:
    text = "---\n# nothing\n---\na: 1\n---\n---\nb: 2\n...\n# end\n--- # marked\nc: 3\n"
    documents, said = read(text)
    assert said == []
    assert [(d.data, d.index) for d in documents] == [({"a": 1}, 0), ({"b": 2}, 1), ({"c": 3}, 2)]
    assert [str(d.position(())) for d in documents] == ["a.yaml:4:1", "a.yaml:7:1", "a.yaml:11:1"]


@pytest.mark.parametrize("text", ["", "\n", "---\n", "# only a comment", "null\n", "~"])
def test_nothing(text: str) -> None:
    assert data(text) == []


def test_json_is_read() -> None:
    assert data('{"a": {"b": [1, 1.0, 1e3, true, null, "\\u00e9", "a: b"]}}\n') == [
        {"a": {"b": [1, 1, 1000, True, None, "é", "a: b"]}}
    ]
    assert data('{\n\t"a": "tabs",\n\t"b": 2\n}\n') == [{"a": "tabs", "b": 2}]


def test_line_ends_and_byte_order_marks() -> None:
    assert data(b"\xef\xbb\xbfa: 1\r\nb: |\r\n  x\r\n  y\r\n") == [{"a": 1, "b": "x\ny\n"}]


def test_anchors_aliases_and_merges() -> None:
    text = "a: &x {b: 1, c: 2}\nd: *x\ne:\n  <<: *x\n  c: 3\nf: {<<: [*x, {g: 4}]}\n"
    assert data(text) == [
        {
            "a": {"b": 1, "c": 2},
            "d": {"b": 1, "c": 2},
            "e": {"c": 3, "b": 1},
            "f": {"b": 1, "c": 2, "g": 4},
        }
    ]


def test_lists_are_taken_apart() -> None:
    text = "apiVersion: v1\nkind: List\nitems:\n- kind: A\n  metadata: {name: a}\n- kind: B\n"
    documents, said = read(text)
    assert said == []
    assert [document.kind for document in documents] == ["A", "B"]
    assert str(documents[0].position(("metadata", "name"))) == "a.yaml:5:20"


def test_both_modes() -> None:
    text = "a: yes\non: x\n1: z\n"
    assert data(text, "kubernetes") == [{"a": True, "true": "x", "1": "z"}]
    documents, said = read(text)
    assert documents[0].data == {"a": "yes", "on": "x", "1": "z"}
    assert [(code, place) for code, place, _ in said] == [
        ("yaml-boolean-word", "a.yaml:1:4"),
        ("yaml-boolean-word", "a.yaml:2:1"),
        ("yaml-key-type", "a.yaml:3:1"),
    ]


def test_dates_stay_text() -> None:
    assert data("a: 2024-01-01\n", "kubernetes") == [{"a": "2024-01-01"}]
    documents, said = read("a: 2024-01-01\nb: 2024-01-01x\nc: '2024-01-01'\n")
    assert documents[0].data["a"] == "2024-01-01"
    assert [(code, place) for code, place, _ in said] == [("yaml-date", "a.yaml:1:4")]


NESTED = "[" * 100_000


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b: c\n", [("yaml-syntax", "a.yaml:1:5")]),
        ("a: 'open\n", [("yaml-syntax", "a.yaml:2:1")]),
        ("a: [1, 2\nb: 3\n", [("yaml-syntax", "a.yaml:2:2")]),
        ("a:\n\tb: 1\n", [("yaml-tab", "a.yaml:2:1")]),
        ("a:\n  b: 1\n\tc: 2\n", [("yaml-tab", "a.yaml:3:1")]),
        (b"a: 1\nb: \xff\n", [("yaml-not-utf8", "a.yaml:2:4")]),
        ("a: é\x07b\n", [("yaml-control-character", "a.yaml:1:5")]),
        ("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n", [("yaml-duplicate-key", "a.yaml:5:3")]),
        ("{a: 1, a: 2}\n", [("yaml-duplicate-key", "a.yaml:1:8")]),
        ('{"a": 1, "a": 2}\n', [("yaml-duplicate-key", "a.yaml:1:10")]),
        ("a: !Ref b\n", [("yaml-tag", "a.yaml:1:4")]),
        ("a: !!python/object:os.system {}\n", [("yaml-tag", "a.yaml:1:4")]),
        ("a: !!int x\n", [("yaml-tag-value", "a.yaml:1:4")]),
        ("a: *b\n", [("yaml-syntax", "a.yaml:1:4")]),
        ("a: &b\n  c: *b\n", [("yaml-recursive-alias", "a.yaml:1:4")]),
        ("? {a: 1}\n: b\n", [("yaml-key", "a.yaml:1:3")]),
        ("~: b\n", [("yaml-key", "a.yaml:1:1")]),
        ("<<: 1\n", [("yaml-merge", "a.yaml:1:5")]),
        ("a: .inf\n", [("yaml-not-finite", "a.yaml:1:4")]),
        ("- a\n- b\n", [("yaml-not-a-mapping", "a.yaml:1:1")]),
        ("just text\n", [("yaml-not-a-mapping", "a.yaml:1:1")]),
        ("a: " + NESTED, [("yaml-too-deep", "a.yaml:1:203")]),
        ("".join(" " * n + "a:\n" for n in range(250)), [("yaml-too-deep", "a.yaml:201:201")]),
        ("%YAML 9.9\n---\na: 1\n", [("yaml-syntax", "a.yaml:1:1")]),
    ],
)
def test_what_is_wrong_has_a_code_and_a_place(
    text: bytes | str, expected: list[tuple[str, str]]
) -> None:
    assert codes(text) == expected


def test_alias_bombs_are_refused() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    assert codes("\n".join(lines) + "\n") == [("yaml-alias-expansion", "a.yaml:5:5")]


def test_both_places_of_a_duplicate_are_named() -> None:
    findings = Collector()
    parse("x: 1\na: 1\na: 2\n", file="a.yaml", mode="kustomize", findings=findings)
    (finding,) = findings
    assert [(word, str(place)) for word, place in finding.related] == [("first", "a.yaml:2:1")]


def test_syntax_errors_say_what_is_still_open_and_what_to_do() -> None:
    findings = Collector()
    parse("a: 1\nb: 'open\nc: 2\n", file="a.yaml", mode="kustomize", findings=findings)
    (finding,) = findings
    assert [(word, str(place)) for word, place in finding.related] == [("begun here", "a.yaml:2:4")]
    assert finding.hint == "close the quote or bracket that is still open"


def test_every_document_is_judged() -> None:
    documents, said = read("a: b: c\n---\nok: 1\n---\n- x\n---\nd: {\n---\nfine: 2\n")
    assert [document.data for document in documents] == [{"ok": 1}, {"fine": 2}]
    assert [(code, place) for code, place, _ in said] == [
        ("yaml-syntax", "a.yaml:1:5"),
        ("yaml-not-a-mapping", "a.yaml:5:1"),
        ("yaml-syntax", "a.yaml:8:1"),
    ]


def test_positions() -> None:
    text = "# top\nmetadata:\n  name: shop\nspec:\n  list:\n  - a: 1\n  - b: {c: 2}\n"
    (document,) = read(text)[0]
    places = {
        ("metadata", "name"): "a.yaml:3:9",
        ("spec", "list", 1, "b", "c"): "a.yaml:7:12",
        ("spec", "list", 7): "a.yaml:6:3",
        ("spec", "absent", "deeper"): "a.yaml:5:3",
        ("nothing",): "a.yaml:2:1",
        (): "a.yaml:2:1",
    }
    for path, place in places.items():
        assert str(document.position(path)) == place
    assert str(document.position(("metadata", "name"), key=True)) == "a.yaml:3:3"
    assert str(Origin(document, ("spec",)).child("list", 0, "a").position()) == "a.yaml:6:8"


def test_positions_of_merged_keys() -> None:
    (document,) = read("a: &x\n  b: 1\nc:\n  <<: *x\n  d: 2\n")[0]
    assert str(document.position(("c", "b"))) == "a.yaml:2:6"


def test_items_of_a_host_know_what_it_told() -> None:
    annotations = {
        "config.kubernetes.io/path": "x/y.yaml",
        "internal.config.kubernetes.io/path": "x/y.yaml",
        "internal.config.kubernetes.io/index": "2",
    }
    item = {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "a", "namespace": "b", "annotations": annotations},
    }
    document = Document.from_item(item)
    assert str(document.position(("metadata",))) == "x/y.yaml[2]"
    assert str(document.reference) == "ConfigMap b/a"
    assert Document.from_item({"kind": "A"}).position(()) is None
    odd = Document.from_item({"metadata": None, "kind": 3})
    assert (odd.kind, odd.name, odd.namespace, odd.api_version) == ("", "", "", "")
