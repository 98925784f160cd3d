"""Rendering one environment into the files of an artifact, for the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from krm_fn.delivery import Chain
from krm_fn.doors import duplicates, repository
from krm_fn.doors.local import common_folder, tree_files
from krm_fn.doors.rendering import is_failed, render_selected
from krm_fn.findings import Collector
from krm_fn.settings import Settings

if TYPE_CHECKING:
    from krm_fn.assemble import RenderedResource


@dataclass(frozen=True, slots=True)
class Package:
    """What came of it: `files` by slash-separated path, empty where anything is an error.

    `chains` are the folders that are applied one after the other, as `FluxTarget` has them.
    """

    files: Mapping[str, bytes] = field(default_factory=dict)
    chains: tuple[Chain, ...] = ()
    failed: bool = False


def render_package(paths: Sequence[Path], settings: Settings, findings: Collector) -> Package:
    """Render what the settings select into the files that `render --output` writes.

    In: paths as for `render_local`; settings that select one environment. What Flux would change
    by substitution is an error unless the settings say otherwise.
    """
    chosen = [str(path.resolve()) for path in paths] or list(settings.sources) or [str(Path.cwd())]
    substitution = settings.output.flux_substitution
    if substitution == "none":
        settings = replace(settings, output=replace(settings.output, flux_substitution="check"))
    settings = replace(settings, sources=tuple(chosen))
    base = common_folder(chosen)
    settings = repository.with_identity_map(base, settings, findings)
    documents = repository.read_sources(base, settings, findings)
    if findings.has_errors():
        return Package(failed=True)
    rendered = render_selected(documents, settings, findings, keeps_duplicates=False)
    duplicates.report_clashes(rendered, (), findings, one_place=False)
    if is_failed(findings, settings):
        return Package(failed=True)
    return Package(tree_files(rendered, settings, "yaml"), _chains(rendered, settings))


def _chains(rendered: Sequence[RenderedResource], settings: Settings) -> tuple[Chain, ...]:
    """Find the folders of the output that are applied, in the layout that `emit` gives it."""
    from krm_fn.assemble import DELIVERY_GROUPS, delivery_group

    if settings.output.layout == "flat":
        return ((("", ""),),)
    planes: dict[tuple[str, ...], set[str]] = {}
    plane: tuple[str, ...]
    for resource in rendered:
        plane = (resource.data_plane, resource.plane) if settings.output.layout == "planes" else ()
        planes.setdefault(plane, set()).add(delivery_group(resource))
    chains: list[Chain] = []
    for plane, found in sorted(planes.items()):
        (environment,) = settings.select.environments
        suffix = plane[1:]
        path = "/".join(part for part in (*plane, environment.lower()) if part)
        groups = [group for group in DELIVERY_GROUPS if group in found]
        if settings.output.hints != "flux":
            chains.append((("-".join(suffix), path),))
        else:
            chains.append(
                tuple(("-".join((*suffix, group)), f"{path}/{group}") for group in groups)
            )
    return tuple(chains)
