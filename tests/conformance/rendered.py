"""What the template engine makes of a vector: every way of rendering must agree with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from krm_fn.provenance import Record
from krm_fn.template import (
    OMIT,
    TemplateError,
    compile_template,
    environment_for,
    json_text,
)
from tests.conformance.difference import first_difference


def check(vector: Mapping[str, Any], context: Mapping[str, object]) -> str | None:
    """Judge the rendered parts of an expression vector; return the first difference, or None.

    `context` holds the variables, numbers as the vector wants them. Judged are `rendered`,
    `rendered_omitted`, `rendered_json_error` and `interpolated`; where the scanner cannot find the
    expression (`template_embeddable: false`) nothing is.
    """
    if vector.get("template_embeddable") is False or vector.get("nondeterministic"):
        return None
    expression = "${" + vector["expr"] + "}"
    parts = {"rendered", "rendered_omitted", "rendered_json_error"} & vector.keys()
    if parts:
        wanted = {
            "rendered": vector.get("rendered"),
            "omitted": "rendered_omitted" in vector,
            "json_error": "rendered_json_error" in vector,
            "unordered": vector.get("unordered", False),
        }
        found = difference(expression, context, wanted)
        if found:
            return f"rendered: {found}"
    if "interpolated" in vector and not vector.get("unordered"):
        wanted = {"rendered": vector["interpolated"]}
        found = difference(f"<{expression}>", context, wanted)
        if found:
            return f"interpolated: {found}"
    return None


def difference(template: object, context: Mapping[str, object], wanted: Mapping[str, Any]) -> str:
    """Render a template in each way and compare with `wanted`; return a difference or nothing.

    `wanted` is `{rendered}`, `{omitted: true}`, `{json_error: …}` or `{error: {class}}`.
    """
    compiled = compile_template(template, environment_for(context))
    for way in ("careful", "generated", "recorded"):
        try:
            if way == "recorded":
                value = compiled.render_recorded(context, Record("vector"))
            else:
                # The first call walks, the later ones use the generated function.
                value = compiled.render(context)
        except TemplateError as error:
            found = _error_difference(error, wanted)
        else:
            found = _value_difference(value, wanted)
        if found:
            return f"{way}: {found}"
    return ""


def _error_difference(error: TemplateError, wanted: Mapping[str, Any]) -> str:
    expected = wanted.get("error")
    if expected is None:
        return f"fails: {error.message}"
    if expected["class"] not in {"other", error.reference_class}:
        return f"expected an error of class {expected['class']}, got {error.reference_class}"
    return ""


def _value_difference(value: object, wanted: Mapping[str, Any]) -> str:
    if "error" in wanted:
        return f"expected an error of class {wanted['error']['class']}, got {value!r}"
    if wanted.get("omitted") or value is OMIT:
        return "" if wanted.get("omitted") and value is OMIT else f"got {value!r}"
    try:
        text = json_text(value)
    except ValueError as error:
        return "" if wanted.get("json_error") else f"no JSON: {error}"
    if wanted.get("json_error"):
        return f"expected a value that JSON refuses, got {text}"
    actual = json.loads(text)
    expected = wanted["rendered"]
    if wanted.get("unordered") and isinstance(actual, list) and isinstance(expected, list):
        actual, expected = sorted(actual, key=json_text), sorted(expected, key=json_text)
    return first_difference(expected, actual)
