"""The thorough reader: every construct of YAML, every problem a finding with its place.

Slower than `blocks`, which reads what is written in the common shape and leaves the rest to this
module. Built on the parser of libyaml (through PyYAML), with constructors of our own.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from yaml._yaml import CParser
from yaml.events import (
    MappingEndEvent,
    MappingStartEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from krm_fn.findings import Collector, Position
from krm_fn.yamlio.limits import ALIAS_LIMIT, DEPTH_LIMIT
from krm_fn.yamlio.scalars import (
    BOOLEAN_WORDS,
    CONSTANTS,
    DATE,
    Mode,
    NotFiniteError,
    number,
    resolve,
)
from krm_fn.yamlio.source import Source

_PREFIX = "tag:yaml.org,2002:"
_QUOTED = "!"
_MISSING = object()


class _Composer(CParser):  # type: ignore[misc, unused-ignore]
    """Builds nodes with the tag "" for what the text leaves open and "!" for quoted scalars."""

    def resolve(self, kind: type[Node], _value: object, implicit: object) -> str:
        if kind is ScalarNode and implicit != (True, False):
            return _QUOTED
        return ""

    def descend_resolver(self, parent: object, index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


def compose(text: str) -> Node | None:
    """Read one document into nodes. Raises yaml.YAMLError."""
    return _Composer(text).get_single_node()


def too_deep(text: str) -> tuple[int, int] | None:
    """Find the place (line and column from 0) where the nesting exceeds the limit.

    Raises yaml.YAMLError. Works without recursion, so it is safe to call on anything.
    """
    parser = CParser(text)
    depth = 0
    while (event := parser.get_event()) is not None:
        if isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            depth += 1
            if depth > DEPTH_LIMIT:
                mark: Any = event.start_mark
                return mark.line, mark.column
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            depth -= 1
    return None


class Constructor:
    """Turns the nodes of one document into plain data and reports what is wrong with them."""

    def __init__(self, source: Source, mode: Mode, findings: Collector) -> None:
        self._source = source
        self._mode = mode
        self._findings = findings
        self._built: dict[int, Any] = {}

    def build(self, node: Node) -> Any:
        """Make plain data of a node; what cannot be read becomes None, with a finding."""
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        known = self._built.get(id(node), _MISSING)
        if known is not _MISSING:
            return known
        value: Any = (
            self._mapping(node)
            if isinstance(node, MappingNode)
            else [self.build(child) for child in node.value]
        )
        self._check_collection_tag(node)
        self._built[id(node)] = value
        return value

    def _report(self, code: str, message: str, node: Node, **more: Any) -> None:
        self._findings.add(code, message, position=self._place(node), **more)

    def _place(self, node: Node) -> Position:
        return self._source.place(node.start_mark.line, node.start_mark.column)

    # -- mappings -----------------------------------------------------------------------------

    def _mapping(self, node: MappingNode) -> dict[str, Any]:
        result: dict[str, Any] = {}
        places: dict[str, Node] = {}
        merges: list[Node] = []
        for key_node, value_node in node.value:
            if _is_merge(key_node):
                merges.append(value_node)
                continue
            key = self._key(key_node)
            if key is None:
                continue
            if key in places:
                self._report(
                    "yaml-duplicate-key",
                    f'the key "{key}" occurs twice in one mapping',
                    key_node,
                    related=[("first", self._place(places[key]))],
                )
            places.setdefault(key, key_node)
            result[key] = self.build(value_node)
        for value_node in merges:
            self._merge(value_node, result)
        return result

    def _merge(self, node: Node, into: dict[str, Any]) -> None:
        parents = node.value if isinstance(node, SequenceNode) else [node]
        for parent in parents:
            if not isinstance(parent, MappingNode):
                self._report("yaml-merge", 'the value of "<<" is not a mapping', parent)
                continue
            for key, value in self.build(parent).items():
                into.setdefault(key, value)

    def _key(self, node: Node) -> str | None:
        if not isinstance(node, ScalarNode):
            self._report("yaml-key", "a mapping or list is used as a key", node)
            return None
        value = self._scalar(node)
        if isinstance(value, str):
            return value
        if value is None:
            self._report("yaml-key", "a key is empty or null", node)
            return None
        text = key_text(value)
        if self._mode == "kustomize":
            self._report(
                "yaml-key-type",
                f"the key {node.value} is no string; kustomize refuses it and kubectl "
                f'reads it as "{text}"',
                node,
            )
        return text

    # -- scalars ------------------------------------------------------------------------------

    def _scalar(self, node: ScalarNode) -> Any:
        text: str = node.value
        tag: str = node.tag
        if tag == "":
            return self._plain(text, node)
        if tag == _QUOTED:
            if not text and not node.style and self._mode == "kustomize":
                return None
            return text
        return self._tagged(tag, text, node)

    def _plain(self, text: str, node: ScalarNode) -> Any:
        try:
            value = resolve(text, self._mode)
        except NotFiniteError:
            self._report("yaml-not-finite", f"{text} has no place in a Kubernetes object", node)
            return None
        if self._mode == "kustomize" and isinstance(value, str):
            if value in BOOLEAN_WORDS:
                meaning = "true" if BOOLEAN_WORDS[value] else "false"
                self._report(
                    "yaml-boolean-word",
                    f'kustomize reads {text} as the string "{text}", kubectl as {meaning}',
                    node,
                )
            elif value[:4].isdecimal() and DATE.match(value):
                self._report(
                    "yaml-date",
                    f"the unquoted date {text} is kept as text; kustomize rewrites it to a "
                    "full timestamp when it reads the file itself",
                    node,
                )
        return value

    def _tagged(self, tag: str, text: str, node: ScalarNode) -> Any:
        name = tag.removeprefix(_PREFIX)
        if name == "str":
            return text
        if name == "timestamp":
            return text
        value: Any = _MISSING
        if name == "null" and text in CONSTANTS and CONSTANTS[text] is None:
            value = None
        elif name == "bool":
            found = CONSTANTS.get(text)
            if found is None and self._mode == "kubernetes":
                found = BOOLEAN_WORDS.get(text)
            value = _MISSING if found is None else found
        elif name in {"int", "float"}:
            value = _tagged_number(name, text)
        elif name == "binary":
            value = _binary(text)
        elif name not in {"null", "merge", "value"}:
            self._unknown_tag(tag, node)
            return text
        if value is _MISSING:
            self._report("yaml-tag-value", f'"{text}" cannot be read as !!{name}', node)
            return None
        return value

    def _check_collection_tag(self, node: Node) -> None:
        tag: str = node.tag
        wanted = ("map", "set", "omap") if isinstance(node, MappingNode) else ("seq", "omap")
        if tag not in {"", _QUOTED} and tag.removeprefix(_PREFIX) not in wanted:
            self._unknown_tag(tag, node)

    def _unknown_tag(self, tag: str, node: Node) -> None:
        short = "!!" + tag.removeprefix(_PREFIX) if tag.startswith(_PREFIX) else tag
        self._report("yaml-tag", f"the tag {short} means nothing to Kubernetes", node)


def key_text(value: float) -> str:
    """Write a key that is no string the way kubectl does when it turns YAML into JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


