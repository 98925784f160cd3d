"""Argo CD's config management plugin (spec: krm §5).

The plugin server runs a command in the application's folder of a temporary copy of the repository.
What the command writes to standard output are the manifests; its standard error becomes the error
that Argo CD shows. Settings come, the first that says something winning, from

1. the Application's plugin parameters (`ARGOCD_APP_PARAMETERS`, a JSON list),
2. its plugin environment (`ARGOCD_ENV_<NAME>`, the setting's name in upper case),
3. `krm-fn.yaml`, a `Render` in the application's folder,

under the names that a ConfigMap has (docs/reference/function.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from krm_fn import emit, yamlio
from krm_fn.doors import duplicates, repository
from krm_fn.doors.presentation import presented
from krm_fn.doors.rendering import is_failed, render_selected
from krm_fn.findings import Collector, Finding, Severity, did_you_mean
from krm_fn.identity import labels
from krm_fn.report import one_line
from krm_fn.settings import FLAT, Settings, lay_over, parse_settings

if TYPE_CHECKING:
    from krm_fn.yamlio import Document

CONFIG_FILE: Final = "krm-fn.yaml"
PARAMETERS: Final = "ARGOCD_APP_PARAMETERS"
SOURCE_PATH: Final = "ARGOCD_APP_SOURCE_PATH"
ENVIRONMENT_PREFIX: Final = "ARGOCD_ENV_"
_SHOWN_FINDINGS: Final = 20
_KINDS: Final = {"environments": "Environment", "projects": "Project", "components": "Component"}
_WORD_START: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|[.-]")


@dataclass(frozen=True, slots=True)
class Generated:
    """The manifests as one stream (empty on failure), and the findings, the worst first.

    `misused` says that the settings are no good.
    """

    stream: bytes
    findings: tuple[Finding, ...]
    failed: bool
    misused: bool = False


def generate(directory: Path, environment: Mapping[str, str]) -> Generated:
    """Render for an application whose folder is `directory`.

    `environment` are the process's variables. Objects for tools only (`local-config`) are left
    out; nameless or duplicate objects and, unless `allowEmpty`, no objects at all are errors.
    """
    findings = Collector()
    settings = read_settings(directory, environment, findings)
    if findings.has_errors():
        return Generated(b"", worst_first(findings), failed=True, misused=True)
    settings = repository.with_identity_map(directory, settings, findings)
    documents = repository.read_sources(directory, settings, findings)
    stream = b""
    if not findings.has_errors():
        rendered = render_selected(documents, settings, findings, keeps_duplicates=False)
        duplicates.report_clashes(rendered, (), findings, one_place=True)
        objects = [presented(resource) for resource in rendered]
        stream = emit.stream([made for made in objects if not _is_local(made)], "yaml")
    if is_failed(findings, settings):
        return Generated(b"", worst_first(findings), failed=True)
    return Generated(stream, worst_first(findings), failed=False)


def _is_local(made: Mapping[str, Any]) -> bool:
    metadata = made.get("metadata")
    annotations = metadata.get("annotations") if isinstance(metadata, Mapping) else None
    return isinstance(annotations, Mapping) and annotations.get(labels.LOCAL_CONFIG) == "true"


def worst_first(findings: Collector) -> tuple[Finding, ...]:
    """Order findings for a reader who sees only the beginning: errors first, infos last."""
    order = list(Severity)
    return tuple(sorted(findings.sorted(), key=lambda finding: order.index(finding.severity)))


def short_report(findings: tuple[Finding, ...], *, failed: bool) -> str:
    """Write findings for the server's log and Argo CD's error: one line each, few of them.

    On failure only what made it fail is said.
    """
    shown = [
        finding
        for finding in findings
        if finding.severity is Severity.ERROR
        or (finding.severity is Severity.WARNING and not _has_errors(findings))
        or not failed
    ]
    lines = [one_line(finding) for finding in shown[:_SHOWN_FINDINGS]]
    if len(shown) > _SHOWN_FINDINGS:
        lines.append(f"… and {len(shown) - _SHOWN_FINDINGS} more: run krm-fn validate")
    return "".join(f"{line}\n" for line in lines)


def _has_errors(findings: tuple[Finding, ...]) -> bool:
    return any(finding.severity is Severity.ERROR for finding in findings)


def discover(directory: Path) -> str:
    """Say whether the plugin wants an application's folder: a reason, or an empty text.

    It does when the folder holds `krm-fn.yaml` or any document of OpenChoreo.
    """
    if (directory / CONFIG_FILE).is_file():
        return CONFIG_FILE
    settings = Settings(sources=(".",), root=str(directory))
    for document in repository.read_sources(directory, settings, Collector()):
        return document.file
    return ""


def read_settings(directory: Path, environment: Mapping[str, str], findings: Collector) -> Settings:
    """Read the settings of an application; what is wrong with them is an error finding."""
    given = {**_from_environment(environment, findings), **_from_parameters(environment, findings)}
    config = {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "plugin parameters"}}
    upper = parse_settings({**config, "data": given}, findings)
    settings = lay_over(_from_file(directory, findings), upper, given)
    if not settings.sources:
        settings = replace(settings, sources=(".",))
    if not settings.root:
        settings = replace(settings, root=str(_root(directory, environment)))
    return settings


def _root(directory: Path, environment: Mapping[str, str]) -> Path:
    """Find the root of the repository's copy, which usually comes without `.git`."""
    path = Path(environment.get(SOURCE_PATH, ""))
    here = directory.resolve()
    if path.parts and here.parts[-len(path.parts) :] == path.parts:
        return Path(*here.parts[: -len(path.parts)])
    return repository.repository_root(directory, Settings())


