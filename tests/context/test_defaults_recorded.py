"""A default points at the line of the schema that sets it."""

from __future__ import annotations

from krm_fn.context import ContextMemo
from krm_fn.context.sections import Section, resolve_section
from krm_fn.findings import Collector, Origin, ResourceReference
from krm_fn.provenance import Record
from krm_fn.yamlio import parse

_SCHEMA = """\
openAPIV3Schema:
  type: object
  properties:
    replicas: {type: integer}
    port:
      type: integer
      default: 8080
    limits:
      type: object
      default: {cpu: 100m}
      properties:
        cpu: {type: string}
        memory:
          type: string
          default: 64Mi
    rules:
      type: array
      items:
        type: object
        properties:
          weight:
            type: integer
            default: 1
"""


def _recorded(value: object) -> Record:
    findings = Collector()
    (schema,) = parse(_SCHEMA, file="type.yaml", mode="kubernetes", findings=findings)
    (values,) = parse("{}", file="component.yaml", mode="kubernetes", findings=findings)
    record = Record("scope")
    section = Section(
        "parameters", "deployment/service", schema.data, Origin(schema), value, Origin(values)
    )
    context = ResourceReference("openchoreo.dev/v1alpha1", "ReleaseBinding", "acme", "cart")
    memo = ContextMemo().schemas
    assert resolve_section(section, memo, findings, context, record) is not None
    assert not findings.has_errors()
    return record


def _place(record: Record, *path: str | int) -> tuple[str, str, int]:
    (step,) = record.chain(("parameters", *path))
    assert step.origin is not None
    position = step.origin.position()
    assert position is not None
    return step.kind, str(position.file), position.line


def _line(text: str) -> int:
    return 1 + next(at for at, line in enumerate(_SCHEMA.splitlines()) if text in line)


def test_defaults_point_at_their_lines() -> None:
    record = _recorded({"replicas": 2, "rules": [{}, {"weight": 3}]})
    assert _place(record, "port") == ("default", "type.yaml", _line("default: 8080"))
    assert _place(record, "limits", "cpu") == ("default", "type.yaml", _line("cpu: 100m"))
    assert _place(record, "limits", "memory") == ("default", "type.yaml", _line("default: 64Mi"))
    assert _place(record, "rules", 0, "weight") == ("default", "type.yaml", _line("default: 1"))


def test_what_is_supplied_points_at_the_values() -> None:
    record = _recorded({"replicas": 2, "rules": [{}, {"weight": 3}]})
    assert _place(record, "replicas")[:2] == ("parameter", "component.yaml")
    assert _place(record, "rules", 1, "weight")[:2] == ("parameter", "component.yaml")
