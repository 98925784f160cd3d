"""What the items of a ResourceList are to this function."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final, Literal

from krm_fn.doors.host_annotations import (
    KUSTOMIZE_ID,
    ORIGIN,
    PREFIXES,
    PREVIOUS_NAMESPACES,
    SUFFIXES,
    annotations_of,
    without_host_annotations,
)
from krm_fn.doors.ownership import is_generated, is_replaced
from krm_fn.findings import Collector
from krm_fn.identity import labels
from krm_fn.settings import Selection
from krm_fn.yamlio import Document

Role = Literal["input", "configuration", "replaced", "foreign"]

# Traits write it for the observability plane: rendered output, nothing to render from.
_OUTPUT_KINDS: Final = frozenset({"ObservabilityAlertRule"})
_ORIGIN_PATH: Final = re.compile(r"^path:[ ]*(\S.*)$", re.MULTILINE)


def is_input(item: Any) -> bool:
    """Say whether an object is of an OpenChoreo kind, that is: something to render from."""
    if not isinstance(item, dict):
        return False
    kind = item.get("kind")
    if isinstance(kind, str) and kind in _OUTPUT_KINDS:
        return False
    version = item.get("apiVersion")
    return isinstance(version, str) and version.startswith(f"{labels.GROUP}/")


def is_configuration(item: Any) -> bool:
    """Say whether an object configures this function."""
    version = item.get("apiVersion") if isinstance(item, dict) else None
    return isinstance(version, str) and version.startswith(f"{labels.FUNCTION_GROUP}/")


def role(item: Any, selection: Selection) -> Role:
    """Tell what an item is: to render from, ours to replace, or none of our business."""
    if is_replaced(item, selection):
        return "replaced"
    if is_input(item) and not is_generated(item):
        return "input"
    return "configuration" if is_configuration(item) else "foreign"


def documents(items: Iterable[Any], findings: Collector) -> list[Document]:
    """Turn the OpenChoreo items into documents, without what the host wrote onto them.

    Their place is what the host tells: path and index under kpt, the origin annotation of a
    kustomize build that writes it, else nothing.
    """
    made: list[Document] = []
    for item in items:
        made_of = document(item)
        annotations = annotations_of(item)
        for name, word in ((PREFIXES, "prefix"), (SUFFIXES, "suffix")):
            if annotations.get(name):
                findings.add(
                    "inputs-renamed",
                    f'kustomize has added the {word} "{annotations[name]}"',
                    resource=made_of.reference,
                )
        before = _former_namespace(annotations)
        if before and before != made_of.namespace:
            findings.add(
                "inputs-renamed",
                f'kustomize has moved it from namespace "{before}" to "{made_of.namespace}"',
                resource=made_of.reference,
            )
        made.append(made_of)
    return made


def _former_namespace(annotations: Mapping[str, Any]) -> str:
    """Return the namespace that an item was written with; kustomize says `default` for none."""
    former = annotations.get(PREVIOUS_NAMESPACES)
    first = former.partition(",")[0] if isinstance(former, str) else ""
    return "" if first == "default" else first


def document(item: dict[str, Any]) -> Document:
    """Turn one OpenChoreo item into a document."""
    annotations = annotations_of(item)
    data = without_host_annotations(item)
    if KUSTOMIZE_ID not in annotations:
        known = Document.from_item(item)
        return Document(data, known.file, known.index)
    origin = annotations.get(ORIGIN)
    path = _ORIGIN_PATH.search(origin) if isinstance(origin, str) else None
    return Document(data, path.group(1).strip() if path else "")


def misshapen(items: Sequence[Any]) -> int | None:
    """Find the first item that is no object; None if all are."""
    for number, item in enumerate(items):
        if not isinstance(item, dict):
            return number
    return None
