"""From the record of an object to the story of one of its values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from krm_fn.assemble import RenderedResource
from krm_fn.findings import PathPart, field_path
from krm_fn.provenance import Record, Step, input_path

Path = tuple[PathPart, ...]

_WORDS: Mapping[str, str] = {
    "template": "template of the type",
    "create": "created by a trait",
    "patch": "patched by a trait",
    "label": "label of the platform",
    "hash": "hash of the other resources",
    "policy": "network policy of the platform",
    "annotation": "annotation of the platform",
    "default": "default of the schema",
    "parameter": "written by the developer",
    "override": "override for the environment",
    "platform": "given by the platform",
    "embedded": "bound by the type for its trait",
}
_PART = re.compile(r"""\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|([^.\[\]]+)|\.""")


@dataclass(frozen=True, slots=True)
class Cause:
    """One step: what happened, where it is written, what it says and what it gave.

    `depth` 0 is a step of the object itself, 1 a value that its expression read.
    """

    depth: int
    what: str
    place: str
    expression: str
    name: str
    value: object


@dataclass(frozen=True, slots=True)
class Explanation:
    """The story of one leaf: its path, its final value, its causes, the deciding one first."""

    subject: str
    path: str
    value: object
    causes: tuple[Cause, ...]


def find_objects(resources: Iterable[RenderedResource], name: str) -> list[RenderedResource]:
    """Find objects by `Kind/name` or `Kind/namespace/name`; the kind in any case."""
    kind, _, rest = name.partition("/")
    namespace, slash, plain = rest.rpartition("/")
    found = []
    for resource in resources:
        metadata = resource.object.get("metadata")
        names = metadata if isinstance(metadata, dict) else {}
        if str(resource.object.get("kind")).lower() != kind.lower():
            continue
        if names.get("name") == plain and (not slash or names.get("namespace") == namespace):
            found.append(resource)
    return found


def parse_path(text: str) -> Path:
    """Read a JSON path such as `spec.containers[0].image` or `metadata.labels["a.b/c"]`.

    Raises ValueError where it is none.
    """
    parts: list[PathPart] = []
    end = 0
    for match in _PART.finditer(text):
        if match.start() != end:
            break
        end = match.end()
        index, quoted, word = match.groups()
        if index is not None:
            parts.append(int(index))
        elif quoted is not None:
            parts.append(re.sub(r"\\(.)", r"\1", quoted))
        elif word is not None:
            parts.append(word)
    if end != len(text):
        raise ValueError(f"{text} is no path: unexpected {text[end:]!r}")
    return tuple(parts)


def explain(resource: RenderedResource, path: Path) -> list[Explanation]:
    """Explain the value at `path`: one explanation for each leaf below it.

    Raises KeyError where the object has no such path. The resource must be from a recorded run.
    """
    value: object = resource.object
    for part in path:
        try:
            value = value[part]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            raise KeyError(field_path(path)) from None
    name = f"{resource.object.get('kind')}/{resource.object['metadata']['name']}"  # type: ignore[index]
    return [
        Explanation(name, field_path(leaf), item, tuple(_causes(resource, leaf)))
        for leaf, item in _leaves(value, path)
    ]


def _leaves(value: object, path: Path) -> Iterator[tuple[Path, object]]:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))
    else:
        yield path, value


def _causes(resource: RenderedResource, path: Path) -> Iterator[Cause]:
    record = resource.record
    if record is None:
        place = str(resource.sources[0].position() or "") if resource.sources else ""
        yield Cause(0, "made by the platform", place, "", field_path(path), None)
        return
    for step in reversed(record.chain(path)):
        yield _cause(step, 0, field_path(path), step.value)
        yield from _inputs(record, step)


def _inputs(record: Record, step: Step) -> Iterator[Cause]:
    for text in step.inputs:
        scope = record.scope
        while scope is not None:
            steps = scope.chain(input_path(text))
            for known in reversed(steps):
                yield _cause(known, 1, text, _inside(scope.values, input_path(text)))
            if steps:
                break
            scope = scope.scope


def _inside(values: object, path: Path) -> object:
    """The value at a path of a scope; None where an optional part of the path is absent."""
    for part in path:
        if not isinstance(values, Mapping) or part not in values:
            return None
        values = values[part]
    return _whole(values)


def _whole(value: object) -> object:
    """Scopes hold every number as a double: show whole ones as they were written."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {key: _whole(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_whole(item) for item in value]
    return value


def _cause(step: Step, depth: int, name: str, value: object) -> Cause:
    position = step.origin.position() if step.origin is not None else None
    what = _WORDS.get(step.kind, step.kind)
    if step.note:
        what = f"{what}, {step.note}"
    return Cause(depth, what, str(position or ""), step.expression, name, value)
