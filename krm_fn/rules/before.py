"""`preRenderValidations`, or the older `validations` (spec: rendering §3.8)."""

from __future__ import annotations

from collections.abc import Mapping

from krm_fn.findings import Collector, Origin, ResourceReference
from krm_fn.rules.entries import Entry, entries_of
from krm_fn.template import TemplateError, environment_for, evaluate_condition, to_finding


def check_before_render(
    spec: Entry,
    scope: Mapping[str, object],
    label: str,
    origin: Origin | None,
    findings: Collector,
    context: ResourceReference | None = None,
    *,
    component_macros: bool = True,
) -> bool:
    """Evaluate every rule of a type or trait; say whether all hold.

    `label` names the owner in messages, `origin` points at `spec`. A rule that is false, fails or
    gives no boolean makes a finding of its own. `component_macros` is False outside the component
    pipeline.
    """
    field = "preRenderValidations"
    rules = entries_of(spec, field)
    if not rules:
        field = "validations"
        rules = entries_of(spec, field)
    if not rules:
        return True
    environment = environment_for(scope, component_macros=component_macros)
    passed = True
    for index, rule in enumerate(rules):
        text = rule.get("rule")
        try:
            if evaluate_condition(text, scope, environment):
                continue
        except TemplateError as error:
            passed = False
            place = origin.child(field, index, "rule") if origin is not None else None
            to_finding(error, place, findings, what=f"{label} rule #{index}", context=context)
            continue
        passed = False
        findings.add(
            "rule-failed",
            f"{label} rule #{index} is not met: {rule.get('message') or text}",
            origin=origin.child(field, index, "rule") if origin is not None else None,
            context=context,
            details=[("rule", str(text))],
        )
    return passed
