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
_DOORS: tuple[Code, ...] = (
    Code(
        "config-kind",
        _E,
        "The functionConfig is of a kind that this function does not read.",
        "Write apiVersion: fn.openchoreo.dev/v1alpha1, kind: Render, or a v1 ConfigMap.",
    ),
    Code(
        "setting-unknown",
        _E,
        "A key of the configuration is no setting.",
        "Correct the key; docs/reference/function.md lists them all.",
    ),
    Code(
        "setting-type",
        _E,
        "A setting has a value of the wrong type.",
        "Correct the value; docs/reference/function.md tells the type of each setting.",
    ),
    Code(
        "setting-value",
        _E,
        "A setting has a value that is not one of its choices.",
        "Use one of the allowed words.",
    ),
    Code(
        "setting-twice",
        _E,
        "A setting is given more than once, under two spellings.",
        "Keep one of the two keys.",
    ),
    Code(
        "input-empty",
        _E,
        "Nothing came in on standard input.",
        "Run through kustomize or kpt, or use `krm-fn render PATH --environment E`.",
    ),
    Code(
        "input-encoding",
        _E,
        "The input is not UTF-8 text.",
        "Save the file as UTF-8.",
    ),
    Code(
        "input-invalid",
        _E,
        "The input is not a ResourceList.",
        "A KRM function reads apiVersion: config.kubernetes.io/v1, kind: ResourceList, items: [].",
    ),
    Code(
        "sources-missing",
        _E,
        "A generator was not told what to read.",
        "List folders under spec.sources, relative to the kustomization.",
    ),
    Code(
        "source-not-found",
        _E,
        "A folder or file of the sources does not exist.",
        "Sources are relative to the folder of the kustomization that lists the function.",
    ),
    Code(
        "source-outside-root",
        _E,
        "A source lies outside the repository.",
        "Sources stay below the nearest parent folder that holds .git; spec.root sets another.",
    ),
    Code(
        "identity-map-invalid",
        _E,
        "The identity map cannot be read.",
        "It is a YAML mapping of Kind/namespace/name to a UID.",
    ),
    Code(
        "render-empty",
        _E,
        "Nothing was rendered.",
        "Check select.environments and the sources, or set allowEmpty: true.",
    ),
    Code(
        "duplicate-resource",
        _E,
        "Two resources have the same group, kind, namespace and name.",
        "Rename one of them, or remove it: a cluster can hold only one.",
    ),
    Code(
        "path-taken",
        _E,
        "A file that this function did not write stands where a generated one belongs.",
        "Move the file away, or set output.directory to another folder.",
    ),
    Code(
        "inputs-renamed",
        _W,
        "kustomize has renamed OpenChoreo resources before they were rendered.",
        "Apply namePrefix, nameSuffix and namespace in an overlay above the function.",
    ),
    Code(
        "output-closed",
        _E,
        "The reader of the output went away before all was written.",
        "Look at the error of the program that reads from this one.",
    ),
)

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
