"""Ids, order and duplicates."""

from __future__ import annotations

from krm_fn.assemble import (
    RenderedResource,
    identity_of,
    report_duplicates,
    resource_id,
    run_order,
)
from krm_fn.assemble.order import reference_key
from krm_fn.findings import Collector, Severity


def made(kind: str, name: str, namespace: str = "", api_version: str = "v1") -> dict[str, object]:
    metadata: dict[str, object] = {"name": name}
    if namespace:
        metadata["namespace"] = namespace
    return {"apiVersion": api_version, "kind": kind, "metadata": metadata}


def rendered(thing: dict[str, object], plane: str = "dataplane") -> RenderedResource:
    return RenderedResource(
        object=thing,
        environment="development",
        namespace="cell",
        project="shop",
        component="cart",
        plane=plane,
        binding="ReleaseBinding/default/cart",
        release_name="cart-development",
        id=resource_id(thing, 0),
    )


def test_ids_are_kind_and_name_and_shortened_by_a_hash() -> None:
    assert resource_id(made("Service", "cart"), 3) == "service-cart"
    long = resource_id(made("PersistentVolumeClaim", "n" * 60), 0)
    assert long == "persistentvolumeclaim-" + "n" * 26 + "-4f19e63f"
    assert resource_id({"kind": "Service"}, 3) == "resource-3"


def test_the_order_inside_a_component_is_the_reference_s() -> None:
    things = [
        made("Service", "b"),
        made("ConfigMap", "b", "z"),
        made("ConfigMap", "z", "a"),
        made("ConfigMap", "q"),
        made("ConfigMap", "q", api_version="apps/v1"),
    ]
    ordered = sorted(things, key=reference_key)
    assert ordered == [things[4], things[3], things[2], things[1], things[0]]


def test_namespaces_and_definitions_come_first_and_the_rest_stays() -> None:
    things = [
        made("Service", "z"),
        made("Deployment", "a"),
        made("CustomResourceDefinition", "c"),
        made("Namespace", "n"),
    ]
    ordered = run_order([rendered(thing) for thing in things])
    assert [item.object for item in ordered] == [things[3], things[2], things[0], things[1]]


def test_the_version_does_not_count_and_no_namespace_is_default() -> None:
    one = made("HorizontalPodAutoscaler", "x", api_version="autoscaling/v1")
    two = made("HorizontalPodAutoscaler", "x", "default", "autoscaling/v2")
    assert identity_of(one) == identity_of(two)


def test_duplicates_are_said_for_each_plane_apart() -> None:
    thing = made("ConfigMap", "x", "cell")
    findings = Collector()
    report_duplicates(
        [rendered(thing), rendered(dict(thing)), rendered(dict(thing), "observabilityplane")],
        findings,
        Severity.ERROR,
    )
    (finding,) = findings
    assert finding.severity is Severity.ERROR
    assert "ConfigMap cell/x is rendered twice" in finding.message
