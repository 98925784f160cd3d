"""Environments and the planes they lead to (spec: binding §2.2, §2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from krm_fn.catalog import Catalog, CatalogResource, Reads, mapping, text
from krm_fn.findings import Collector, Origin, ResourceReference, did_you_mean
from krm_fn.resolve.identities import Identities
from krm_fn.resolve.jobs import Data, DataPlaneView, EnvironmentView

_OTHER_KIND: Final = "correct dataPlaneRef.kind: a plane of that name is of the other kind"


class Planes:
    """Finds and remembers the environments of a run."""

    def __init__(self, catalog: Catalog, identities: Identities) -> None:
        self._catalog = catalog
        self._identities = identities
        self._environments: dict[tuple[str, str], EnvironmentView | None] = {}

    def environment(
        self,
        namespace: str,
        name: str,
        reads: Reads,
        findings: Collector,
        *,
        wanted_by: Origin,
        context: ResourceReference,
    ) -> EnvironmentView | None:
        """Find an Environment with its data plane; None after an error finding.

        `wanted_by` points at the field that names the environment.
        """
        resource = self._catalog.get("Environment", namespace, name, reads)
        if resource is None:
            findings.add(
                "environment-not-found",
                f'Environment "{name}" is not in namespace {namespace}',
                origin=wanted_by,
                hint=did_you_mean(name, self._catalog.names("Environment", namespace)),
                context=context,
            )
            return None
        plane = self._find_plane(
            resource, "dataPlaneRef", ("DataPlane", "ClusterDataPlane"), namespace, reads
        )
        if plane is None:
            self._report_missing_plane(resource, findings, context)
            return None
        reads.found.setdefault((plane.kind, plane.namespace, plane.name), plane)
        known = self._environments.get((namespace, name))
        if known is None:
            known = self._view(resource, plane, reads, findings)
            self._environments[namespace, name] = known
        return known

    def _view(
        self, resource: CatalogResource, plane: CatalogResource, reads: Reads, findings: Collector
    ) -> EnvironmentView:
        data_plane = self._plane_view(plane, reads)
        gateway = gateway_of(resource.spec)
        return EnvironmentView(
            resource=resource,
            uid=self._identities.uid(resource),
            data_plane=data_plane,
            gateway=gateway,
            merged_gateway=merge_gateways(gateway, data_plane.gateway),
            notification_channel=self._notification_channel(resource, reads, findings),
        )

    def _plane_view(self, plane: CatalogResource, reads: Reads) -> DataPlaneView:
        reference = mapping(plane.spec.get("observabilityPlaneRef")) or None
        if reference is not None and plane.kind == "ClusterDataPlane":
            reference = {"kind": "ClusterObservabilityPlane", "name": text(reference.get("name"))}
        observability = self._find_plane(
            plane,
            "observabilityPlaneRef",
            ("ObservabilityPlane", "ClusterObservabilityPlane"),
            plane.namespace,
            reads,
        )
        return DataPlaneView(
            resource=plane,
            uid=self._identities.uid(plane),
            gateway=gateway_of(plane.spec),
            secret_store=text(mapping(plane.spec.get("secretStoreRef")).get("name")),
            observability_plane_ref=reference,
            annotations=plane.annotations,
            has_observability_plane=observability is not None,
        )

    def _find_plane(
        self,
        owner: CatalogResource,
        field: str,
        kinds: tuple[str, str],
        namespace: str,
        reads: Reads,
    ) -> CatalogResource | None:
        namespaced, cluster = kinds
        reference = mapping(owner.spec.get(field))
        name = text(reference.get("name"))
        if name:
            kind = text(reference.get("kind"))
            if owner.kind == "ClusterDataPlane":
                kind = cluster
            if kind == cluster:
                return self._catalog.get(cluster, "", name, reads)
            if kind == namespaced:
                return self._catalog.get(namespaced, namespace, name, reads)
            return None
        found = self._catalog.get(namespaced, namespace, "default", reads) if namespace else None
        return found or self._catalog.get(cluster, "", "default", reads)

    def _report_missing_plane(
        self, environment: CatalogResource, findings: Collector, context: ResourceReference
    ) -> None:
        reference = mapping(environment.spec.get("dataPlaneRef"))
        name = text(reference.get("name"))
        if not name:
            findings.add(
                "data-plane-not-found",
                f'Environment "{environment.name}" names no data plane, and there is neither a'
                ' DataPlane nor a ClusterDataPlane named "default"',
                origin=environment.origin("spec"),
                context=context,
            )
            return
        kind = text(reference.get("kind"))
        known = [
            *self._catalog.names("DataPlane", environment.namespace),
            *self._catalog.names("ClusterDataPlane", ""),
        ]
        findings.add(
            "data-plane-not-found",
            f'{kind or "data plane"} "{name}" of Environment "{environment.name}" is not in the'
            " repository",
            origin=environment.origin("spec", "dataPlaneRef", "name"),
            hint=did_you_mean(name, known) if name not in known else _OTHER_KIND,
            context=context,
        )

    def _notification_channel(
        self, environment: CatalogResource, reads: Reads, findings: Collector
    ) -> str:
        """The default channel of the environment (spec: binding §10 row 9).

        The flagged one; else the first by name, with a warning where there are several.
        """
        channels = [
            channel
            for channel in self._catalog.of_kind("ObservabilityAlertsNotificationChannel")
            if channel.namespace == environment.namespace
            and channel.spec.get("environment") == environment.name
        ]
        flagged = [item for item in channels if item.spec.get("isEnvDefault") is True]
        chosen = next(iter(flagged or channels), None)
        if chosen is None:
            return ""
        reads.found.setdefault((chosen.kind, chosen.namespace, chosen.name), chosen)
        if not flagged and len(channels) > 1:
            findings.add(
                "notification-channel-ambiguous",
                f"of {len(channels)} channels none is the default of Environment"
                f' "{environment.name}": "{chosen.name}" is taken, the first by name',
                origin=chosen.origin("spec", "environment"),
                related=[
                    ("also here", item.origin("spec", "environment")) for item in channels[1:]
                ],
            )
        return chosen.name


def gateway_of(spec: Mapping[str, object]) -> Data | None:
    """Return the `gateway` of a plane or environment, None when it has neither direction."""
    gateway = mapping(spec.get("gateway"))
    directions = {
        direction: mapping(gateway[direction])
        for direction in ("ingress", "egress")
        if isinstance(gateway.get(direction), Mapping)
    }
    return directions or None


def merge_gateways(environment: Data | None, data_plane: Data | None) -> Data | None:
    """Lay the environment's gateway over the data plane's (spec: rendering §3.4).

    Ingress and egress merge apart; inside each, `external` and `internal` are taken whole from
    the environment where it has them. An empty result is None.
    """
    merged: dict[str, object] = {}
    for direction in ("ingress", "egress"):
        upper = mapping((environment or {}).get(direction))
        lower = mapping((data_plane or {}).get(direction))
        network = {
            side: upper.get(side) or lower.get(side)
            for side in ("external", "internal")
            if upper.get(side) or lower.get(side)
        }
        if network:
            merged[direction] = network
    return merged or None
