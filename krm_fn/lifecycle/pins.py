"""Which release a binding names: promoted from another environment, or taken back."""

from __future__ import annotations

from dataclasses import dataclass

from krm_fn.catalog import Catalog, CatalogResource, mapping, sequence, text
from krm_fn.findings import Collector, did_you_mean
from krm_fn.resolve import pipeline_name


@dataclass(frozen=True, slots=True, eq=False)
class Pin:
    """A change of `spec.releaseName`. `old` is empty where the binding named none."""

    binding: CatalogResource
    old: str
    new: str


def find_component(
    catalog: Catalog, name: str, namespace: str, findings: Collector
) -> CatalogResource | None:
    """Find a component by name, in a namespace or (empty) in any; None after an error finding."""
    every = catalog.of_kind("Component")
    found = [item for item in every if item.name == name and namespace in ("", item.namespace)]
    if len(found) == 1:
        return found[0]
    if found:
        findings.add(
            "component-ambiguous",
            f'component "{name}" is in namespaces {", ".join(item.namespace for item in found)}',
        )
    else:
        where = f" in namespace {namespace}" if namespace else ""
        findings.add(
            "component-not-found",
            f'there is no Component "{name}"{where}',
            hint=did_you_mean(name, [item.name for item in every]),
        )
    return None


def promote(
    catalog: Catalog, component: CatalogResource, source: str, target: str, findings: Collector
) -> Pin | None:
    """Plan to give `target` the release of `source`; None after an error finding.

    Warns where the pipeline of the project has no path from the one to the other.
    """
    giver = find_binding(catalog, component, source, findings)
    taker = find_binding(catalog, component, target, findings)
    if giver is None or taker is None:
        return None
    release = text(giver.spec.get("releaseName"))
    if not release:
        findings.add(
            "component-release-not-found",
            f'the binding of "{source}" names no release to promote',
            origin=giver.origin("spec"),
            hint=f"krm-fn release --component {component.name} cuts one",
        )
        return None
    _check_path(catalog, component, source, target, findings)
    return pin(catalog, component, taker, release, findings)


def pin(
    catalog: Catalog,
    component: CatalogResource,
    binding: CatalogResource,
    release: str,
    findings: Collector,
) -> Pin | None:
    """Plan to let a binding name a release; None after an error finding."""
    known = releases_of(catalog, component)
    if release not in known:
        findings.add(
            "component-release-not-found",
            f'component "{component.name}" has no ComponentRelease "{release}"',
            hint=did_you_mean(release, known) or f"there is {', '.join(known) or 'none'}",
            resource=binding.reference,
        )
        return None
    return Pin(binding, text(binding.spec.get("releaseName")), release)


def releases_of(catalog: Catalog, component: CatalogResource) -> list[str]:
    """Name the releases of a component, sorted by name (which says nothing about their age)."""
    owner = (_project(component), component.name)
    return [item.name for item in catalog.owned("ComponentRelease", component.namespace, owner)]


def find_binding(
    catalog: Catalog, component: CatalogResource, environment: str, findings: Collector
) -> CatalogResource | None:
    """Find the ReleaseBinding of a component for an environment; None after an error finding."""
    owner = (_project(component), component.name)
    every = catalog.owned("ReleaseBinding", component.namespace, owner)
    found = [item for item in every if item.spec.get("environment") == environment]
    if len(found) == 1:
        return found[0]
    if found:
        findings.add(
            "binding-duplicate",
            f'{len(found)} ReleaseBindings deploy "{component.name}" to "{environment}"',
            origin=found[-1].origin("spec", "environment"),
            related=[("another one", item.origin("spec")) for item in found[:-1]],
        )
    else:
        findings.add(
            "binding-not-found",
            f'no ReleaseBinding deploys component "{component.name}" to "{environment}"',
            origin=component.origin("metadata", "name"),
            hint=did_you_mean(environment, [text(item.spec.get("environment")) for item in every]),
        )
    return None


def _check_path(
    catalog: Catalog, component: CatalogResource, source: str, target: str, findings: Collector
) -> None:
    project = catalog.get("Project", component.namespace, _project(component))
    name = pipeline_name(project) if project is not None else ""
    pipeline = catalog.get("DeploymentPipeline", component.namespace, name)
    if pipeline is None:
        return
    for entry in sequence(pipeline.spec.get("promotionPaths")):
        path = mapping(entry)
        targets = map(_name, sequence(path.get("targetEnvironmentRefs")))
        if _name(path.get("sourceEnvironmentRef")) == source and target in targets:
            return
    findings.add(
        "promotion-path-missing",
        f'DeploymentPipeline "{pipeline.name}" has no path from "{source}" to "{target}"',
        origin=pipeline.origin("spec", "promotionPaths"),
    )


def _name(reference: object) -> str:
    return reference if isinstance(reference, str) else text(mapping(reference).get("name"))


def _project(component: CatalogResource) -> str:
    return text(mapping(component.spec.get("owner")).get("projectName"))
