"""Every finding code: severity, title, hint.

A code is a plain, stable name. `condition` is the OpenChoreo condition and reason (as in
`ReleaseSynced/RenderingFailed`) that the reference's controllers would report for it; empty where
the reference says nothing. Sections follow the rooms of the house.
"""

from __future__ import annotations

from dataclasses import dataclass

from krm_fn.findings.finding import Severity

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Code:
    """What is known about a finding code before it occurs."""

    name: str
    severity: Severity
    title: str
    hint: str
    condition: str = ""


def _table(*codes: Code) -> dict[str, Code]:
    table: dict[str, Code] = {}
    for code in codes:
        if code.name in table:
            raise ValueError(f"finding code {code.name} is declared twice")
        table[code.name] = code
    return table


# -- sources and yamlio ---------------------------------------------------------------------------
_YAML: tuple[Code, ...] = ()

# -- settings and doors ---------------------------------------------------------------------------
_DOORS: tuple[Code, ...] = ()

# -- catalog and admission (schema, models) -------------------------------------------------------
_CATALOG: tuple[Code, ...] = ()

# -- resolve --------------------------------------------------------------------------------------
_RESOLVE: tuple[Code, ...] = ()

# -- schema, template, cel, traits, patch, rules --------------------------------------------------
_TEMPLATE: tuple[Code, ...] = ()

# -- connections, assemble, emit ------------------------------------------------------------------
_ASSEMBLE: tuple[Code, ...] = ()

CODES: dict[str, Code] = _table(
    *_YAML, *_DOORS, *_CATALOG, *_RESOLVE, *_TEMPLATE, *_ASSEMBLE
)