def _is_merge(node: Node) -> bool:
    return node.tag == "" and node.value == "<<" and isinstance(node, ScalarNode)


def _tagged_number(name: str, text: str) -> Any:
    try:
        value = number(text)
    except NotFiniteError:
        return _MISSING
    if value is None or (name == "int" and ("." in text or not isinstance(value, int))):
        return _MISSING
    return value


def _binary(text: str) -> Any:
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode()
    except (binascii.Error, UnicodeDecodeError):
        return _MISSING


class Measure:
    """How large a document becomes when its aliases are written out."""

    def __init__(self) -> None:
        self._sizes: dict[int, int] = {}
        self._open: set[int] = set()
        self.recursive: Node | None = None
        self.bomb: Node | None = None

    def size(self, node: Node) -> int:
        """Count the nodes; sets `recursive` or `bomb` to the node at fault and stops there."""
        if isinstance(node, ScalarNode):
            return 1
        known = self._sizes.get(id(node))
        if known is not None:
            return known
        if id(node) in self._open:
            self.recursive = self.recursive or node
            return 1
        self._open.add(id(node))
        total = 1
        for child in node.value:
            if isinstance(child, tuple):
                total += self.size(child[0]) + self.size(child[1])
            else:
                total += self.size(child)
        self._open.discard(id(node))
        self._sizes[id(node)] = total
        if total > ALIAS_LIMIT and self.bomb is None and total > 10 * len(self._sizes):
            self.bomb = node
        return total
