"""What the kustomization that lists a generator will do to the generator's output.

Its `namespace`, `namePrefix` and `nameSuffix` act on everything that a generator adds (spec: krm
§2.5), after the function has ended: only its file tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from krm_fn import yamlio
from krm_fn.findings import Collector, Severity

if TYPE_CHECKING:
    from krm_fn.assemble import RenderedResource

_FILES: Final = ("kustomization.yaml", "kustomization.yml", "Kustomization")


def report_renaming(
    directory: Path, rendered: Sequence[RenderedResource], findings: Collector
) -> None:
    """Report settings that will rename what a generator adds.

    In: the generator's working directory, which is the folder of the kustomization. A `namespace`
    is an error where there are several cell namespaces: kustomize gives them one name and fails.
    """
    found = _kustomization(directory)
    if found is None:
        return
    namespaces = [
        str(made["metadata"]["name"])  # type: ignore[index]
        for made in (resource.object for resource in rendered)
        if made.get("kind") == "Namespace"
    ]
    wanted = found.data.get("namespace")
    if wanted and set(namespaces) - {wanted}:
        several = len(namespaces) > 1
        names = ", ".join(namespaces)
        findings.add(
            "outputs-renamed",
            f'"namespace: {wanted}" renames the cell namespace{"s" * several} {names}'
            + (", and kustomize refuses two of one name" if several else ""),
            position=found.position(("namespace",)),
            severity=Severity.ERROR if several else None,
        )
    for field in ("namePrefix", "nameSuffix"):
        if found.data.get(field):
            findings.add(
                "outputs-renamed",
                f'"{field}: {found.data[field]}" renames what is rendered, but not the addresses'
                " under which components know each other",
                position=found.position((field,)),
            )


def _kustomization(directory: Path) -> yamlio.Document | None:
    """Read the kustomization of a folder; None where there is none that can be read."""
    for name in _FILES:
        path = directory / name
        if path.is_file():
            read = yamlio.parse(
                path.read_bytes(), file=name, mode="kustomize", findings=Collector()
            )
            return read[0] if len(read) == 1 else None
    return None
