"""Patches and removes of one trait instance: loops, targets, operations."""

from __future__ import annotations

from dataclasses import dataclass

from krm_fn.findings import Collector, Origin, PathPart, ResourceReference, did_you_mean
from krm_fn.patch import Change, PatchError, PatchPath, apply_operation, parse_path
from krm_fn.provenance import Record, Step
from krm_fn.template import (
    OMIT,
    Draft,
    TemplateError,
    compile_template,
    environment_for,
    iterate,
    to_finding,
    type_words,
)
from krm_fn.traits.plan import Operation, Patch
from krm_fn.traits.recording import record_changes
from krm_fn.traits.targets import Scope, fulfilling, resource_name, select


@dataclass(frozen=True, slots=True)
class _Rendered:
    """An operation with its path and value computed; `steps` is the provenance of the value."""

    name: str
    path: PatchPath | PatchError
    value: object
    steps: Record | None


class PatchWork:
    """The patches and removes of one trait instance. Every method reports its own errors."""

    def __init__(
        self,
        drafts: list[Draft],
        scope: Scope,
        label: str,
        origin: Origin | None,
        findings: Collector,
        context: ResourceReference | None,
    ) -> None:
        self._drafts = drafts
        self._scope = scope
        self._label = label
        self._origin = origin
        self._findings = findings
        self._context = context

    def patch(self, patch: Patch, index: int) -> bool:
        """Apply one entry of `patches`; False after error findings."""
        where: tuple[PathPart, ...] = ("patches", index)
        scopes = self._scopes(patch, where)
        if scopes is None:
            return False
        for scope in scopes:
            matched = select(self._drafts, patch.target)
            if not matched:
                continue
            chosen = self._where(matched, patch, scope, where)
            if chosen is None:
                return False
            recording = any(draft.record is not None for draft in chosen)
            operations = self._render(patch.operations, scope, where, recording=recording)
            if operations is None:
                return False
            for draft in chosen:
                if not self._apply(operations, draft, where):
                    return False
        return True

    def chosen(self, remove: Patch, index: int) -> list[Draft] | None:
        """Choose what one entry of `removes` takes away; None after error findings."""
        where: tuple[PathPart, ...] = ("removes", index)
        scopes = self._scopes(remove, where)
        if scopes is None:
            return None
        chosen: list[Draft] = []
        for scope in scopes:
            matched = select(self._drafts, remove.target)
            found = self._where(matched, remove, scope, where)
            if found is None:
                return None
            chosen += found
        return chosen

    def _scopes(self, patch: Patch, where: tuple[PathPart, ...]) -> list[Scope] | None:
        """The scope of each iteration of forEach; the one scope without it."""
        if not patch.loop:
            return [self._scope]
        try:
            items = iterate(patch.loop, self._scope, environment_for(self._scope))
        except TemplateError as error:
            self._report(error, where, "forEach")
            return None
        return [{**self._scope, patch.variable: item} for item in items]

    def _where(
        self, matched: list[Draft], patch: Patch, scope: Scope, where: tuple[PathPart, ...]
    ) -> list[Draft] | None:
        if patch.target.where is None or not matched:
            return matched
        try:
            return fulfilling(matched, patch.target.where, scope)
        except TemplateError as error:
            self._report(error, where, "target", "where")
            return None

    def _render(
        self,
        operations: tuple[Operation, ...],
        scope: Scope,
        where: tuple[PathPart, ...],
        *,
        recording: bool,
    ) -> list[_Rendered] | None:
        """Compute every operation; all failures are reported, not only the first."""
        rendered: list[_Rendered] = []
        failed = False
        for index, operation in enumerate(operations):
            here = (*where, "operations", index)
            path = operation.path or self._path(operation, scope, here)
            value: object = None
            steps = Record("value") if recording and operation.name.lower() != "remove" else None
            if operation.name.lower() != "remove":
                ok, value = self._value(operation, scope, here, steps)
                failed = failed or not ok
            if path is None:
                failed = True
            else:
                rendered.append(_Rendered(operation.name, path, value, steps))
        return None if failed else rendered

    def _path(
        self, operation: Operation, scope: Scope, where: tuple[PathPart, ...]
    ) -> PatchPath | PatchError | None:
        template = compile_template(operation.path_text, environment_for(scope))
        notices: list[TemplateError] = []
        try:
            text = template.render(scope, notices)
        except TemplateError:
            for error in template.errors(scope):
                self._report(error, where, "path")
            return None
        for notice in notices:
            self._report(notice, where, "path")
        if isinstance(text, str):
            return parse_path(text)
        message = f"the path `{operation.path_text}` must give text, but is {type_words(text)}"
        self._report(TemplateError("trait-patch-path-not-text", message), where, "path")
        return None

    def _value(
        self,
        operation: Operation,
        scope: Scope,
        where: tuple[PathPart, ...],
        steps: Record | None,
    ) -> tuple[bool, object]:
        """Compute a value: whether it could be, and what it is."""
        if not operation.has_value:
            if steps is not None:
                steps.write((), Step("patch", self._child(where), None))
            return True, None
        template = compile_template(operation.value, environment_for(scope))
        notices: list[TemplateError] = []
        try:
            if steps is None:
                value = template.render(scope, notices)
            else:
                origin = self._child((*where, "value"))
                value = template.render_recorded(
                    scope, steps, (), origin, kind="patch", notices=notices
                )
        except TemplateError:
            for error in template.errors(scope):
                self._report(error, where, "value")
            return False, None
        if value is OMIT:
            message = "`oc_omit()` as the whole value is not dropped but becomes `{}`"
            notices.append(TemplateError("trait-patch-omit", message))
            value = {}
            if steps is not None:
                steps.write((), Step("patch", self._child((*where, "value")), value))
        for notice in notices:
            self._report(notice, where, "value")
        return True, value

    def _apply(
        self, operations: list[_Rendered], draft: Draft, where: tuple[PathPart, ...]
    ) -> bool:
        for index, operation in enumerate(operations):
            changes: list[Change] | None = [] if draft.record is not None else None
            error: PatchError | None
            if isinstance(operation.path, PatchError):
                error = operation.path
            else:
                error = apply_operation(
                    draft.object, operation.name, operation.path, operation.value, changes
                )
            if draft.record is not None and changes:
                record_changes(draft.record, changes, operation.steps, f"trait {self._label}")
            if error is not None:
                self._refuse(error, draft, (*where, "operations", index))
                return False
        return True

    def _refuse(self, error: PatchError, draft: Draft, where: tuple[PathPart, ...]) -> None:
        origin = self._child((*where, "path"))
        self._findings.add(
            error.code,
            f"{self._what(where)} on {resource_name(draft)}: {error.message}",
            origin=origin,
            hint=did_you_mean(error.segment, error.known) or error.hint,
            context=self._context,
            related=[("resource", draft.origin)] if draft.origin is not None else (),
        )

    def _report(self, error: TemplateError, where: tuple[PathPart, ...], *field: PathPart) -> None:
        to_finding(
            error,
            self._child((*where, *field)),
            self._findings,
            what=self._what(where),
            context=self._context,
        )

    def _child(self, path: tuple[PathPart, ...]) -> Origin | None:
        return self._origin.child(*path) if self._origin is not None else None

    def _what(self, where: tuple[PathPart, ...]) -> str:
        kind = "patch" if where[0] == "patches" else "remove"
        return f"trait {self._label} {kind} #{where[1]}"
