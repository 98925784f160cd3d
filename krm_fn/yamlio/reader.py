"""From the bytes of a file to documents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from krm_fn.findings import Collector, Position
from krm_fn.yamlio.blocks import read_blocks
from krm_fn.yamlio.document import Document
from krm_fn.yamlio.limits import DEPTH_LIMIT, UncommonError
from krm_fn.yamlio.scalars import Mode
from krm_fn.yamlio.source import Source

_MARKER = re.compile(r"^(?:---(?=[ \t\n]|\Z)|\.\.\.(?=[ \t\n]|\Z))", re.MULTILINE)
_PREAMBLE = re.compile(r"(?:[ \t]*(?:#.*)?\n|%.*\n)*[ \t]*(?:#.*)?\Z")
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_CLEAN = b"\t\n" + bytes(range(0x20, 0x7F))
_MAYBE_DEEP = re.compile(r"^ {150}|(?:[-?][ \t]+){8}", re.MULTILINE)
_BRACKETS = 150
_HINTS = (
    ("{{", "this looks like a template of another tool; name it in .krmignore"),
    (
        "mapping values are not allowed",
        'put the value in quotes if ": " is a part of it, or line the keys of the mapping up',
    ),
    ("undefined alias", "an anchor holds in its own document only"),
    ("cannot start any token", "put the value in quotes"),
    ("end of stream", "close the quote or bracket that is still open"),
    ("',' or '", "close the bracket that is still open, or separate its items by commas"),
    ("'-' indicator", "line the dashes of a list up; the keys around it stand further left"),
    ("could not find expected ':'", "write a colon after the key, or indent the text further"),
    ("unknown escape", "double the backslash, or use single quotes"),
    ("did not find expected key", "line the keys of a mapping up; close quotes where they end"),
)


def parse(text: bytes | str, *, file: str, mode: Mode, findings: Collector) -> list[Document]:
    """Read every document of a file (YAML or JSON).

    Empty documents are skipped; the items of a `v1` `List` become documents of their own. What
    is wrong is reported to `findings` with its place; a document that cannot be read at all is
    left out, the others are still read. `file` is the name that findings show.
    """
    decoded = _decode(text, file, findings) if isinstance(text, bytes) else text
    decoded = decoded.removeprefix("\ufeff")
    if "\r" in decoded:
        decoded = decoded.replace("\r\n", "\n").replace("\r", "\n")
    if not _is_clean(decoded):
        decoded = _without_control_characters(decoded, file, findings)
    documents: list[Document] = []
    for chunk, first_line in _chunks(decoded):
        source = Source(chunk, file, first_line, len(documents))
        data = _read(source, mode, findings)
        if data is None:
            continue
        documents.extend(_flatten(data, source))
    return documents


def _decode(content: bytes, file: str, findings: Collector) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line = before.count(b"\n")
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8"))
        findings.add(
            "yaml-not-utf8",
            f"byte 0x{content[error.start]:02x} is not valid UTF-8",
            position=Position(file, line + 1, column + 1),
        )
        return content.decode("utf-8", errors="replace")


def _is_clean(text: str) -> bool:
    return text.isascii() and not text.encode().translate(None, _CLEAN)


def _without_control_characters(text: str, file: str, findings: Collector) -> str:
    match = _UNPRINTABLE.search(text)
    if match is None:
        return text
    start = match.start()
    findings.add(
        "yaml-control-character",
        f"the control character U+{ord(match[0]):04X} is not allowed in YAML",
        position=Position(file, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)),
    )
    return _UNPRINTABLE.sub("\ufffd", text)


def _chunks(text: str) -> Iterator[tuple[str, int]]:
    """Cut a file at its document markers: (text, lines before it).

    A marker at the start of a line ends a document wherever it stands, so cutting is safe. The
    marker stays with the document that it opens, as do directives and comments before it.
    """
    start = 0
    line = 0
    for match in _MARKER.finditer(text):
        cut = match.start()
        chunk = text[start:cut]
        if match[0] == "---":
            if _PREAMBLE.match(chunk):
                continue
            following = cut
        else:
            end_of_line = text.find("\n", cut)
            following = len(text) if end_of_line < 0 else end_of_line + 1
        if chunk:
            yield chunk, line
        line += text.count("\n", start, following)
        start = following
    if start < len(text):
        yield text[start:], line


def _read(source: Source, mode: Mode, findings: Collector) -> Any:
    try:
        data = read_blocks(source.text, mode)
    except UncommonError:
        return _read_thoroughly(source, mode, findings)
    if data is None or isinstance(data, dict):
        return data
    return _read_thoroughly(source, mode, findings)


def _read_thoroughly(source: Source, mode: Mode, findings: Collector) -> Any:
    from yaml.error import MarkedYAMLError, YAMLError

    from krm_fn.yamlio.compose import Constructor, Measure, compose, too_deep

    text = source.text
    try:
        if _MAYBE_DEEP.search(text) or text.count("[") + text.count("{") > _BRACKETS:
            place = too_deep(text)
            if place is not None:
                findings.add(
                    "yaml-too-deep",
                    f"mappings and lists are nested more than {DEPTH_LIMIT} deep",
                    position=source.place(*place),
                )
                return None
        root = compose(text)
    except MarkedYAMLError as error:
        _report_syntax(error, source, findings)
        return None
    except YAMLError as error:
        findings.add("yaml-syntax", str(error), position=source.place(0, 0))
        return None
    if root is None:
        return None
    if "*" in text and "&" in text:
        measure = Measure()
        measure.size(root)
        at_fault = measure.recursive or measure.bomb
        if at_fault is not None:
            mark = at_fault.start_mark
            findings.add(
                "yaml-recursive-alias" if measure.recursive else "yaml-alias-expansion",
                "an anchor contains an alias to itself"
                if measure.recursive
                else "the aliases in this document expand to more than a hundred thousand nodes",
                position=source.place(mark.line, mark.column),
            )
            return None
    data = Constructor(source, mode, findings).build(root)
    if data is not None and not isinstance(data, dict):
        what = "a list" if isinstance(data, list) else "a single value"
        mark = root.start_mark
        findings.add(
            "yaml-not-a-mapping",
            f"the document is {what}, not a mapping",
            position=source.place(mark.line, mark.column),
        )
        return None
    return data


def _report_syntax(error: Any, source: Source, findings: Collector) -> None:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    lines = source.text.split("\n")
    here = lines[line] if line < len(lines) else ""
    position = source.place(line, column)
    indentation = here[: len(here) - len(here.lstrip())]
    if "\t" in indentation or here[column : column + 1] == "\t":
        tab = here.index("\t")
        findings.add(
            "yaml-tab",
            "a tab is used for indentation",
            position=source.place(line, tab),
        )
        return
    message = str(error.problem)
    if error.context:
        message = f"{message} {error.context}"
    hint = next((hint for sign, hint in _HINTS if sign in here or sign in message), "")
    begun = error.context_mark
    related = []
    if begun is not None and begun.line != line:
        related = [("begun here", source.place(begun.line, begun.column))]
    findings.add("yaml-syntax", message, position=position, hint=hint, related=related)


def _flatten(data: dict[str, Any], source: Source) -> Iterator[Document]:
    items = data.get("items")
    if data.get("kind") == "List" and data.get("apiVersion") == "v1" and isinstance(items, list):
        for number, item in enumerate(items):
            if isinstance(item, dict):
                yield Document(
                    item, source.file, source.index, source=source, prefix=("items", number)
                )
        return
    yield Document(data, source.file, source.index, source=source)
