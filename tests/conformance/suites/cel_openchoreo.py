"""Suite `cel-openchoreo`: expressions in OpenChoreo's own environment.

Judged are `result` or `error` (its class; the text too where the texts are promised), `static_type`
where the checker runs, and what the template engine makes of the expression.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from krm_fn.cel import CelError
from krm_fn.template import environment_for
from tests.conformance.outcome import Outcome
from tests.conformance.rendered import check
from tests.conformance.suites.templates import doubles
from tests.conformance.typed_values import read, same

_COMPILE_STAGES = frozenset(("parse", "check"))
_EXACT_TEXTS = frozenset(
    (
        "divide_by_zero",
        "duplicate_key",
        "index_out_of_range",
        "modulus_by_zero",
        "no_such_key",
        "no_such_overload",
        "optional_none_dereference",
        "overflow",
    )
)


def replay(directory: Path) -> Iterator[Outcome]:
    """Replay every file of vectors in the directory."""
    contexts = json.loads((directory / "contexts.json").read_text(encoding="utf-8"))
    for path in sorted(directory.glob("*.json")):
        if path.name in ("contexts.json", "suite.json"):
            continue
        for vector in json.loads(path.read_text(encoding="utf-8")):
            if vector.get("nondeterministic"):
                yield Outcome(vector["id"], passed=True, unjudged=True)
                continue
            found = _difference(vector, contexts)
            yield Outcome(vector["id"], not found, f"{vector['expr']}: {found}" if found else "")


def _difference(vector: Mapping[str, Any], contexts: Mapping[str, Any]) -> str:
    context = vector.get("context")
    if "context_ref" in vector:
        context = contexts[vector["context_ref"]]
    context = context or {}
    if vector.get("numbers") != "int":
        context = doubles(context)
    try:
        program = environment_for(context).compile(vector["expr"])
        outcome = program.evaluate(context)
    except CelError as error:
        outcome = error
    if "error" in vector:
        return _error_difference(vector["error"], outcome) or check(vector, context) or ""
    if isinstance(outcome, CelError):
        return f"fails in stage {outcome.stage}: {outcome.code}: {outcome.message}"
    if not same(read(vector["result"]), outcome, unordered=vector.get("unordered", False)):
        return f"expected {vector['result']}, got {outcome!r}"
    if vector.get("static_type", program.result_type) != program.result_type:
        return f"expected the type {vector['static_type']}, got {program.result_type}"
    return check(vector, context) or ""


def _error_difference(expected: Mapping[str, str], outcome: object) -> str:
    if expected["stage"] == "encode":
        return ""
    if not isinstance(outcome, CelError):
        return f"expected {expected['stage']} {expected['class']}, got {outcome!r}"
    stages = {outcome.stage, expected["stage"]}
    if len(stages) > 1 and not stages <= _COMPILE_STAGES:
        return (
            f"expected stage {expected['stage']} ({expected['class']}), got {outcome.stage} "
            f"{outcome.code}: {outcome.message}"
        )
    if expected["class"] not in ("other", outcome.code):
        return f"expected class {expected['class']}, got {outcome.code}: {outcome.message}"
    exact = expected["stage"] == "eval" and outcome.code in _EXACT_TEXTS
    if exact and expected["message"] != outcome.message:
        return f"expected the text {expected['message']!r}, got {outcome.message!r}"
    return ""
