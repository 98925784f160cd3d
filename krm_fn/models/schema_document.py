"""Model → structural OpenAPI v3 schema, the form a CustomResourceDefinition would have.

Source of the form: Kubernetes' rules for structural schemas (no `$ref`, one `type` per node,
defaults only where there is a value).
"""

from __future__ import annotations

from typing import Any, cast

from krm_fn.models.part import Part

Json = dict[str, Any]

_KEPT = (
    "type",
    "format",
    "default",
    "enum",
    "pattern",
    "minLength",
    "maxLength",
    "minimum",
    "maximum",
    "minItems",
    "maxItems",
    "maxProperties",
)


def structural_schema(model: type[Part], *, descriptions: bool = False) -> Json:
    """Return the structural schema of a model; with `descriptions`, texts for editors too."""
    raw = model.model_json_schema(by_alias=True)
    return _Converter(raw.get("$defs", {}), descriptions=descriptions).convert(raw)


class _Converter:
    def __init__(self, definitions: Json, *, descriptions: bool) -> None:
        self._definitions = definitions
        self._descriptions = descriptions

    def convert(self, node: Json) -> Json:
        node = self._flatten(node)
        result: Json = {}
        if self._descriptions and "description" in node:
            result["description"] = node["description"]
        for keyword in _KEPT:
            if node.get(keyword) is not None:
                result[keyword] = node[keyword]
        if "const" in node:
            result["enum"] = [node["const"]]
        for keyword, value in node.items():
            if keyword.startswith("x-kubernetes-"):
                result[keyword] = value
        if "properties" in node:
            result["properties"] = {
                name: self.convert(child) for name, child in node["properties"].items()
            }
            if node.get("required"):
                result["required"] = sorted(node["required"])
        elif isinstance(node.get("additionalProperties"), dict):
            result["additionalProperties"] = self.convert(node["additionalProperties"])
        if isinstance(node.get("items"), dict):
            result["items"] = self.convert(node["items"])
        return result

    def _flatten(self, node: Json) -> Json:
        """Inline a reference, and read `X | None` as X (absent fields are not null)."""
        branches = [branch for branch in node.get("anyOf", ()) if branch.get("type") != "null"]
        if len(branches) == 1:
            merged = {**branches[0], **{k: v for k, v in node.items() if k != "anyOf"}}
            return self._flatten(merged)
        if "$ref" in node:
            name = cast(str, node["$ref"]).rpartition("/")[2]
            siblings = {key: value for key, value in node.items() if key != "$ref"}
            return self._flatten({**self._definitions[name], **siblings})
        return node
