"""The careful way to render a template: node by node, exact in every corner.

It finds the place of an error, reports the quirks that surprise, and writes provenance. The
generated function of `generator` is the fast way and gives up (to be followed by this one) as soon
as anything out of the ordinary happens.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from krm_fn.cel import CelError
from krm_fn.findings import Origin
from krm_fn.provenance import Record, Step, StepKind
from krm_fn.template.conversion import leave_precisely, split_result
from krm_fn.template.errors import Path, TemplateError
from krm_fn.template.nodes import (
    Broken,
    Constant,
    Interpolated,
    ListNode,
    MapEntry,
    MapNode,
    Node,
    Slot,
    Standalone,
)
from krm_fn.template.suggestion import suggest
from krm_fn.template.text import to_text, type_words
from krm_fn.template.values import OMIT

Scope = Mapping[str, object]
_FAILED = object()
_FIRST_EXPONENT = 1e6
_LONGEST_SHOWN = 160


class Writer:
    """Writes one step per leaf into a record."""

    def __init__(self, record: Record, prefix: Path, origin: Origin | None, kind: StepKind) -> None:
        self._record = record
        self._prefix = prefix
        self._origin = origin
        self._kind: StepKind = kind

    def write(
        self, place: Path, path: Path, value: object, expression: str, inputs: tuple[str, ...]
    ) -> None:
        """Write the leaves of `value`, which came from `path` of the template, at `place`."""
        if isinstance(value, dict) and value:
            for key, item in value.items():
                self.write((*place, key), path, item, expression, inputs)
        elif isinstance(value, list) and value:
            for index, item in enumerate(value):
                self.write((*place, index), path, item, expression, inputs)
        else:
            origin = self._origin.child(*path) if self._origin is not None else None
            step = Step(self._kind, origin, value, expression, inputs)
            self._record.write(self._prefix + place, step)

    def forget(self, place: Path) -> None:
        """Take back what was written at `place`."""
        self._record.remove(self._prefix + place)


class Walker:
    """Renders nodes against a scope.

    `fail` is called with each error; where it returns, the walk goes on without the failed value.
    `notice` is called with each quirk.
    """

    def __init__(
        self,
        scope: Scope,
        fail: Callable[[TemplateError], None],
        notice: Callable[[TemplateError], None],
        writer: Writer | None = None,
    ) -> None:
        self._scope = scope
        self._fail = fail
        self._notice = notice
        self._writer = writer

    def render(self, node: Node, path: Path = (), place: Path = (), *, key: bool = False) -> object:
        """Render a node that stands at `path` of the template and goes to `place` of the output.

        Returns OMIT for a value that is to be dropped, a failed one included.
        """
        if isinstance(node, MapNode):
            return self._map(node, path, place)
        if isinstance(node, ListNode):
            return self._list(node, path, place)
        value: object = OMIT
        expression = ""
        inputs: tuple[str, ...] = ()
        if isinstance(node, Constant):
            value = node.value
        elif isinstance(node, Standalone):
            expression = node.slot.expression
            value = self._slot(node.slot, path, key=key)
            if value is _FAILED:
                return OMIT
        elif isinstance(node, Interpolated):
            expression = node.text
            value = self._interpolated(node, path, key=key)
        else:
            self._fail(_nested(node, path, key=key))
        if self._writer is not None and not key and value is not OMIT:
            if isinstance(node, Standalone):
                inputs = node.slot.inputs
            elif isinstance(node, Interpolated):
                inputs = tuple(sorted({name for slot in node.slots for name in slot.inputs}))
            self._writer.write(place, path, value, expression, inputs)
        return value

    def _map(self, node: MapNode, path: Path, place: Path) -> dict[str, object]:
        rendered: dict[str, object] = {}
        for entry in node.entries:
            here = (*path, entry.key)
            key = entry.key if entry.key_node is None else self._key(entry, here)
            if key is not None and key in rendered:
                self._notice(
                    TemplateError(
                        "template-key-twice", f"the key `{key}` is written twice", here, key=True
                    )
                )
                if self._writer is not None:
                    self._writer.forget((*place, key))
            value = self.render(entry.value, here, (*place, key if key is not None else ""))
            if key is not None and value is not OMIT:
                rendered[key] = value
        if not rendered and self._writer is not None:
            self._writer.write(place, path, rendered, "", ())
        return rendered

    def _key(self, entry: MapEntry, path: Path) -> str | None:
        assert entry.key_node is not None
        failed = False

        def fail(error: TemplateError) -> None:
            nonlocal failed
            failed = True
            self._fail(error)

        value = Walker(self._scope, fail, self._notice).render(entry.key_node, path, key=True)
        if failed:
            return None
        if isinstance(value, str):
            return str(value)
        self._fail(
            TemplateError(
                "template-key-not-text",
                f"the map key `{entry.key}` must be text, but is {type_words(value)}",
                path,
                key=True,
            )
        )
        return None

    def _list(self, node: ListNode, path: Path, place: Path) -> list[object]:
        rendered: list[object] = []
        for index, item in enumerate(node.items):
            value = self.render(item, (*path, index), (*place, len(rendered)))
            if value is not OMIT:
                rendered.append(value)
        if not rendered and self._writer is not None:
            self._writer.write(place, path, rendered, "", ())
        return rendered

    def _slot(self, slot: Slot, path: Path, *, key: bool) -> object:
        def notice(code: str, message: str) -> None:
            self._notice(TemplateError(code, message, path, slot.expression, key=key))

        try:
            value = slot.evaluate(self._scope)
            if slot.splits and isinstance(value, list):
                return split_result(value, slot.expression)
            return leave_precisely(value, self._scope, notice)
        except CelError as error:
            self._fail(_failed(slot, error, self._scope, path, key=key))
            return _FAILED

    def _interpolated(self, node: Interpolated, path: Path, *, key: bool) -> object:
        text = node.text
        failed = False
        for slot, source in zip(node.slots, node.sources, strict=True):
            value = self._slot(slot, path, key=key)
            if value is _FAILED:
                failed = True
                continue
            written = "{}" if value is OMIT else to_text(value)
            quirk = _text_quirk(value, written)
            if quirk is not None:
                self._notice(TemplateError(*quirk, path, slot.expression, key=key))
            text = text.replace(source, written, 1)
        return OMIT if failed else text


def _text_quirk(value: object, written: str) -> tuple[str, str] | None:
    if value is OMIT:
        return (
            "template-omit-in-text",
            "`oc_omit()` inside text is not dropped but written as `{}`",
        )
    if isinstance(value, float) and abs(value) >= _FIRST_EXPONENT and "e" in written:
        return "template-number-exponent", f"a number inside text is written as `{written}`"
    return None


def _nested(node: Broken, path: Path, *, key: bool) -> TemplateError:
    return TemplateError(
        "template-expression-nested",
        f"an expression inside an expression must stand in quotes: `{node.nested}`",
        path,
        key=key,
    )


_STAGES = {
    "parse": ("template-expression-invalid", "is not valid"),
    "check": ("template-expression-invalid", "is not valid"),
    "program": ("template-expression-invalid", "is not valid"),
    "eval": ("template-expression-failed", "cannot be evaluated"),
}


def _excerpt(expression: str, offset: int) -> str:
    """Show an expression on one line; of a long one the part around the place of the error."""
    start, end = 0, len(expression)
    if end > _LONGEST_SHOWN:
        start = max(0, min(offset - _LONGEST_SHOWN // 2, end - _LONGEST_SHOWN))
        end = start + _LONGEST_SHOWN
    shown = " ".join(expression[start:end].split())
    return f"{'…' if start else ''}{shown}{'…' if end < len(expression) else ''}"


def _reason(error: CelError) -> str:
    """Say why, in our quotes and without what only the engine knows."""
    message = error.message.removesuffix(" (in container '')")
    cut = "Syntax error: mismatched input '<EOF>' expecting "
    if message.startswith(cut):
        message = f"it ends where {message.removeprefix(cut)} is expected"
    return message.replace("'", '"')


def _failed(slot: Slot, error: CelError, scope: Scope, path: Path, *, key: bool) -> TemplateError:
    code, verb = _STAGES[error.stage]
    if error.code == "undeclared_reference":
        code = "template-name-unknown"
    elif error.code == "no_such_key":
        code = "template-key-missing"
    shown = _excerpt(slot.expression, error.offset)
    return TemplateError(
        code,
        f"the expression `{shown}` {verb}: {_reason(error)}",
        path,
        slot.expression,
        offset=error.offset,
        key=key,
        cel=error,
        suggestion=suggest(slot, error, scope),
    )
