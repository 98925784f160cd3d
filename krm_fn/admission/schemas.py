"""The schemas of types and traits, and values checked against them (spec binding §8.2.1, §8.5)."""

from __future__ import annotations

from collections.abc import Iterator

from krm_fn.admission.shapes import Node, Path, below, child, refusal
from krm_fn.findings import did_you_mean
from krm_fn.schema import KEYWORDS, Schema, SchemaError, Violation, compile_schema

_SECTIONS = ("parameters", "environmentConfigs")


def section_rules(spec: Node) -> Iterator[Violation]:
    """Refuse schemas that cannot be built or use keywords that do not exist."""
    for section in _SECTIONS:
        raw = child(spec, section).get("openAPIV3Schema")
        if raw is None:
            continue
        path: Path = (section, "openAPIV3Schema")
        try:
            schema = compile_schema(raw, floats=True)
        except SchemaError as error:
            yield refusal(error.code, (*path, *error.path), error.message)
            continue
        for where in schema.unknown_keywords():
            keyword = str(where[-1])
            message = f'"{keyword}" is no keyword of a schema'
            hint = did_you_mean(keyword, KEYWORDS) or "remove it, or begin it with x-"
            yield refusal("schema-unsupported", (*path, *where), message, hint)


def value_rules(spec: Node, section: str, value: object, path: Path) -> Iterator[Violation]:
    """Refuse values that break a schema as they stand, before any defaults; absent means `{}`."""
    schema = _compiled(spec, section)
    if schema is not None:
        for violation in schema.validate({} if value is None else value):
            yield below(violation, *path)


def _compiled(spec: Node, section: str) -> Schema | None:
    raw = child(spec, section).get("openAPIV3Schema")
    if raw is None:
        return None
    try:
        return compile_schema(raw, floats=True)
    except SchemaError:
        return None
