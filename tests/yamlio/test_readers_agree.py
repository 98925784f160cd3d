"""The quick reader accepts only what the thorough one reads the same, without a remark."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from krm_fn.findings import Collector
from krm_fn.yamlio.blocks import read_blocks
from krm_fn.yamlio.limits import UncommonError
from krm_fn.yamlio.reader import _chunks, _read_thoroughly
from krm_fn.yamlio.scalars import Mode
from krm_fn.yamlio.source import Source
from tests.shared import shared_path

MODES: st.SearchStrategy[Mode] = st.sampled_from(["kustomize", "kubernetes"])
PIECES = [
    *("a", "b", "key", "1", "~", "yes", "true", "0644", "2024-01-01", "x y"),
    *(": ", ":", "- ", "-", " ", "  ", "    ", "\n", "\n\n", "\n  ", "\n    ", "\n- ", "\n  - "),
    *("#", " # c", '"', "'", "''", "\\", "|", ">", "|-", ">+", "|\n  ", ": |\n    ", ": >\n    "),
    *("{", "}", "[", "]", ",", "{a: b}", "[1, 2]", "{}", "&a ", "*a", "!x ", "? ", "<<: ", "\t"),
    *("---\n", "...\n", "%", "@", "`", "=", "é", "\x85", "\u2028", "\ufeff"),
]


def check(text: str, mode: Mode) -> None:
    for chunk, _ in _chunks(text):
        if chunk.lstrip()[:1] == "{" and not chunk.isascii():
            continue  # JSON knows no line breaks but those of ASCII
        try:
            quick = read_blocks(chunk, mode)
        except UncommonError:
            continue
        if quick is not None and not isinstance(quick, dict):
            continue
        findings = Collector()
        thorough = _read_thoroughly(Source(chunk, "a.yaml", 0, 0), mode, findings)
        assert [finding.message for finding in findings] == []
        assert repr(quick) == repr(thorough)


@settings(max_examples=400, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=25), mode=MODES)
def test_on_pieces(pieces: list[str], mode: Mode) -> None:
    check("".join(pieces), mode)
    check("".join(pieces) + "\n", mode)


@settings(max_examples=200, deadline=None)
@given(data=st.data(), mode=MODES)
def test_on_damaged_vectors(data: st.DataObject, mode: Mode) -> None:
    cases = sorted(shared_path("golden", "component").glob("0*/input.yaml"))
    text = data.draw(st.sampled_from(cases)).read_text(encoding="utf-8")
    chunk, _ = data.draw(st.sampled_from(list(_chunks(text))))
    start = data.draw(st.integers(0, max(0, len(chunk) - 1)))
    chunk = chunk[start : start + 600].lstrip()
    at = data.draw(st.integers(0, len(chunk)))
    cut = data.draw(st.integers(0, 3))
    piece = data.draw(st.sampled_from(["", *PIECES]))
    check(chunk[:at] + piece + chunk[at + cut :], mode)