def _from_file(directory: Path, findings: Collector) -> Settings:
    path = directory / CONFIG_FILE
    if not path.is_file():
        return Settings()
    read = yamlio.parse(path.read_bytes(), file=CONFIG_FILE, mode="kustomize", findings=findings)
    if len(read) != 1:
        findings.add("config-kind", f"{CONFIG_FILE} holds {len(read)} documents, not one")
        return Settings()
    return parse_settings(read[0].data, findings, read[0])


def _from_environment(environment: Mapping[str, str], findings: Collector) -> dict[str, str]:
    known = {_WORD_START.sub("_", key).upper(): field.path for key, field in FLAT.items()}
    given: dict[str, str] = {}
    for variable in sorted(environment):
        if not variable.startswith(ENVIRONMENT_PREFIX):
            continue
        name = variable.removeprefix(ENVIRONMENT_PREFIX)
        if name in known:
            given[known[name]] = environment[variable]
        else:
            findings.add(
                "setting-unknown",
                f"the plugin environment sets {name}, which is no setting",
                hint=did_you_mean(name, known) or f"known: {', '.join(sorted(known))}",
            )
    return given


def _from_parameters(environment: Mapping[str, str], findings: Collector) -> dict[str, str]:
    text = environment.get(PARAMETERS, "")
    if not text:
        return {}
    try:
        parameters = json.loads(text)
    except ValueError as error:
        findings.add("setting-type", f"{PARAMETERS} is no JSON: {error}")
        return {}
    if parameters is None:
        return {}
    given: dict[str, str] = {}
    for parameter in parameters if isinstance(parameters, list) else [parameters]:
        name = parameter.get("name") if isinstance(parameter, Mapping) else None
        if not isinstance(name, str) or not name:
            findings.add("setting-type", f"{PARAMETERS} holds an entry without a name: {parameter}")
            continue
        key = FLAT[name].path if name in FLAT else name
        given[key] = _parameter_text(parameter)
    return given


def _parameter_text(parameter: Mapping[str, Any]) -> str:
    if "array" in parameter:
        return json.dumps(parameter["array"] or [])
    if "map" in parameter:
        return json.dumps(parameter["map"] or {}, sort_keys=True)
    value = parameter.get("string")
    return value if isinstance(value, str) else ""


def parameters(directory: Path, environment: Mapping[str, str]) -> list[dict[str, Any]]:
    """Announce the parameters: what there really is in the repository to choose from."""
    settings = read_settings(directory, environment, Collector())
    documents = repository.read_sources(directory, settings, Collector())
    return [_announcement(name, kind, documents) for name, kind in _KINDS.items()]


def _announcement(name: str, kind: str, documents: list[Document]) -> dict[str, Any]:
    found = sorted({document.name for document in documents if document.kind == kind})
    there = ", ".join(found) or "none"
    return {
        "name": name,
        "title": name.capitalize(),
        "tooltip": f"{name.capitalize()} to render; all when empty. In this repository: {there}.",
        "collectionType": "array",
        "itemType": "string",
        "array": found,
    }


def generate_paths(directory: Path, environment: Mapping[str, str]) -> str:
    """Compute `argocd.argoproj.io/manifest-generate-paths`: the folders that a render really reads.

    Folders, not files, so that a new file beside a known one counts; absolute in the repository.
    """
    from krm_fn.spine import render

    findings = Collector()
    settings = read_settings(directory, environment, findings)
    result = render(repository.read_sources(directory, settings, findings), settings)
    files = {Path(file) for file in result.files_read}
    folders = {file.parent for file in files}
    kept = [
        folder for folder in sorted(folders) if not any(part in folders for part in folder.parents)
    ]
    texts = {"/" if folder == Path() else f"/{folder.as_posix()}" for folder in kept}
    return ";".join(sorted(texts | _own_configuration(directory, environment)))


def _own_configuration(directory: Path, environment: Mapping[str, str]) -> set[str]:
    """Name the configuration: the application's folder, but not where that is everything."""
    if not (directory / CONFIG_FILE).is_file():
        return set()
    at_root = directory.resolve() == _root(directory, environment)
    return {f"/{CONFIG_FILE}"} if at_root else {"."}
