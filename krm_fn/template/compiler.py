"""`Template` and the cache of compiled templates."""

from __future__ import annotations

import marshal

from krm_fn.cel import CelError, Environment
from krm_fn.findings import Origin
from krm_fn.provenance import Record, StepKind
from krm_fn.template.conversion import UnusualError
from krm_fn.template.errors import Path, TemplateError
from krm_fn.template.generator import Function, generate
from krm_fn.template.nodes import Node, Standalone, read
from krm_fn.template.walker import Scope, Walker, Writer

# What the fast way may end with where something is out of the ordinary. Each means: walk. The walk
# meets the same engine, so an error of ours comes out of it as the exception that it is.
_GIVES_UP = (UnusualError, CelError, KeyError, IndexError, TypeError)


class Template:
    """A compiled template: any tree of maps, lists and scalars with `${…}` in its texts."""

    __slots__ = ("_broken", "_function", "_node", "_rendered")

    def __init__(self, node: Node) -> None:
        self._node = node
        self._function: Function | None = None
        self._rendered = False
        self._broken = False

    def render(self, scope: Scope, notices: list[TemplateError] | None = None) -> object:
        """Render against a scope: a plain tree (see `values`), or OMIT.

        Raises the first TemplateError in document order. Appends a TemplateError for each quirk to
        `notices`. Shares no container with the scope.
        """
        if self._function is not None:
            try:
                return self._function(scope)
            except _GIVES_UP:
                return self._render_carefully(scope, notices)
        if not self._rendered:
            # A template that is rendered only once is not worth a function.
            self._rendered = True
        elif not self._broken:
            self._generate()
            return self.render(scope, notices)
        return self._render_carefully(scope, notices)

    def errors(self, scope: Scope) -> list[TemplateError]:
        """Return every error of the whole tree, in document order; empty if it renders."""
        found: list[TemplateError] = []
        Walker(scope, found.append, _ignore).render(self._node)
        return found

    def render_recorded(
        self,
        scope: Scope,
        record: Record,
        prefix: Path = (),
        origin: Origin | None = None,
        *,
        kind: StepKind = "template",
        notices: list[TemplateError] | None = None,
    ) -> object:
        """Render like `render`, and write one step for each leaf of the result into `record`.

        `prefix` is where the result goes in the recorded tree; `origin` is the place of the
        template, below which the steps' own origins lie.
        """
        notice = _ignore if notices is None else notices.append
        writer = Writer(record, prefix, origin, kind)
        return Walker(scope, _raise, notice, writer).render(self._node)

    @property
    def inputs(self) -> tuple[str, ...]:
        """The context paths that a template of one expression reads, sorted; else none."""
        return self._node.slot.inputs if isinstance(self._node, Standalone) else ()

    def _generate(self) -> None:
        try:
            self._function = generate(self._node)
        except CelError:
            self._function = None
        self._broken = self._function is None

    def _render_carefully(self, scope: Scope, notices: list[TemplateError] | None) -> object:
        notice = _ignore if notices is None else notices.append
        return Walker(scope, _raise, notice).render(self._node)


def _raise(error: TemplateError) -> None:
    raise error


def _ignore(error: TemplateError) -> None:
    del error


_KNOWN_TREES = 2048
_KNOWN_TEMPLATES = 4096


class _Cache:
    """Compiled templates by content and environment, and by the identity of trees seen before."""

    def __init__(self) -> None:
        self._by_identity: dict[tuple[int, int], tuple[object, Environment, Template]] = {}
        self._by_content: dict[tuple[object, Environment], Template] = {}

    def find(self, tree: object, environment: Environment) -> Template:
        place = (id(tree), id(environment))
        known = self._by_identity.get(place)
        if known is not None:
            return known[2]
        content = (tree if tree.__class__ is str else marshal.dumps(tree, 2), environment)  # type: ignore[arg-type]
        template = self._by_content.get(content)
        if template is None:
            template = Template(read(tree, environment))
            if len(self._by_content) >= _KNOWN_TEMPLATES:
                self._by_content.clear()
            self._by_content[content] = template
        if len(self._by_identity) >= _KNOWN_TREES:
            self._by_identity.clear()
        # The tree is kept with the entry, so that its identity is not given to another one.
        self._by_identity[place] = (tree, environment, template)
        return template


_cache = _Cache()


def compile_template(tree: object, environment: Environment) -> Template:
    """Compile a decoded tree; the same content in the same environment compiles once.

    The tree must not be changed afterwards. Errors of single expressions do not show here but when
    the template is rendered, as in the reference.
    """
    return _cache.find(tree, environment)
