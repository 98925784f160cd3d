"""Parameters and environmentConfigs: defaults, validation (spec: rendering §3.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from krm_fn.context.numbers import as_floats
from krm_fn.findings import Collector, Origin, ResourceReference, did_you_mean
from krm_fn.provenance import Record, Step, StepKind
from krm_fn.schema import Schema, SchemaError, compile_schema

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One section of values and the schema section that governs it.

    `name` is `parameters` or `environmentConfigs`; `owner` says whose they are, in a sentence
    (`deployment/service`, `trait storage/data`). `keep_without_schema` is the way of the project
    and resource pipelines, which also validate nothing.
    """

    name: str
    owner: str
    schema: object
    schema_origin: Origin
    value: object
    value_origin: Origin
    step: StepKind = "parameter"
    lenient: bool = False


class SchemaMemo:
    """Remembers the compiled schema of every schema object of a run (they are never mutated)."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, Schema]] = {}

    def compile(self, raw: dict[str, object]) -> Schema:
        """Compile, or recall. Raises SchemaError."""
        known = self._known.get(id(raw))
        if known is not None:
            return known[1]
        schema = compile_schema(raw, floats=True)
        self._known[id(raw)] = (raw, schema)
        return schema


def resolve_section(
    section: Section,
    memo: SchemaMemo,
    findings: Collector,
    context: ResourceReference,
    record: Record | None = None,
) -> Mapping[str, object] | None:
    """Return the values with defaults applied and numbers as floats; None after error findings.

    Without a schema the values are dropped (kept with `lenient`). Unknown properties survive
    unless the schema forbids them.
    """
    raw = section.schema.get("openAPIV3Schema") if isinstance(section.schema, Mapping) else None
    if raw is None and not section.lenient:
        return {}
    value = {} if section.value is None else section.value
    if not isinstance(value, Mapping):
        found = "a list" if isinstance(value, list) else "a single value"
        findings.add(
            "parameters-not-an-object",
            f"{section.name} of {section.owner} must be a mapping, not {found}",
            origin=section.value_origin,
            context=context,
        )
        return None
    numbers = as_floats(value)
    assert isinstance(numbers, dict)
    if not isinstance(raw, dict):
        _record(section, value, numbers, record, {})
        return numbers
    try:
        schema = memo.compile(raw)
    except SchemaError as error:
        findings.add(
            error.code,
            f"the {section.name} schema of {section.owner} cannot be used: {error.message}",
            origin=section.schema_origin.child("openAPIV3Schema", *error.path),
            context=context,
        )
        return None
    complete = schema.apply_defaults(numbers)
    assert isinstance(complete, dict)
    defaults: dict[Path, Path] = {}
    if record is not None:

        def remember(path: Path, place: Path, _: object) -> None:
            defaults[path] = place

        schema.apply_defaults_recorded(numbers, remember)
    if not section.lenient and not _validate(section, schema, complete, findings, context):
        return None
    _record(section, value, complete, record, defaults)
    return complete


def _validate(
    section: Section,
    schema: Schema,
    value: dict[str, object],
    findings: Collector,
    context: ResourceReference,
) -> bool:
    violations = schema.validate(value)
    for violation in violations:
        findings.add(
            "parameters-invalid",
            f"{section.name} of {section.owner}: {violation.text}",
            origin=section.value_origin.child(*violation.path),
            related=[
                (
                    "the schema says so",
                    section.schema_origin.child("openAPIV3Schema", *violation.schema_path),
                )
            ],
            hint=violation.hint,
            context=context,
        )
    declared = schema.node.get("properties")
    if isinstance(declared, dict) and not value.keys() <= declared.keys():
        _report_undeclared(section, schema.node, value, findings, context)
    return not violations


def _report_undeclared(
    section: Section,
    node: Mapping[str, object],
    value: Mapping[str, object],
    findings: Collector,
    context: ResourceReference,
) -> None:
    """Warn of names that no property declares. They are kept, as in the reference."""
    declared = node["properties"]
    assert isinstance(declared, Mapping)
    if "additionalProperties" in node or node.get("x-kubernetes-preserve-unknown-fields"):
        return
    for name in value:
        if name not in declared:
            findings.add(
                "parameter-undeclared",
                f"{section.name} of {section.owner} declare no {name}",
                origin=section.value_origin.child(name),
                key=True,
                hint=did_you_mean(name, declared),
                context=context,
            )


def _record(
    section: Section,
    supplied: object,
    value: object,
    record: Record | None,
    defaults: Mapping[Path, Path],
    path: Path = (),
) -> None:
    """Write down for every leaf whether it was supplied or a default.

    `defaults` maps the path of each default to its place in the schema.
    """
    if record is None:
        return
    if isinstance(value, Mapping) and value:
        known = supplied if isinstance(supplied, Mapping) else {}
        for key, item in value.items():
            below = known.get(key, _ABSENT)
            _record(section, below, item, record, defaults, (*path, key))
        return
    if isinstance(value, list) and value:
        items = supplied if isinstance(supplied, list) else []
        for index, item in enumerate(value):
            below = items[index] if index < len(items) else _ABSENT
            _record(section, below, item, record, defaults, (*path, index))
        return
    if supplied is _ABSENT:
        origin = section.schema_origin.child("openAPIV3Schema", *_default_place(path, defaults))
        step = Step("default", origin, value)
    else:
        step = Step(section.step, section.value_origin.child(*path), value)
    record.write((section.name, *path), step)


def _default_place(path: Path, defaults: Mapping[Path, Path]) -> Path:
    """Where the schema sets a leaf: its own default, else inside the nearest parent's."""
    for size in range(len(path), -1, -1):
        place = defaults.get(path[:size])
        if place is not None:
            return (*place, *path[size:])
    return ()


_ABSENT = object()
