"""`resources[]` of a type, and `creates[]` of a trait, become drafts (spec: rendering §3.6, §3.9).

Upstream twin: `internal/pipeline/component/renderer`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from krm_fn.cel import Environment
from krm_fn.findings import Collector, Origin, ResourceReference
from krm_fn.provenance import SILENT, Record, Step, StepKind, Trace
from krm_fn.template.compiler import Template, compile_template
from krm_fn.template.conditions import evaluate_condition, iterate
from krm_fn.template.environments import environment_for
from krm_fn.template.errors import TemplateError
from krm_fn.template.report import to_finding
from krm_fn.template.text import type_words

Scope = Mapping[str, object]

COMPONENT_FIELDS = ("kind", "apiVersion", "metadata", "metadata.name")
"""What the component pipeline wants of a rendered resource, in the order of its checks."""
PROJECT_FIELDS = ("apiVersion", "kind", "metadata", "metadata.name")
"""What the project pipeline wants of one."""

_DEFAULT_PLANE = "dataplane"
_DEFAULT_VARIABLE = "item"


@dataclass(slots=True, eq=False)
class Draft:
    """A rendered resource on its way: patches and labels still change `object` in place.

    `id` is that of the entry, `index` the count of the iteration (None without forEach), `origin`
    the entry's template, `record` the provenance of `object` where somebody wants to know.
    """

    object: dict[str, object]
    plane: str
    origin: Origin | None
    id: str
    record: Record | None = None
    index: int | None = None


@dataclass(frozen=True, slots=True)
class Rendering:
    """What is common to all entries of one list.

    `what` begins the name of an entry in messages; `required` lists the fields that every rendered
    object must have; `kind` is the kind of the recorded steps; `scope_record` the provenance of
    the scope; `context` the object for which the entries are rendered.
    """

    component_macros: bool = True
    required: tuple[str, ...] = COMPONENT_FIELDS
    what: str = "resource"
    kind: StepKind = "template"
    scope_record: Record | None = None
    context: ResourceReference | None = None


COMPONENT = Rendering()


def render_resources(
    entries: Sequence[Mapping[str, object]],
    scope: Scope,
    origin: Origin | None,
    findings: Collector,
    trace: Trace = SILENT,
    *,
    rendering: Rendering = COMPONENT,
) -> list[Draft] | None:
    """Render every entry in order: includeWhen, then forEach, then the template.

    `entries` are decoded `{id, includeWhen?, forEach?, var?, targetPlane?, template}`; `origin` is
    the place of the list. Returns the drafts, or None where anything failed: then every failure is
    in `findings`, not only the first.
    """
    work = _Work(scope, findings, trace, rendering)
    for index, entry in enumerate(entries):
        work.entry(entry, index, origin.child(index) if origin is not None else None)
    return None if work.failed else work.drafts


class _Place:
    """The template of one entry: the entry's name and plane, where it stands, what it sees."""

    __slots__ = ("name", "origin", "plane", "scope_record")

    def __init__(
        self, name: str, plane: str, origin: Origin | None, scope_record: Record | None
    ) -> None:
        self.name = name
        self.plane = plane
        self.origin = origin
        self.scope_record = scope_record


