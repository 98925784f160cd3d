"""Bindings that a selection of environments passes over because theirs does not exist.

A misspelt environment takes a binding out of every selection: its objects would disappear from
the output without a word, and a delivery tool would delete them.
"""

from __future__ import annotations

from typing import Final

from krm_fn.catalog import Catalog, mapping, text
from krm_fn.findings import Collector, Severity, did_you_mean
from krm_fn.settings import Selection

_BINDINGS: Final = ("ReleaseBinding", "ProjectReleaseBinding", "ResourceReleaseBinding")


def check_selection(catalog: Catalog, selection: Selection, findings: Collector) -> None:
    """Report bindings of unknown environments that the selection leaves out: a warning each.

    The selected ones are errors of the render itself.
    """
    if not selection.environments:
        return
    for kind in _BINDINGS:
        for binding in catalog.of_kind(kind):
            name = text(binding.spec.get("environment"))
            project = text(mapping(binding.spec.get("owner")).get("projectName"))
            if not name or name in selection.environments:
                continue
            if selection.projects and project not in selection.projects:
                continue
            if selection.namespaces and binding.namespace not in selection.namespaces:
                continue
            if catalog.get("Environment", binding.namespace, name) is None:
                findings.add(
                    "environment-not-found",
                    f'Environment "{name}" is not in namespace {binding.namespace}: no selection'
                    " of environments includes this binding",
                    origin=binding.origin("spec", "environment"),
                    hint=did_you_mean(name, catalog.names("Environment", binding.namespace)),
                    severity=Severity.WARNING,
                )
