from __future__ import annotations

from typing import Any

from tests.builtin.platform_case import (
    Data,
    binding,
    component,
    data_plane,
    errors,
    kinds,
    objects,
    one,
    rendered,
    resource,
    validate,
    workload,
)

_ENDPOINTS = {"web": {"type": "HTTP", "port": 80}}


def _trait(name: str, instance: str = "own", **parameters: Any) -> Data:
    return {
        "kind": "ClusterTrait",
        "name": name,
        "instanceName": instance,
        "parameters": parameters,
    }


def test_a_disk_is_claimed_and_mounted() -> None:
    result = rendered(
        component(
            "deployment/worker",
            traits=[_trait("persistent-volume", mountPath="/data", subPath="files")],
        ),
        workload(),
        binding(traitEnvironmentConfigs={"own": {"size": "5Gi", "className": "fast"}}),
    )
    for made in objects(result):
        validate(made)
    claim = one(result, "PersistentVolumeClaim")
    assert claim["spec"]["resources"]["requests"]["storage"] == "5Gi"
    assert claim["spec"]["storageClassName"] == "fast"
    spec = one(result, "Deployment")["spec"]
    assert spec["strategy"] == {"type": "Recreate"}
    pod = spec["template"]["spec"]
    assert pod["securityContext"]["fsGroup"] == 10001
    (volume,) = pod["volumes"]
    assert volume["persistentVolumeClaim"]["claimName"] == claim["metadata"]["name"]
    (mount,) = pod["containers"][0]["volumeMounts"]
    assert mount == {"name": volume["name"], "mountPath": "/data", "subPath": "files"}


def test_a_disk_is_for_one_copy() -> None:
    result = rendered(
        component("deployment/worker", traits=[_trait("persistent-volume", mountPath="/data")]),
        workload(),
        binding(componentTypeEnvironmentConfigs={"replicas": 2}),
    )
    assert any("runs in one copy" in message for message in errors(result))


def test_the_autoscaler_owns_the_number_of_copies() -> None:
    result = rendered(
        component(
            "deployment/service", traits=[_trait("horizontal-autoscaler", memoryUtilization=80)]
        ),
        workload(endpoints=_ENDPOINTS),
        binding(
            componentTypeEnvironmentConfigs={"replicas": 3},
            traitEnvironmentConfigs={"own": {"minReplicas": 2, "maxReplicas": 9}},
        ),
    )
    for made in objects(result):
        validate(made)
    assert "replicas" not in one(result, "Deployment")["spec"]
    scaler = one(result, "HorizontalPodAutoscaler")["spec"]
    assert (scaler["minReplicas"], scaler["maxReplicas"]) == (2, 9)
    assert [metric["resource"]["name"] for metric in scaler["metrics"]] == ["cpu", "memory"]
    assert one(result, "PodDisruptionBudget")["spec"]["maxUnavailable"] == 1


def test_an_autoscaler_down_to_one_copy_has_no_budget() -> None:
    result = rendered(
        component("deployment/worker", traits=[_trait("horizontal-autoscaler")]),
        workload(),
        binding(traitEnvironmentConfigs={"own": {"minReplicas": 1}}),
    )
    assert "PodDisruptionBudget" not in kinds(result)


def test_the_limits_of_an_autoscaler_have_an_order() -> None:
    result = rendered(
        component("deployment/worker", traits=[_trait("horizontal-autoscaler")]),
        workload(),
        binding(traitEnvironmentConfigs={"own": {"minReplicas": 9}}),
    )
    assert any("minReplicas" in message for message in errors(result))


def test_pods_get_annotations_and_labels() -> None:
    trait = _trait(
        "pod-annotations",
        annotations={"prometheus.io/scrape": "true", "tilde~key": "a"},
        labels={"team": "shop"},
    )
    for type_name, kind, parameters, endpoints in (
        ("deployment/worker", "Deployment", {}, {}),
        ("statefulset/database", "StatefulSet", {}, _ENDPOINTS),
        ("cronjob/scheduled-task", "CronJob", {"schedule": "@daily"}, {}),
    ):
        result = rendered(
            component(type_name, parameters=parameters, traits=[trait]),
            workload(endpoints=endpoints),
            binding(traitEnvironmentConfigs={"own": {"annotations": {"tilde~key": "b"}}}),
        )
        for made in objects(result):
            validate(made)
        spec = one(result, kind)["spec"]
        if kind == "CronJob":
            spec = spec["jobTemplate"]["spec"]
        metadata = spec["template"]["metadata"]
        assert metadata["annotations"]["prometheus.io/scrape"] == "true"
        assert metadata["annotations"]["tilde~key"] == "b"
        assert metadata["labels"]["team"] == "shop"


def test_labels_that_select_pods_cannot_be_set() -> None:
    trait = _trait("pod-annotations", labels={"openchoreo.dev/component": "other"})
    result = rendered(component("deployment/worker", traits=[trait]), workload())
    assert any("select the pods" in message for message in errors(result))


def test_an_alert_goes_to_the_observability_plane() -> None:
    trait = _trait(
        "alert-rule",
        "errors",
        description="Too many errors",
        severity="critical",
        source={"type": "log", "query": "level=error"},
        condition={"threshold": 10, "operator": "gte"},
    )
    observability = resource(
        "ClusterObservabilityPlane",
        "default",
        {
            "planeID": "default",
            "observerURL": "https://observer.example.com",
            "clusterAgent": {"clientCA": {"value": "none"}},
        },
        namespace="",
    )
    result = rendered(
        component("deployment/worker", traits=[trait]),
        workload(),
        binding(traitEnvironmentConfigs={"errors": {"channels": ["mail"]}}),
        data_plane(),
        observability,
    )
    (made,) = [item for item in result.resources if item.plane == "observabilityplane"]
    assert errors(result) == []
    spec: Any = made.object["spec"]
    assert made.object["kind"] == "ObservabilityAlertRule"
    assert spec["condition"] == {
        "operator": "gte", "threshold": 10, "window": "5m", "interval": "1m",
    }  # fmt: skip
    assert spec["actions"]["notifications"]["channels"] == ["mail"]


def test_an_alert_says_whom_to_tell() -> None:
    trait = _trait(
        "alert-rule",
        description="Too busy",
        source={"type": "metric", "metric": "cpu_usage"},
        condition={"threshold": 0.9},
    )
    result = rendered(component("deployment/worker", traits=[trait]), workload())
    assert any("notification channel" in message for message in errors(result))


def test_a_trait_without_its_kind_is_refused_with_the_way_out() -> None:
    trait = {**_trait("pod-annotations"), "kind": "Trait"}
    result = rendered(component("deployment/worker", traits=[trait]), workload())
    (finding,) = [item for item in result.findings if item.code == "trait-not-allowed"]
    assert "kind: ClusterTrait" in finding.hint
