"""Which rules run when: cheap ones with every render, the others when a repository is validated."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from krm_fn.assemble import RenderedResource
from krm_fn.checks.bindings import check_bindings
from krm_fn.checks.configurations import check_configurations, check_trait_configurations
from krm_fn.checks.network import check_network
from krm_fn.checks.promotion import Promotions
from krm_fn.checks.secrets import check_rendered_secrets, check_workload_secrets
from krm_fn.checks.selection import check_selection
from krm_fn.findings import Collector
from krm_fn.resolve import ComponentJob, OwnerJob, Resolver


def check_jobs(
    resolver: Resolver,
    components: Sequence[ComponentJob],
    owners: Sequence[OwnerJob],
    findings: Collector,
) -> None:
    """Check what is about to be rendered; `owners` are projects and resources."""
    check_selection(resolver.catalog, resolver.settings.select, findings)
    promotions = Promotions(resolver)
    check_bindings(promotions, components, owners, findings)
    for component in components:
        check_trait_configurations(component, findings)
        check_workload_secrets(component, findings)
    for owner in owners:
        check_configurations(owner, findings)
    check_network(resolver, components, findings)
    promotions.check(components, findings)


def check_rendered(resources: Iterable[RenderedResource], findings: Collector) -> None:
    """Check what was rendered."""
    check_rendered_secrets(resources, findings)


def check_repository(
    resolver: Resolver, components: Sequence[ComponentJob], findings: Collector
) -> None:
    """Check all documents, those that no job reads included. `components` are the jobs checked."""
    from krm_fn.checks.dangling import check_dangling
    from krm_fn.checks.secrets import check_documents
    from krm_fn.checks.unused import check_unused

    check_documents(resolver.catalog, findings)
    check_dangling(resolver.catalog, components, findings)
    check_unused(resolver.catalog, findings)
