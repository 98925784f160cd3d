"""Turns a template into one Python function: the fast way to render.

The source holds only names of ours; texts, numbers and keys of the template are constants in the
function's globals, never source text. The function gives up with `UnusualError` (or with whatever
error the engine raises) as soon as something is out of the ordinary; the careful walk then decides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from krm_fn.template.conversion import UnusualError, copy_native, leave, mark_parts, text_of
from krm_fn.template.nodes import (
    Broken,
    Constant,
    Interpolated,
    ListNode,
    MapNode,
    Node,
    Slot,
    Standalone,
)
from krm_fn.template.values import OMIT

Function = Callable[[Mapping[str, object]], object]

_DEEPEST_DISPLAY = 24


def generate(node: Node) -> Function | None:
    """Make the function of a template; None where one of its expressions is broken.

    Raises CelError where one does not compile.
    """
    source = _Source()
    try:
        result = source.node(node, 0)
    except UnusualError:
        return None
    lines = "\n    ".join([*source.lines, f"return {result}"])
    names = source.names
    exec(f"def render(scope):\n    {lines}", names)  # noqa: S102 - our own names only, see above
    function: Function = names["render"]  # type: ignore[assignment]
    return function


class _Source:
    """The lines of the function and the names they use."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.names: dict[str, object] = {
            "OMIT": OMIT,
            "UnusualError": UnusualError,
            "copy": copy_native,
            "leave": leave,
            "parts": mark_parts,
            "text": text_of,
        }
        self._constants: dict[tuple[type, object], str] = {}
        self._roots: dict[str, str] = {}
        self._variables = 0

    def node(self, node: Node, depth: int) -> str:
        """Write what is needed to render a node; return the expression for its value."""
        if isinstance(node, Constant):
            return self._constant(node.value)
        if isinstance(node, Standalone):
            return self._standalone(node.slot)
        if isinstance(node, Interpolated):
            return self._interpolated(node)
        if isinstance(node, Broken):
            raise UnusualError
        shown = self._map(node, depth) if isinstance(node, MapNode) else self._list(node, depth)
        if depth and depth % _DEEPEST_DISPLAY == 0:
            shown = self._assign(shown)
        return shown

    def _constant(self, value: object) -> str:
        if value is None or value is True or value is False:
            return repr(value)
        known = (type(value), repr(value) if isinstance(value, float) else value)
        name = self._constants.get(known)
        if name is None:
            name = f"k{len(self._constants)}"
            self._constants[known] = name
            self.names[name] = value
        return name

    def _assign(self, expression: str) -> str:
        name = f"v{self._variables}"
        self._variables += 1
        self.lines.append(f"{name} = {expression}")
        return name

    def _value(self, slot: Slot) -> str:
        """Evaluate a slot into a variable, without conversion."""
        if slot.names is None:
            name = f"f{self._variables}"
            self.names[name] = slot.program.function
            return self._assign(f"{name}(scope)")
        root, *rest = slot.names
        if root not in self._roots:
            self._roots[root] = self._assign(f"scope[{self._constant(root)}]")
        steps = "".join(f"[{self._constant(name)}]" for name in rest)
        return self._assign(self._roots[root] + steps)

    def _standalone(self, slot: Slot) -> str:
        name = self._value(slot)
        if slot.splits:
            self.lines.append(f"{name} = parts({name})")
            return name
        convert = "leave" if slot.names is None else "copy"
        self.lines.append(f"if {name}.__class__ is not str: {name} = {convert}({name})")
        return name

    def _interpolated(self, node: Interpolated) -> str:
        parts = []
        for piece, slot in zip(node.pieces, node.slots, strict=False):
            if piece:
                parts.append(self._constant(piece))
            name = self._value(slot)
            if slot.splits:
                self.lines.append(f"if not {name}: raise UnusualError")
            self.lines.append(f"if {name}.__class__ is not str: {name} = text({name})")
            parts.append(name)
        if node.pieces[-1]:
            parts.append(self._constant(node.pieces[-1]))
        shown = "".join(f"{{{part}}}" for part in parts)
        name = self._assign(f"f'{shown}'")
        if len(node.slots) > 1:
            marker = self._constant("${")
            self.lines.append(f"if {marker} in {name}: raise UnusualError")
        return name

    def _map(self, node: MapNode, depth: int) -> str:
        shown = []
        omitted = []
        dynamic = False
        for entry in node.entries:
            if entry.key_node is None:
                key = self._constant(entry.key)
            else:
                dynamic = True
                key = self.node(entry.key_node, depth)
                self.lines.append(f"if {key}.__class__ is not str: raise UnusualError")
            value = self.node(entry.value, depth + 1)
            shown.append(f"{key}: {value}")
            if _may_omit(entry.value):
                omitted.append((key, value))
        display = "{" + ", ".join(shown) + "}"
        twice = dynamic and len(node.entries) > 1
        if not twice and not omitted:
            return display
        name = self._assign(display)
        if twice:
            self.lines.append(f"if len({name}) != {len(node.entries)}: raise UnusualError")
        for key, value in omitted:
            self.lines.append(f"if {value} is OMIT: del {name}[{key}]")
        return name

    def _list(self, node: ListNode, depth: int) -> str:
        items = [self.node(item, depth + 1) for item in node.items]
        display = "[" + ", ".join(items) + "]"
        if any(map(_may_omit, node.items)):
            return self._assign(f"[item for item in {display} if item is not OMIT]")
        return display


def _may_omit(node: Node) -> bool:
    return isinstance(node, Standalone) and node.slot.may_omit
