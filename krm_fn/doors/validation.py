"""Validating folders of this machine, for the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from krm_fn import sources, yamlio
from krm_fn.doors import repository
from krm_fn.doors.local import LocalRender, render_local
from krm_fn.findings import Collector
from krm_fn.settings import Settings

if TYPE_CHECKING:
    from krm_fn.assemble import RenderedResource


def validate_local(
    paths: Sequence[Path],
    settings: Settings,
    *,
    kubernetes: str,
    definitions: Sequence[Path],
    findings: Collector,
) -> LocalRender:
    """Find everything that is wrong with what folders and files hold.

    In: paths as for `render_local`, settings whose mode is `validate`; a version of Kubernetes to
    check rendered objects against (empty: none) and folders of CustomResourceDefinitions. Out:
    findings only. Raises `ImportError` and `ValueError` as `checks.ObjectSchemas`.
    """
    from krm_fn.checks import ObjectSchemas, check_objects, check_secret_documents

    schemas = None
    if kubernetes or definitions:
        schemas = ObjectSchemas(kubernetes, _definitions(definitions, findings))
    chosen = paths or [Path(source) for source in settings.sources] or [Path.cwd()]
    check_secret_documents(_secrets(chosen, settings), findings)

    def inspect(rendered: Sequence[RenderedResource]) -> None:
        if schemas is not None:
            check_objects(rendered, schemas, findings)

    return render_local(
        paths, settings, output=None, form="yaml", findings=findings, inspect=inspect
    )


def _definitions(folders: Sequence[Path], findings: Collector) -> Iterator[Mapping[str, object]]:
    for folder in folders:
        for name, content in sources.read_directory(folder, root=folder, findings=findings):
            unread = Collector()
            for document in yamlio.parse(content, file=name, mode="kubernetes", findings=unread):
                if document.kind == "CustomResourceDefinition":
                    yield document.data
            findings.extend(found for found in unread if found.severity.value == "error")


def _secrets(paths: Sequence[Path], settings: Settings) -> Iterator[yamlio.Document]:
    """Read the Secrets, which rendering leaves alone; what is no YAML is somebody else's."""
    ignored = Collector()
    for path in paths:
        root = repository.repository_root(path if path.is_dir() else path.parent, settings)
        for name, content in sources.read_directory(path, root=root, findings=ignored):
            if b"Secret" not in content:
                continue
            for document in yamlio.parse(content, file=name, mode=settings.yaml, findings=ignored):
                if document.kind == "Secret":
                    yield document
