from __future__ import annotations

from typing import Any, Literal

import pytest

from krm_fn.assemble import RenderedResource, add_hints, delivery_group
from krm_fn.emit import file_paths
from krm_fn.settings import OutputSettings, Settings
from tests.builtin.platform_case import Data, component, data_plane, rendered, resource, workload

_WAVE = "argocd.argoproj.io/sync-wave"
_OPTIONS = "argocd.argoproj.io/sync-options"
_PRUNE = "kustomize.toolkit.fluxcd.io/prune"
_READY = "fn.openchoreo.dev/ready-when"
_CELL = "dp-default-shop-production"


def _made(
    kind: str, annotations: Data | None = None, *, binding: str = "ReleaseBinding", **known: Any
) -> RenderedResource:
    name = _CELL if kind == "Namespace" else "web"
    metadata: Data = {"name": name}
    if kind != "Namespace":
        metadata["namespace"] = _CELL
    if annotations is not None:
        metadata["annotations"] = annotations
    return RenderedResource(
        {"apiVersion": "v1", "kind": kind, "metadata": metadata},
        environment="production",
        namespace=_CELL,
        project="shop",
        component="web",
        plane="dataplane",
        binding=f"{binding}/default/web-production",
        release_name="web-production",
        id="",
        **known,
    )


def _hinted(
    made: list[RenderedResource], hints: Literal["none", "argocd", "flux"], *extra: str
) -> list[Data]:
    add_hints(made, OutputSettings(hints=hints, annotations=extra))
    return [_annotations(resource) for resource in made]


def _annotations(made: RenderedResource) -> Data:
    content: Any = made.object
    return dict(content["metadata"].get("annotations", {}))


def test_nothing_is_added_unless_asked() -> None:
    made = [_made("Namespace"), _made("PersistentVolumeClaim", retained=True, ready_when="${true}")]
    assert _hinted(made, "none") == [{}, {}]


@pytest.mark.parametrize(
    ("kind", "wave"),
    [
        ("Namespace", "-2"),
        ("ConfigMap", "-1"),
        ("ExternalSecret", "-1"),
        ("NetworkPolicy", "-1"),
        ("Deployment", None),
        ("PersistentVolumeClaim", None),
        ("Service", None),
        ("SomethingElse", None),
        ("HTTPRoute", "1"),
    ],
)
def test_waves_follow_the_order_of_a_rollout(kind: str, wave: str | None) -> None:
    assert _hinted([_made(kind)], "argocd") == [{} if wave is None else {_WAVE: wave}]


def test_what_components_depend_on_comes_before_them() -> None:
    made = _made("StatefulSet", binding="ResourceReleaseBinding")
    assert delivery_group(made) == "configuration"
    assert delivery_group(_made("StatefulSet")) == "workloads"


def test_an_own_wave_wins() -> None:
    assert _hinted([_made("ConfigMap", {_WAVE: "5"})], "argocd") == [{_WAVE: "5"}]


def test_what_is_retained_is_not_pruned_and_neither_is_its_namespace() -> None:
    made = [
        _made("Namespace"),
        _made("PersistentVolumeClaim", {_OPTIONS: "Replace=true"}, retained=True),
        _made("Deployment"),
    ]
    namespace, claim, deployment = _hinted(made, "argocd")
    assert namespace == {_WAVE: "-2", _OPTIONS: "Prune=false,Delete=false"}
    assert claim == {_OPTIONS: "Replace=true,Prune=false,Delete=false"}
    assert deployment == {}


def test_flux_is_told_the_same_in_its_words() -> None:
    made = [_made("Namespace"), _made("PersistentVolumeClaim", retained=True), _made("ConfigMap")]
    assert _hinted(made, "flux") == [{_PRUNE: "disabled"}, {_PRUNE: "disabled"}, {}]


def test_options_that_say_otherwise_stay() -> None:
    made = [_made("PersistentVolumeClaim", {_OPTIONS: "Prune=confirm"}, retained=True)]
    assert _hinted(made, "argocd") == [{_OPTIONS: "Prune=confirm,Delete=false"}]


def test_ready_when_is_carried_when_asked() -> None:
    made = [_made("StatefulSet", ready_when="${applied.x.status.ready}"), _made("Service")]
    assert _hinted(made, "none", "readyWhen") == [{_READY: "${applied.x.status.ready}"}, {}]


def test_flux_groups_are_folders_of_the_environment() -> None:
    made = [_made(kind) for kind in ("Namespace", "Secret", "Deployment", "Ingress")]
    output = OutputSettings(hints="flux")
    assert [path.rpartition("/")[0] for path in file_paths(made, output)] == [
        f"production/{group}/{_CELL}"
        for group in ("namespaces", "configuration", "workloads", "routes")
    ]


def test_a_resource_with_a_retain_policy_from_end_to_end() -> None:
    claim = {
        "apiVersion": "v1",
        "kind": "PersistentVolumeClaim",
        "metadata": {"name": "${metadata.name}", "namespace": "${metadata.namespace}"},
        "spec": {
            "accessModes": ["ReadWriteOnce"],
            "resources": {"requests": {"storage": "1Gi"}},
        },
    }
    ready = '${applied.claim.status.phase == "Bound"}'
    kind = {
        "retainPolicy": "Retain",
        "resources": [{"id": "claim", "readyWhen": ready, "template": claim}],
    }
    owner = {"projectName": "shop"}
    reference = {"kind": "ClusterResourceType", "name": "disk"}
    bound = {"owner": {**owner, "resourceName": "files"}, "environment": "development"}
    documents = [
        component("deployment/worker"),
        workload(),
        data_plane(),
        resource("ClusterResourceType", "disk", kind, namespace=""),
        resource("Resource", "files", {"owner": owner, "type": reference}),
        resource("ResourceReleaseBinding", "files-development", bound),
    ]
    output = OutputSettings(hints="argocd", annotations=("readyWhen",))
    result = rendered(*documents, settings=Settings(output=output))
    found = {
        str(made.object["kind"]): _annotations(made)
        for made in result.resources
        if made.object["kind"] in ("Namespace", "PersistentVolumeClaim", "Deployment")
    }
    assert found["PersistentVolumeClaim"] == {
        _OPTIONS: "Prune=false,Delete=false",
        _READY: ready,
    }
    assert found["Namespace"][_OPTIONS] == "Prune=false,Delete=false"
    assert _OPTIONS not in found["Deployment"]
