from __future__ import annotations

from krm_fn.assemble import RenderedResource
from krm_fn.emit import document, file_paths, stream
from krm_fn.settings import OutputSettings


def made(
    kind: str,
    name: str,
    *,
    api_version: str = "v1",
    namespace: str = "",
    environment: str = "production",
    cell: str = "dp-default-shop-production",
) -> RenderedResource:
    metadata = {"name": name, "namespace": namespace} if namespace else {"name": name}
    return RenderedResource(
        {"apiVersion": api_version, "kind": kind, "metadata": metadata},
        environment=environment,
        namespace=cell,
        project="shop",
        component="web",
        plane="dataplane",
        binding="ReleaseBinding/default/web-production",
        release_name="web-production",
        id="",
    )


def test_the_tree_is_environment_cell_kind_and_name() -> None:
    assert file_paths([made("ConfigMap", "web")], OutputSettings()) == [
        "production/dp-default-shop-production/configmap_web.yaml"
    ]
    assert file_paths([made("ConfigMap", "web")], OutputSettings(layout="flat")) == [
        "production_dp-default-shop-production_configmap_web.yaml"
    ]


def test_names_are_made_safe_for_every_file_system() -> None:
    (path,) = file_paths([made("ClusterRole", "system:web/../x")], OutputSettings())
    assert path == "production/dp-default-shop-production/clusterrole_system-web-..-x.yaml"
    assert ".." not in path.split("/")


def test_clashes_get_a_suffix_that_depends_on_nothing_else() -> None:
    resources = [
        made("Service", "web", namespace="a"),
        made("Service", "web", namespace="b"),
        made("Service", "web", api_version="serving.knative.dev/v1", namespace="a"),
        made("Service", "web", namespace="b"),
    ]
    paths = file_paths(resources, OutputSettings(), suffix=".json")
    assert [path.rpartition("/")[2] for path in paths] == [
        "service_web.json",
        "service_b_web.json",
        "service.serving.knative.dev_a_web.json",
        "service_b_web_2.json",
    ]
    assert len(set(paths)) == len(paths)


def test_streams() -> None:
    objects: list[dict[str, object]] = [{"kind": "A", "value": 1.0}, {"kind": "B", "text": "yes"}]
    assert stream(objects, "yaml") == b'kind: A\nvalue: 1\n---\nkind: B\ntext: "yes"\n'
    assert stream([], "yaml") == b""
    assert b'"kind": "List"' in stream(objects, "json")
    assert document({"kind": "A"}, "yaml") == b"kind: A\n"
    assert document({"kind": "A"}, "json") == b'{\n  "kind": "A"\n}\n'
