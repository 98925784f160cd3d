"""Suite `cel-conformance`: the language's official tests, as far as OpenChoreo's environment goes.

Judged are the tests whose `openchoreo.status` is `same`. Where an error is expected, one of any
stage will do.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from krm_fn.cel import CelError, Environment, Function, Library, Overload
from tests.conformance.outcome import Outcome
from tests.conformance.typed_values import read, same

_DECLARED = {
    "fn": ("fn(string, int) -> string",),
    "sort": ("sort(tuple(A, A, A)) -> tuple(A, A, A)",),
    "tuple": ("tuple(A, B, C) -> tuple(A, B, C)",),
}


def replay(directory: Path) -> Iterator[Outcome]:
    """Replay every section in the directory."""
    for path in sorted(directory.glob("*__*.json")):
        seen: Counter[str] = Counter()
        for vector in json.loads(path.read_text(encoding="utf-8")):
            name = f"{path.stem}/{vector['name']}"
            seen[name] += 1
            identity = name if seen[name] == 1 else f"{name}#{seen[name]}"
            if vector["openchoreo"]["status"] != "same":
                yield Outcome(identity, passed=True, unjudged=True)
                continue
            found = _difference(vector)
            yield Outcome(identity, not found, f"{vector['expr']}: {found}" if found else "")


def _environment(vector: Mapping[str, Any]) -> Environment:
    types = vector.get("type_env", {})
    declared = {name: _DECLARED[name] for name in vector.get("type_env_functions", ())}
    functions = tuple(
        Function(name, tuple(Overload(f"{name}/{n}", text) for n, text in enumerate(signatures)))
        for name, signatures in declared.items()
    )
    libraries = (Library("declared", functions),) if functions else ()
    return Environment(
        types.keys() | vector.get("bindings", {}).keys(),
        libraries,
        container=vector.get("container", ""),
        variable_types=types,
    )


def _difference(vector: Mapping[str, Any]) -> str:
    bindings = {name: read(value) for name, value in vector.get("bindings", {}).items()}
    check = not vector.get("disable_check", False)
    try:
        program = _environment(vector).compile(vector["expr"], check=check)
        if vector.get("check_only"):
            return _type_difference(vector, program.result_type)
        outcome = program.evaluate(bindings)
    except CelError as error:
        outcome = error
    if vector.get("eval_error"):
        return "" if isinstance(outcome, CelError) else f"expected an error, got {outcome!r}"
    if isinstance(outcome, CelError):
        return f"fails in stage {outcome.stage}: {outcome.code}: {outcome.message}"
    if not same(read(vector["value"]), outcome):
        return f"expected {vector['value']}, got {outcome!r}"
    return ""


def _type_difference(vector: Mapping[str, Any], found: str) -> str:
    expected = vector["deduced_type"]
    return "" if found == expected else f"expected the type {expected}, got {found}"
