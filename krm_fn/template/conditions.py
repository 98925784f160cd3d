"""`includeWhen`, `where`, rules and `forEach`: expressions that must give one kind of value."""

from __future__ import annotations

from collections.abc import Mapping

from krm_fn.cel import Environment
from krm_fn.template.compiler import compile_template
from krm_fn.template.errors import TemplateError
from krm_fn.template.text import type_words
from krm_fn.template.values import StringList

Scope = Mapping[str, object]

MAXIMUM_ITEMS = 10_000
"""Iterations that one forEach may have: a documented limit of ours."""


def evaluate_condition(text: object, scope: Scope, environment: Environment) -> bool:
    """Render a condition (`${…}`). Raises TemplateError; also where it gives no boolean."""
    value = compile_template(text, environment).render(scope)
    if value is True or value is False:
        return value
    raise TemplateError(
        "template-condition-not-boolean",
        f"the condition `{_shown(text)}` must be true or false, but is {type_words(value)}",
        expression=_expression(text),
    )


def iterate(text: object, scope: Scope, environment: Environment) -> list[object]:
    """Render a forEach and return its items.

    A map gives items `{key, value}` sorted by key. Raises TemplateError; also where the result is
    neither a list nor a map.
    """
    value = compile_template(text, environment).render(scope)
    if isinstance(value, dict | list) and len(value) > MAXIMUM_ITEMS:
        raise TemplateError(
            "template-loop-too-long",
            f"the loop `{_shown(text)}` has {len(value)} items, more than {MAXIMUM_ITEMS}",
        )
    if isinstance(value, dict):
        return [{"key": key, "value": value[key]} for key in sorted(value)]
    if isinstance(value, list) and not isinstance(value, StringList):
        return value
    what = "the direct result of `split()`" if isinstance(value, StringList) else type_words(value)
    raise TemplateError(
        "template-loop-not-iterable",
        f"the loop `{_shown(text)}` must give a list or a map, but is {what}",
        expression=_expression(text),
    )


def _expression(text: object) -> str:
    return str(text).strip().removeprefix("${").removesuffix("}").strip()


def _shown(text: object) -> str:
    return " ".join(str(text).split())
