"""Changing one field of a YAML file and nothing else of its text (decision D7)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from krm_fn.findings import ResourceReference

_PLAIN: Final = re.compile(r"[a-z][a-z0-9.-]*[a-z0-9]\Z")
_WORDS: Final = frozenset(("false", "no", "null", "off", "on", "true", "yes"))


def with_spec_field(
    text: str, resource: ResourceReference, field: str, value: str, *, after: str
) -> str:
    """Set `spec.<field>` of a resource to a string.

    In: the text of a file, of which one document holds the resource; where the field is absent it
    is written behind the field `after`. Out: the text with that value changed; comments, order,
    quotes and line ends of everything else stay. Raises LookupError where no document of the file
    holds the resource, or it has no spec to write to.
    """
    import yaml

    for node in yaml.compose_all(text, Loader=yaml.SafeLoader):
        if not _holds(node, resource):
            continue
        spec = _child(node, "spec")
        if not isinstance(spec, yaml.MappingNode):
            break
        found = _child(spec, field)
        if isinstance(found, yaml.Node):
            start, end = found.start_mark.index, found.end_mark.index
            space = "" if text[start - 1 : start].isspace() else " "
            return f"{text[:start]}{space}{_scalar(value)}{text[end:]}"
        return _inserted(text, spec, f"{field}: {_scalar(value)}", after)
    raise LookupError(f"{resource} is not in this file, or has no spec")


def _inserted(text: str, spec: object, entry: str, after: str) -> str:
    import yaml

    assert isinstance(spec, yaml.MappingNode)
    if spec.flow_style or not spec.value:
        place = spec.start_mark.index + 1
        rest = text[place:].lstrip()
        return f"{text[:place]}{entry}{'' if rest.startswith('}') else ', '}{rest}"
    break_ = "\r\n" if "\r\n" in text else "\n"
    for key, value in spec.value:
        if key.value == after and isinstance(value, yaml.ScalarNode):
            place = text.find("\n", value.end_mark.index)
            line = f"{' ' * key.start_mark.column}{entry}"
            if place < 0:
                return f"{text}{break_}{line}{break_}"
            return f"{text[: place + 1]}{line}{break_}{text[place + 1 :]}"
    first = spec.value[0][0].start_mark
    return f"{text[: first.index]}{entry}{break_}{' ' * first.column}{text[first.index :]}"


def _holds(node: object, resource: ResourceReference) -> bool:
    metadata = _child(node, "metadata")
    namespace = _text(_child(metadata, "namespace"))
    return (
        _text(_child(node, "kind")) == resource.kind
        and _text(_child(metadata, "name")) == resource.name
        and (namespace or "default") == (resource.namespace or "default")
    )


def _child(node: object, name: str) -> object:
    for key, value in _entries(node):
        if _text(key) == name:
            return value
    return None


def _entries(node: object) -> Iterator[tuple[object, object]]:
    import yaml

    if isinstance(node, yaml.MappingNode):
        yield from node.value


def _text(node: object) -> str:
    import yaml

    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""


def _scalar(value: str) -> str:
    return value if _PLAIN.match(value) and value not in _WORDS else json.dumps(value)
