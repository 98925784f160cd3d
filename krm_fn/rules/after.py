"""`postRenderValidations`: rules about the finished resources (spec: rendering §3.10)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from krm_fn.findings import Collector, Origin, ResourceReference
from krm_fn.rules.entries import Entry, entries_of
from krm_fn.template import (
    Draft,
    TemplateError,
    debug_text,
    enter,
    environment_for,
    evaluate_condition,
    iterate,
    to_finding,
)
from krm_fn.traits import fulfilling, read_target, resource_name, select

Scope = Mapping[str, object]
Owner = tuple[Entry, Scope, str, Origin | None]
"""A spec with the scope, the label and the place that belong to it."""

_FIELD = "postRenderValidations"
_DEFAULT_VARIABLE = "item"


def check_after_render(
    owners: Iterable[Owner],
    drafts: Sequence[Draft],
    findings: Collector,
    context: ResourceReference | None = None,
) -> bool:
    """Evaluate the rules of all owners, in order; say whether all hold.

    The owners are the type and then the trait instances as they were applied; `drafts` are all
    resources, before labels and the hash. Every failure makes a finding of its own.
    """
    passed = True
    for spec, scope, label, origin in owners:
        for index, entry in enumerate(entries_of(spec, _FIELD)):
            place = origin.child(_FIELD, index) if origin is not None else None
            name = f"{label} validation #{index}"
            check = _Check(entry, scope, name, place, drafts, findings, context)
            passed = check.run() and passed
    return passed


class _Check:
    """One entry of `postRenderValidations`."""

    def __init__(
        self,
        entry: Entry,
        scope: Scope,
        name: str,
        origin: Origin | None,
        drafts: Sequence[Draft],
        findings: Collector,
        context: ResourceReference | None,
    ) -> None:
        self._entry = entry
        self._scope = scope
        self._name = name
        self._origin = origin
        self._drafts = drafts
        self._findings = findings
        self._context = context

    def run(self) -> bool:
        """Evaluate `when`, `forEach`, `where` and the rule; say whether it holds."""
        environment = environment_for(self._scope)
        when, loop = self._entry.get("when"), self._entry.get("forEach")
        field = "when"
        try:
            if when and not evaluate_condition(when, self._scope, environment):
                return True
            field = "forEach"
            items = iterate(loop, self._scope, environment) if loop else None
        except TemplateError as error:
            return self._fail(error, "", field)
        if items is None:
            return self._iteration(self._scope, "")
        variable = str(self._entry.get("var") or _DEFAULT_VARIABLE)
        passed = True
        for item in items:
            iteration = f" (with {variable} = {debug_text(item)})"
            passed = self._iteration({**self._scope, variable: item}, iteration) and passed
        return passed

    def _iteration(self, scope: Scope, iteration: str) -> bool:
        target = read_target(self._entry)
        chosen = select(self._drafts, target)
        if target.where is not None and chosen:
            try:
                chosen = fulfilling(chosen, target.where, scope)
            except TemplateError as error:
                return self._fail(error, iteration, "target", "where")
        if not chosen:
            fields = self._entry.get("target")
            if isinstance(fields, Mapping) and fields.get("mustMatch") is False:
                return True
            self._findings.add(
                "validation-no-match",
                f"{self._name}{iteration}: no rendered resource matches {target}",
                origin=self._child("target"),
                context=self._context,
            )
            return False
        rule = self._entry.get("rule")
        bound: dict[str, object] = {**scope, "resource": None}
        environment = environment_for(bound)
        passed = True
        for draft in chosen:
            bound["resource"] = enter(draft.object)
            on = f" on {resource_name(draft)}{iteration}"
            try:
                if evaluate_condition(rule, bound, environment):
                    continue
            except TemplateError as error:
                passed = self._fail(error, on, "rule")
                continue
            passed = False
            self._findings.add(
                "validation-failed",
                f"{self._name}{on} is not met: {self._entry.get('message') or rule}",
                origin=self._child("rule"),
                context=self._context,
                related=[("resource", draft.origin)] if draft.origin is not None else (),
                details=[("rule", str(rule))],
            )
        return passed

    def _fail(self, error: TemplateError, where: str, *field: str) -> bool:
        to_finding(
            error,
            self._child(*field),
            self._findings,
            what=f"{self._name}{where}",
            context=self._context,
        )
        return False

    def _child(self, *field: str) -> Origin | None:
        return self._origin.child(*field) if self._origin is not None else None
