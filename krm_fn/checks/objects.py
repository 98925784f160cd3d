"""Rendered objects against the schemas of their kinds, for whoever asks for it.

Kubernetes' own kinds come from the package kubernetes-validate (optional), all others from
CustomResourceDefinitions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from krm_fn.assemble import RenderedResource
from krm_fn.catalog import mapping, sequence, text
from krm_fn.findings import Collector, ResourceReference, field_path
from krm_fn.identity import labels
from krm_fn.schema import Schema, SchemaError, resolve_references

Problem = tuple[tuple[str | int, ...], str]
"""Path inside the object, and what is wrong there."""


class ObjectSchemas:
    """The schemas of one run, each read when it is first needed.

    `version` is that of Kubernetes, such as `1.31`; empty leaves its own kinds unchecked. Raises
    `ImportError` where kubernetes-validate is wanted and absent, `ValueError` for a version that it
    does not know.
    """

    def __init__(self, version: str, definitions: Iterable[Mapping[str, object]]) -> None:
        self._kubernetes = _Kubernetes(version) if version else None
        self._custom: dict[tuple[str, str], object] = {}
        self._compiled: dict[tuple[str, str], Schema | None] = {}
        for definition in definitions:
            self._define(mapping(definition.get("spec")))

    def problems(self, made: Mapping[str, object]) -> list[Problem] | None:
        """Return what is wrong with an object, None where its kind is unknown."""
        key = (text(made.get("apiVersion")), text(made.get("kind")))
        if key in self._custom:
            schema = self._schema(key)
            if schema is None:
                return None
            plain = {name: value for name, value in made.items() if name != "metadata"}
            return [(found.path, found.message) for found in schema.validate(plain)]
        return self._kubernetes.problems(made) if self._kubernetes is not None else None

    def _define(self, spec: Mapping[str, object]) -> None:
        kind = text(mapping(spec.get("names")).get("kind"))
        for version in map(mapping, sequence(spec.get("versions"))):
            raw = mapping(version.get("schema")).get("openAPIV3Schema")
            if raw is not None:
                name = f"{text(spec.get('group'))}/{text(version.get('name'))}"
                self._custom[name, kind] = raw

    def _schema(self, key: tuple[str, str]) -> Schema | None:
        if key not in self._compiled:
            raw = self._custom[key]
            try:
                node = resolve_references(raw) if isinstance(raw, dict) else {}
                self._compiled[key] = Schema(node, {}, strict=True, trusted=True)
            except SchemaError:
                self._compiled[key] = None
        return self._compiled[key]


class _Kubernetes:
    """The kinds of one version of Kubernetes."""

    def __init__(self, version: str) -> None:
        from kubernetes_validate import utils

        self._read = utils.schema_contents
        wanted = _numbers(version.removeprefix("v"))
        known = [one for one in utils.all_versions() if _numbers(one) <= wanted]
        if not known or not wanted:
            raise ValueError(f"no schemas for Kubernetes {version}")
        self._version = known[-1]
        self._validators: dict[tuple[str, str], Any] = {}
        self._registry: Any = None

    def problems(self, made: Mapping[str, object]) -> list[Problem] | None:
        """Return what is wrong with an object, None where Kubernetes has no such kind."""
        key = (text(made.get("apiVersion")), text(made.get("kind")))
        if key not in self._validators:
            self._validators[key] = self._validator(*key)
        validator = self._validators[key]
        if validator is None:
            return None
        return [
            (tuple(found.absolute_path), found.message)
            for found in sorted(validator.iter_errors(made), key=lambda one: str(one.absolute_path))
        ]

    def _validator(self, api_version: str, kind: str) -> Any:
        import jsonschema
        from referencing import Registry, Resource

        folder = f"kubernetes-json-schema/v{self._version}-local-strict"
        group, slash, version = api_version.rpartition("/")
        name = f"{group.split('.')[0]}-{version}" if slash else version
        try:
            schema = self._read(f"{folder}/{kind.lower()}-{name}.json", self._version)
        except FileNotFoundError:
            return None
        if self._registry is None:
            shared = self._read(f"{folder}/_definitions.json", self._version)
            self._registry = Resource.from_contents(shared) @ Registry()
        registry = Resource.from_contents(schema) @ self._registry
        return jsonschema.validators.Draft202012Validator(schema, registry=registry)


def check_objects(
    resources: Iterable[RenderedResource], schemas: ObjectSchemas, findings: Collector
) -> None:
    """Report every object that does not fit its schema, and every kind that has none."""
    unknown: set[tuple[str, str]] = set()
    for resource in resources:
        made = resource.object
        origin = resource.sources[0] if resource.sources else None
        problems = schemas.problems(made)
        if problems is None:
            key = (text(made.get("apiVersion")), text(made.get("kind")))
            if key not in unknown:
                unknown.add(key)
                message = f"{key[1]} of {key[0]} has no schema here"
                findings.add("object-unchecked", message, origin=origin)
            continue
        name = text(mapping(made.get("metadata")).get("name"))
        for path, problem in problems:
            place = f"{field_path(path)}: " if path else ""
            findings.add(
                "object-schema",
                f'{text(made.get("kind"))} "{name}" ("{resource.id}"): {place}{problem}',
                origin=origin,
                context=_reference(resource.binding),
            )


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".") if part.isdecimal()][:2]


def _reference(binding: str) -> ResourceReference:
    kind, namespace, name = binding.split("/", 2)
    return ResourceReference(labels.API_VERSION, kind, namespace, name)
