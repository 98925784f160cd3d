"""Evaluates expressions for the tests of the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from krm_fn.cel import CelError, Environment


def evaluate(text: str, /, *, check: bool = True, **context: Any) -> Any:
    """Return the value of an expression whose variables are the keywords, or its error."""
    return evaluate_in(context, text, check=check)


def evaluate_in(context: Mapping[str, Any], text: str, *, check: bool = True) -> Any:
    """Return the value of an expression in a context, or its error."""
    try:
        program = Environment(context).compile(text, check=check)
    except CelError as error:
        return error
    return program.evaluate(context)


def failure(text: str, /, *, check: bool = True, **context: Any) -> tuple[str, str]:
    """Return code and message of an expression that fails when evaluated."""
    outcome = evaluate(text, check=check, **context)
    assert isinstance(outcome, CelError), outcome
    assert outcome.stage == "eval", outcome
    return outcome.code, outcome.message
