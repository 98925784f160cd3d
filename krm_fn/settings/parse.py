"""functionConfig → `Settings`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from krm_fn.findings import (
    Collector,
    Origin,
    PathPart,
    Position,
    ResourceReference,
    SourceDocument,
    did_you_mean,
)
from krm_fn.identity import labels
from krm_fn.settings.fields import BY_PATH, FLAT, GROUPS, Field
from krm_fn.settings.settings import Settings, UserPatch

RENDER: Final = "Render"
_RENDER_KEYS: Final = ("apiVersion", "kind", "metadata", "spec")
_CONFIG_MAP_KEYS: Final = ("apiVersion", "kind", "metadata", "data", "immutable")
_RESERVED: Final = "identity.compatibility"
_TARGET_KEYS: Final = ("group", "version", "kind", "namespace", "name")
_SWITCH: Final = {"true": True, "false": False}

Path = tuple[PathPart, ...]


def parse_settings(
    function_config: Mapping[str, Any] | None,
    findings: Collector,
    document: SourceDocument | None = None,
) -> Settings:
    """Turn a decoded functionConfig into settings (decision D4).

    In: an object of kind `Render`, a `ConfigMap` with the same settings as flat keys (lists as
    comma-separated or JSON text), or None for the defaults; `document` knows the places of its
    nodes. Out: settings; whatever was wrong is an error finding and keeps its default.
    """
    if function_config is None:
        return Settings()
    reader = _Reader(findings, document or ConfigDocument(function_config))
    kind, version = function_config.get("kind"), function_config.get("apiVersion")
    if (kind, version) == ("ConfigMap", "v1"):
        reader.unknown_keys(function_config, (), _CONFIG_MAP_KEYS)
        reader.flat(function_config.get("data"))
    elif (kind, version) == (RENDER, labels.FUNCTION_API_VERSION):
        reader.unknown_keys(function_config, (), _RENDER_KEYS)
        reader.nested(function_config.get("spec"))
    else:
        reader.wrong_kind(kind, version)
    return _settings(reader.values)


@dataclass(frozen=True, slots=True, eq=False)
class ConfigDocument:
    """A configuration of which at most the file is known, as a `SourceDocument`."""

    config: Mapping[str, Any]
    place: Position | None = None

    @property
    def file(self) -> str:
        """The file of the configuration; "" if it is unknown."""
        return self.place.file if self.place else ""

    @property
    def reference(self) -> ResourceReference:
        """Name the configuration object."""
        metadata = self.config.get("metadata")
        names: Mapping[str, Any] = metadata if isinstance(metadata, Mapping) else {}
        return ResourceReference(
            str(self.config.get("apiVersion") or ""),
            str(self.config.get("kind") or ""),
            str(names.get("namespace") or ""),
            str(names.get("name") or ""),
        )

    def position(self, path: Sequence[PathPart], *, key: bool = False) -> Position | None:  # noqa: ARG002
        """Return the file, the same for every node."""
        return self.place


class _Reader:
    """Reads one configuration and remembers what it sets, by attribute of `Settings`."""

    def __init__(self, findings: Collector, document: SourceDocument) -> None:
        self.findings = findings
        self.document = document
        self.values: dict[str, Any] = {}

    def complain(
        self, code: str, message: str, path: Path, *, hint: str = "", key: bool = False
    ) -> None:
        origin = Origin(self.document, path)
        self.findings.add(code, message, origin=origin, key=key, hint=hint)

    def wrong_kind(self, kind: object, version: object) -> None:
        message = f"functionConfig is {version} {kind}"
        guess = did_you_mean(str(kind), (RENDER, "ConfigMap"))
        if kind == RENDER:
            guess = did_you_mean(str(version), (labels.FUNCTION_API_VERSION,))
        path: Path = ("apiVersion",) if kind in (RENDER, "ConfigMap") else ("kind",)
        self.complain("config-kind", f"{message}; {guess}" if guess else message, path)

    def unknown_keys(self, found: Mapping[str, Any], path: Path, known: Iterable[str]) -> None:
        names = tuple(known)
        for key in found:
            if key not in names:
                self.unknown(key, (*path, str(key)), names)

    def unknown(self, key: object, path: Path, known: Iterable[str]) -> None:
        names = sorted(set(known))
        guess = did_you_mean(str(key), names)
        text = f'unknown setting "{key}"'
        hint = "" if guess else f"known here: {', '.join(names)}"
        message = f"{text}; {guess}" if guess else text
        self.complain("setting-unknown", message, path, hint=hint, key=True)

    def nested(self, spec: Any) -> None:
        """Read the `spec` of a `Render`."""
        if spec is None:
            return
        if not isinstance(spec, Mapping):
            self.complain("setting-type", "spec must be a mapping", ("spec",))
            return
        known = {path.partition(".")[0] for path in BY_PATH}
        for key, value in spec.items():
            path: Path = ("spec", str(key))
            if key in GROUPS:
                self.group(key, value, path)
            elif key in BY_PATH:
                self.typed(BY_PATH[key], value, path)
            else:
                self.unknown(key, path, known)

    def group(self, group: str, found: Any, path: Path) -> None:
        if found is None:
            return
        if not isinstance(found, Mapping):
            self.complain("setting-type", f"{group} must be a mapping", path)
            return
        prefix = f"{group}."
        known = [name.removeprefix(prefix) for name in BY_PATH if name.startswith(prefix)]
        for key, value in found.items():
            field = BY_PATH.get(f"{prefix}{key}")
            if field is None:
                self.unknown(key, (*path, str(key)), known)
            else:
                self.typed(field, value, (*path, key))

    def typed(self, field: Field, value: Any, path: Path) -> None:
        """Keep a setting of a `Render`; YAML has given its value a type."""
        if value is None:
            return
        if field.shape == "words":
            words = [value] if isinstance(value, str) else value
            if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
                self.wrong_type(field, "a list of strings", value, path)
            else:
                self.words(field, words, path)
        elif field.shape == "switch":
            if isinstance(value, bool):
                self.keep(field, value, path)
            else:
                self.wrong_type(field, "true or false", value, path)
        elif field.shape == "patches":
            self.patches(field, value, path)
        elif field.shape == "name or switch" and isinstance(value, bool):
            self.switched_name(field, on=value, path=path)
        elif field.shape == "file or map" and isinstance(value, Mapping):
            self.entries(value, path)
        elif isinstance(value, str):
            self.word(field, value, path)
        else:
            self.wrong_type(field, "a string", value, path)

    def flat(self, data: Any) -> None:
        """Read the `data` of a ConfigMap, whose values are strings."""
        if data is None:
            return
        if not isinstance(data, Mapping):
            self.complain("setting-type", "data must be a mapping of strings", ("data",))
            return
        for key, value in data.items():
            path: Path = ("data", str(key))
            field = FLAT.get(key)
            if field is None:
                self.unknown(key, path, FLAT)
            elif not isinstance(value, str):
                self.wrong_type(field, "a string, as all values of a ConfigMap", value, path)
            else:
                self.text(field, value, path)

    def text(self, field: Field, text: str, path: Path) -> None:
        """Keep a setting of a ConfigMap."""
        if field.shape == "words":
            self.words(field, self.listed(field, text, path), path)
        elif field.shape in ("switch", "name or switch") and text.strip().lower() in _SWITCH:
            on = _SWITCH[text.strip().lower()]
            if field.shape == "switch":
                self.keep(field, on, path)
            else:
                self.switched_name(field, on=on, path=path)
        elif field.shape == "switch":
            self.wrong_type(field, "true or false", text, path)
        elif field.shape == "patches":
            self.patches(field, _json_or_text(text), path)
        else:
            self.word(field, text, path)

    def listed(self, field: Field, text: str, path: Path) -> list[str]:
        if not text.lstrip().startswith("["):
            return [word.strip() for word in text.split(",") if word.strip()]
        try:
            found = json.loads(text)
        except ValueError as error:
            self.complain("setting-type", f"{field.path} is no JSON list: {error}", path)
            return []
        if not all(isinstance(word, str) for word in found):
            self.wrong_type(field, "a list of strings", text, path)
            return []
        return list(found)

    def words(self, field: Field, words: Iterable[str], path: Path) -> None:
        kept = tuple(dict.fromkeys(words))
        if all(self.allowed(field, word, path) for word in kept):
            self.keep(field, kept, path)

    def word(self, field: Field, word: str, path: Path) -> None:
        if self.allowed(field, word, path):
            self.keep(field, word, path)

    def allowed(self, field: Field, word: str, path: Path) -> bool:
        if field.choices and word not in field.choices:
            guess = did_you_mean(word, field.choices)
            message = f'{field.path} cannot be "{word}"'
            hint = f"allowed: {', '.join(field.choices)}"
            message = f"{message}; {guess}" if guess else message
            self.complain("setting-value", message, path, hint=hint)
            return False
        return True

    def switched_name(self, field: Field, *, on: bool, path: Path) -> None:
        self.keep(field, _attribute(Settings(), field.attribute) if on else "", path)

    def patches(self, field: Field, value: Any, path: Path) -> None:
        if not isinstance(value, list):
            self.wrong_type(field, "a list of patches", value, path)
            return
        read = [self.patch(field, entry, (*path, index)) for index, entry in enumerate(value)]
        kept = tuple(patch for patch in read if patch is not None)
        if len(kept) == len(value):
            self.keep(field, kept, path)

    def patch(self, field: Field, entry: Any, path: Path) -> UserPatch | None:
        if not isinstance(entry, Mapping):
            self.wrong_type(field, "a list of mappings with target and patch", entry, path)
            return None
        self.unknown_keys(entry, path, ("target", "patch"))
        target, operations = entry.get("target") or {}, entry.get("patch")
        if not isinstance(target, Mapping) or not all(
            isinstance(word, str) for word in target.values()
        ):
            self.wrong_type(field, "a target of strings", target, (*path, "target"))
            return None
        self.unknown_keys(target, (*path, "target"), _TARGET_KEYS)
        if not isinstance(operations, list) or not all(
            isinstance(item, Mapping) and "op" in item and "path" in item for item in operations
        ):
            self.wrong_type(
                field, "a list of operations with op and path", operations, (*path, "patch")
            )
            return None
        known = {key: target[key] for key in _TARGET_KEYS if key in target}
        return UserPatch(json.dumps(operations), **known)

    def entries(self, found: Mapping[str, Any], path: Path) -> None:
        entries = identity_entries(found)
        if entries is None:
            self.complain(
                "setting-type", "identity.map must map Kind/namespace/name to a UID", path
            )
        else:
            self.values["identity.entries"] = entries

    def wrong_type(self, field: Field, wanted: str, value: Any, path: Path) -> None:
        shown = json.dumps(value, default=str, ensure_ascii=False)
        shown = shown if len(shown) <= 60 else f"{shown[:57]}..."
        self.complain("setting-type", f"{field.path} must be {wanted}, not {shown}", path)

    def keep(self, field: Field, value: Any, path: Path) -> None:
        if field.attribute == _RESERVED:
            self.complain("setting-reserved", f"{field.path} has no effect yet", path)
        if field.attribute in self.values:
            self.complain("setting-twice", f"{field.path} is set more than once", path)
        else:
            self.values[field.attribute] = value


def identity_entries(found: Any) -> tuple[tuple[str, str], ...] | None:
    """Check an identity map (`Kind/namespace/name` → UID); None if it is not one."""
    if not isinstance(found, Mapping):
        return None
    for key, value in found.items():
        if not isinstance(key, str) or not isinstance(value, str) or key.count("/") != 2:
            return None
    return tuple(sorted(found.items()))


def _json_or_text(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _attribute(settings: Settings, attribute: str) -> Any:
    value: Any = settings
    for name in attribute.split("."):
        value = getattr(value, name)
    return value


def _settings(values: Mapping[str, Any]) -> Settings:
    """Lay values (by dotted attribute) over the defaults."""
    settings = Settings()
    parts: dict[str, dict[str, Any]] = {}
    for attribute, value in values.items():
        group, _, name = attribute.rpartition(".")
        parts.setdefault(group, {})[name] = value
    top = parts.pop("", {})
    for group, changes in parts.items():
        top[group] = replace(getattr(settings, group), **changes)
    return replace(settings, **top)
