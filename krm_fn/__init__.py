"""krm-fn: render OpenChoreo from Git with no controller in the cluster.

The library: ten names, of which none is imported before it is used. `render` renders folders,
files or texts, `dump` writes what came of it.

    import krm_fn

    result = krm_fn.render(
        "examples/online-store",
        krm_fn.Settings(select=krm_fn.Selection(environments=("production",))),
    )
    if any(finding.severity is krm_fn.Severity.ERROR for finding in result.findings):
        raise SystemExit(str(result.findings))
    print(krm_fn.dump(resource.object for resource in result.resources))
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping, Sequence

    from krm_fn.assemble import RenderedResource
    from krm_fn.findings import Finding, Position, Severity
    from krm_fn.settings import Selection, Settings
    from krm_fn.spine import RenderResult


__all__ = [
    "Finding",
    "Position",
    "RenderResult",
    "RenderedResource",
    "Selection",
    "Settings",
    "Severity",
    "__version__",
    "dump",
    "render",
]
__version__ = "0.1.0"

_ROOMS = {
    "Finding": "krm_fn.findings",
    "Position": "krm_fn.findings",
    "RenderResult": "krm_fn.spine",
    "RenderedResource": "krm_fn.assemble",
    "Selection": "krm_fn.settings",
    "Settings": "krm_fn.settings",
    "Severity": "krm_fn.findings",
}


def render(
    source: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | Mapping[str, str | bytes],
    settings: Settings | None = None,
) -> RenderResult:
    """Render the OpenChoreo resources of a repository.

    In: `source`, a folder or file, several of them, or texts by file name (nothing is opened
    then); `settings`, whose `sources` are `source` here. `select.planes` and the folder and layout
    of the output mean nothing: what goes where is the caller's affair. Out: resources in output
    order and all findings; where one of these is an error, what it is about is missing among the
    resources.

    Raises FileNotFoundError for a path that does not exist. What is wrong with the content of a
    file is a finding, never an exception.
    """
    from collections.abc import Mapping

    from krm_fn.doors.library import read_paths, read_texts
    from krm_fn.findings import Collector
    from krm_fn.settings import Settings
    from krm_fn.spine import render as render_documents

    chosen = settings if settings is not None else Settings()
    findings = Collector()
    if isinstance(source, Mapping):
        documents = read_texts(source, chosen, findings)
    else:
        documents, chosen = read_paths(source, chosen, findings)
    return render_documents(documents, chosen, findings=findings.sorted())


def dump(objects: Iterable[Mapping[str, object]]) -> str:
    """Write Kubernetes objects as a stream of YAML documents, as the command line does."""
    from krm_fn.yamlio import dump_all

    return dump_all(list(objects))


def __getattr__(name: str) -> object:
    """Import a type of the library when it is first asked for (PEP 562)."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(_ROOMS[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
