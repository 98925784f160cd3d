"""ResourceType and ClusterResourceType (spec binding §8.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from krm_fn.admission.memory import once_per_content
from krm_fn.admission.schemas import section_rules
from krm_fn.admission.shapes import Node, Path, child, objects, refusal
from krm_fn.admission.typed import resource_type_expressions
from krm_fn.findings import did_you_mean
from krm_fn.schema import Violation

_APPLIED: Final = (
    r"(?<![\w.])applied\s*(?:\.\s*\??\s*([A-Za-z_]\w*)|\[\s*\??\s*(?:\"([^\"]*)\"|'([^']*)')\s*\])"
)


@once_per_content
def resource_type_rules(spec: Node) -> Iterator[Violation]:
    """Refuse what the webhook refuses; paths are below `spec`."""
    yield from section_rules(spec)
    known = tuple(str(resource.get("id")) for _, resource in objects(spec, "resources"))
    for index, resource in objects(spec, "resources"):
        yield from _applied(resource.get("readyWhen"), ("resources", index, "readyWhen"), known)
    for index, output in objects(spec, "outputs"):
        path: Path = ("outputs", index)
        yield from _applied(output.get("value"), (*path, "value"), known)
        for source in ("secretKeyRef", "configMapKeyRef"):
            for field in ("name", "key"):
                text = child(output, source).get(field)
                yield from _applied(text, (*path, source, field), known)
    yield from resource_type_expressions(spec)


def _applied(text: object, path: Path, known: tuple[str, ...]) -> Iterator[Violation]:
    """Refuse `applied.<id>` for an id that no resource has."""
    if not isinstance(text, str) or "${" not in text or "applied" not in text:
        return
    for match in re.finditer(_APPLIED, text):
        name = next(group for group in match.groups() if group is not None)
        if name not in known:
            message = f'applied."{name}" names no resource of this type'
            hint = did_you_mean(name, known) or f"known here: {', '.join(sorted(known))}"
            yield refusal("applied-unknown", path, message, hint, text)