class _Work:
    """One call of `render_resources`."""

    def __init__(
        self, scope: Scope, findings: Collector, trace: Trace, rendering: Rendering
    ) -> None:
        self.drafts: list[Draft] = []
        self.failed = False
        self._scope = scope
        self._findings = findings
        self._trace = trace
        self._rendering = rendering
        self._environment = environment_for(scope, rendering.component_macros)

    def entry(self, entry: Mapping[str, object], index: int, origin: Origin | None) -> None:
        identity = entry.get("id")
        name = identity if isinstance(identity, str) else f"#{index}"
        field = "includeWhen"
        try:
            condition = entry.get(field)
            if condition and not evaluate_condition(condition, self._scope, self._environment):
                return
            field = "forEach"
            loop = entry.get(field)
            items = iterate(loop, self._scope, self._environment) if loop else None
        except TemplateError as error:
            self._fail(error, name, _child(origin, field))
            return
        tree = entry.get("template")
        plane = str(entry.get("targetPlane") or _DEFAULT_PLANE)
        place = _Place(name, plane, _child(origin, "template"), self._rendering.scope_record)
        if items is None:
            self._render(compile_template(tree, self._environment), self._scope, place, None)
            return
        if not items:
            return
        variable = str(entry.get("var") or _DEFAULT_VARIABLE)
        environment: Environment | None = None
        for count, item in enumerate(items):
            scope = {**self._scope, variable: item}
            if self._trace.enabled:
                place.scope_record = self._loop_record(variable, item, loop, _child(origin, field))
            if environment is None:
                environment = environment_for(scope, self._rendering.component_macros)
            self._render(compile_template(tree, environment), scope, place, count)

    def _render(self, template: Template, scope: Scope, place: _Place, index: int | None) -> None:
        name, origin = place.name, place.origin
        record: Record | None = None
        notices: list[TemplateError] = []
        try:
            if self._trace.enabled:
                record = self._trace.record(name if index is None else f"{name}-{index}")
                record.scope = place.scope_record
                record.values = scope
                value = template.render_recorded(
                    scope, record, (), origin, kind=self._rendering.kind, notices=notices
                )
            else:
                value = template.render(scope, notices)
        except TemplateError:
            for error in template.errors(scope):
                self._fail(error, name, origin)
            return
        for notice in notices:
            self._report(notice, name, origin)
        if self._is_complete(value, name, origin) and isinstance(value, dict):
            self.drafts.append(Draft(value, place.plane, origin, name, record, index))

    def _loop_record(
        self, variable: str, item: object, loop: object, origin: Origin | None
    ) -> Record:
        """Make the provenance of a scope that has a loop variable more."""
        outer = self._rendering.scope_record
        chains = {} if outer is None else {**outer.chains}
        record = Record(f"loop {variable}", chains, outer, {variable: item})
        record.remove((variable,))
        inputs = compile_template(loop, self._environment).inputs
        kind = self._rendering.kind
        record.write((variable,), Step(kind, origin, item, str(loop), inputs, "forEach"))
        return record

    def _is_complete(self, value: object, name: str, origin: Origin | None) -> bool:
        if not isinstance(value, dict):
            message = f"the template must give an object, but is {type_words(value)}"
            self._fail(TemplateError("template-not-object", message), name, origin)
            return False
        if _is_usual(value):
            return True
        complete = True
        for field in self._rendering.required:
            if not _has(value, field):
                complete = False
                message = f"the rendered resource has no `{field}`"
                path = tuple(field.split("."))
                self._fail(TemplateError("template-field-missing", message, path), name, origin)
                if field == "metadata":
                    break
        return complete

    def _fail(self, error: TemplateError, name: str, origin: Origin | None) -> None:
        self.failed = True
        self._report(error, name, origin)

    def _report(self, error: TemplateError, name: str, origin: Origin | None) -> None:
        to_finding(
            error,
            origin,
            self._findings,
            what=f'{self._rendering.what} "{name}"',
            context=self._rendering.context,
        )


def _child(origin: Origin | None, field: str) -> Origin | None:
    return origin.child(field) if origin is not None else None


def _is_usual(value: dict[str, object]) -> bool:
    """Say, quickly, whether a resource has every field that any pipeline requires."""
    metadata = value.get("metadata")
    if metadata.__class__ is not dict or not value.get("kind") or not value.get("apiVersion"):
        return False
    name = metadata.get("name")
    strings = {name.__class__, value["kind"].__class__, value["apiVersion"].__class__}
    return strings == {str} and bool(name)


def _has(value: dict[str, object], field: str) -> bool:
    """Say whether a required field is there: an object for `metadata`, else text, not empty."""
    metadata = value.get("metadata")
    if field == "metadata":
        return isinstance(metadata, dict)
    if field == "metadata.name":
        found = metadata.get("name") if isinstance(metadata, dict) else None
    else:
        found = value.get(field)
    return isinstance(found, str) and bool(found)
