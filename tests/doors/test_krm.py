"""The function, in process: who calls, what stays, what is added, what is said."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from krm_fn.doors.krm import Answer, answer
from tests.doors.stand_in import spine  # noqa: F401

pytestmark = pytest.mark.usefixtures("spine")

FOLDER = "rendered/development/dp-development/"
HERE = Path()
RENDER = """\
functionConfig:
  apiVersion: fn.openchoreo.dev/v1alpha1
  kind: Render
  metadata: {name: render}
  spec:
    select: {environments: [development]}
"""
KUSTOMIZE = """\
apiVersion: config.kubernetes.io/v1
kind: ResourceList
items:
- apiVersion: v1
  data:
    when: "2024-01-01"
  kind: ConfigMap
  metadata:
    annotations:
      internal.config.kubernetes.io/index: '0'
      internal.config.kubernetes.io/needsHashSuffix: enabled
      kustomize.config.k8s.io/id: |
        kind: ConfigMap
        name: foreign
    name: foreign
- apiVersion: openchoreo.dev/v1alpha1
  kind: Component
  metadata:
    annotations:
      config.kubernetes.io/origin: |
        path: base/cart.yaml
      kustomize.config.k8s.io/id: |
        kind: Component
        name: cart
      team: a
    name: cart
"""
PACKAGE = """\
apiVersion: config.kubernetes.io/v1
kind: ResourceList
items:
- apiVersion: kpt.dev/v1
  kind: Kptfile
  metadata:
    name: p
    annotations:
      internal.config.kubernetes.io/path: 'Kptfile'
      internal.config.kubernetes.io/index: '0'
- # head of cart
  apiVersion: openchoreo.dev/v1alpha1
  kind: Component # tail
  metadata: {name: cart, annotations: {internal.config.kubernetes.io/path: 'c.yaml',
      internal.config.kubernetes.io/index: '1'}}
  spec:
      odd: 0755   # as written
"""


def run(text: str, directory: Path = HERE) -> tuple[Answer, dict[str, Any]]:
    said = answer(text.encode(), directory, debug=True)
    listed = yaml.load(said.text, yaml.BaseLoader)
    assert listed["kind"] == "ResourceList"
    assert isinstance(listed["items"], list)
    return said, listed


def names(listed: dict[str, Any]) -> list[str]:
    return [f"{item['kind']}/{item['metadata']['name']}" for item in listed["items"]]


def test_transformer_consumes_openchoreo_and_passes_the_rest_through() -> None:
    said, listed = run(KUSTOMIZE + RENDER)
    assert said.exit_code == 0
    assert names(listed) == [
        "ConfigMap/foreign",
        "Namespace/dp-development",
        "ConfigMap/cart",
        "ConfigMap/render-marker",
    ]
    foreign = KUSTOMIZE[KUSTOMIZE.index("- apiVersion: v1") : KUSTOMIZE.index("- apiVersion: open")]
    assert foreign in said.text
    cart = listed["items"][2]
    assert cart["data"]["seen"] == "team"
    assert cart["data"]["file"] == "base/cart.yaml"
    assert "annotations" not in cart["metadata"]


def test_transformer_may_keep_inputs() -> None:
    _, listed = run(KUSTOMIZE + RENDER + "    output: {inputs: keep, marker: false}\n")
    assert names(listed)[:2] == ["ConfigMap/foreign", "Component/cart"]
    assert "ConfigMap/render-marker" not in names(listed)


def test_a_marker_of_an_earlier_function_is_not_doubled() -> None:
    first, _ = run(KUSTOMIZE + RENDER)
    again = (
        KUSTOMIZE
        + """\
- apiVersion: v1
  kind: ConfigMap
  metadata: {name: render-marker}
"""
    )
    _, listed = run(again + RENDER)
    assert names(listed).count("ConfigMap/render-marker") == 1
    assert first.exit_code == 0


def test_validator_answers_nothing_under_kustomize_and_everything_elsewhere() -> None:
    said, listed = run(KUSTOMIZE + RENDER + "    mode: validate\n")
    assert (said.exit_code, listed["items"]) == (0, [])
    said, listed = run(PACKAGE + RENDER + "    mode: validate\n")
    assert (said.exit_code, names(listed)) == (0, ["Kptfile/p", "Component/cart"])


def test_package_keeps_text_and_places_new_files() -> None:
    said, listed = run(PACKAGE + RENDER)
    assert said.exit_code == 0
    assert said.text.startswith(PACKAGE)
    assert names(listed)[2:] == ["Namespace/dp-development", "ConfigMap/cart"]
    namespace, cart = (item["metadata"]["annotations"] for item in listed["items"][2:])
    assert cart == {
        "fn.openchoreo.dev/generated": "development/default/store/cart/dataplane",
        "internal.config.kubernetes.io/path": FOLDER + "configmap_cart.yaml",
        "internal.config.kubernetes.io/index": "0",
    }
    assert namespace["internal.config.kubernetes.io/path"].endswith(
        "/namespace_dp-development.yaml"
    )


def test_package_is_a_fixed_point() -> None:
    first, _ = run(PACKAGE + RENDER)
    again, _ = run(first.text)
    assert again.text == first.text


def test_package_replaces_only_its_own_slice() -> None:
    first, _ = run(PACKAGE + RENDER)
    staging, listed = run(first.text.replace("[development]", "[staging]"))
    assert staging.exit_code == 0
    assert names(listed)[2:] == [
        "Namespace/dp-development",
        "ConfigMap/cart",
        "Namespace/dp-staging",
        "ConfigMap/cart",
    ]
    nothing, listed = run(
        first.text.replace("name: cart, ann", "name: other, ann").replace("[dev", "[dev")
    )
    assert "ConfigMap/cart" not in names(listed)
    assert "ConfigMap/other" in names(listed)
    assert nothing.exit_code == 0


def test_a_foreign_file_in_the_way_is_an_error() -> None:
    taken = (
        PACKAGE
        + """\
- apiVersion: v1
  kind: Secret
  metadata:
    name: mine
    annotations:
      internal.config.kubernetes.io/path: rendered/development/dp-development/configmap_cart.yaml
      internal.config.kubernetes.io/index: '0'
"""
    )
    said, listed = run(taken + RENDER)
    assert said.exit_code == 1
    assert [finding.code for finding in said.findings] == ["path-taken"]
    assert names(listed) == ["Kptfile/p", "Component/cart", "Secret/mine"]


def test_legacy_path_annotations_are_answered_with_both() -> None:
    legacy = PACKAGE.replace("internal.config", "config")
    _, listed = run(legacy + RENDER)
    added = listed["items"][-1]["metadata"]["annotations"]
    assert added["config.kubernetes.io/path"] == added["internal.config.kubernetes.io/path"]
    assert added["config.kubernetes.io/index"] == "0"


def test_stream_consumes_inputs_and_adds_no_annotations() -> None:
    text = "kind: ResourceList\napiVersion: config.kubernetes.io/v1beta1\nitems:\n"
    text += "- {apiVersion: openchoreo.dev/v1alpha1, kind: Component, metadata: {name: cart}}\n"
    said, listed = run(text)
    assert said.exit_code == 0
    assert listed["apiVersion"] == "config.kubernetes.io/v1beta1"
    assert names(listed) == ["Namespace/dp-development", "ConfigMap/cart"]


def test_json_is_read_too() -> None:
    text = (
        '{"apiVersion": "config.kubernetes.io/v1", "kind": "ResourceList", "items": ['
        '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "x"}, "data": {"d": "on"}},'
        '{"apiVersion": "openchoreo.dev/v1alpha1", "kind": "Component", "metadata": {"name": "c"}}'
        "]}"
    )
    said, listed = run(text)
    assert said.exit_code == 0
    assert names(listed) == ["ConfigMap/x", "Namespace/dp-development", "ConfigMap/c"]
    assert 'd: "on"' in said.text


@pytest.mark.parametrize("host", [KUSTOMIZE, PACKAGE])
def test_on_errors_the_items_come_back_as_they_were(host: str) -> None:
    broken = host + "- {apiVersion: openchoreo.dev/v1alpha1, kind: Component, metadata: {name: b},"
    broken += " spec: {broken: error}}\n"
    said, listed = run(broken + RENDER)
    assert said.exit_code == 1
    assert said.text.startswith(broken)
    (result,) = listed["results"]
    assert result["severity"] == "error"
    assert result["resourceRef"]["name"] == "b"


def test_warnings_fail_only_when_strict() -> None:
    text = PACKAGE.replace("odd: 0755", "broken: warning")
    said, listed = run(text + RENDER)
    assert said.exit_code == 0
    assert listed["results"][0]["file"] == {"path": "c.yaml", "index": "1"}
    said, listed = run(text + RENDER + "    strict: true\n")
    assert said.exit_code == 1
    assert names(listed) == ["Kptfile/p", "Component/cart"]


def test_nothing_rendered_is_an_error_unless_allowed() -> None:
    text = KUSTOMIZE[: KUSTOMIZE.index("- apiVersion: openchoreo")]
    said, listed = run(text + RENDER)
    assert said.exit_code == 1
    assert said.findings[0].code == "render-empty"
    assert names(listed) == ["ConfigMap/foreign"]
    said, _ = run(text + RENDER + "    allowEmpty: true\n")
    assert said.exit_code == 0


def test_two_objects_of_one_identity_are_an_error_where_the_host_minds() -> None:
    clash = KUSTOMIZE.replace("name: foreign\n- ", "name: cart\n    namespace: dp-development\n- ")
    said, _ = run(clash + RENDER)
    assert said.exit_code == 1
    assert [finding.code for finding in said.findings] == ["object-duplicate"]


def test_configuration_mistakes_are_misuse() -> None:
    said, listed = run(PACKAGE + RENDER.replace("select:", "selct:"))
    assert said.exit_code == 2
    assert said.findings[0].field == "spec.selct"
    assert names(listed) == ["Kptfile/p", "Component/cart"]


def test_the_place_of_a_configuration_file_is_told() -> None:
    config = """\
functionConfig:
  apiVersion: fn.openchoreo.dev/v1alpha1
  kind: Render
  metadata:
    name: render
    annotations:
      internal.config.kubernetes.io/path: render.yaml
      internal.config.kubernetes.io/index: '0'
  spec: {oops: 1}
"""
    said, _ = run(PACKAGE + config)
    assert str(said.findings[0].position) == "render.yaml[0]"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "input-empty"),
        (b" \n", "input-empty"),
        (b"kind: \xff\xfe", "input-encoding"),
        (b"{{{", "yaml-syntax"),
        (b"hello", "yaml-not-a-mapping"),
        (b"kind: Pod", "input-invalid"),
        (b"kind: ResourceList\nitems: 3", "input-invalid"),
        (b"kind: ResourceList\nitems: [3]", "input-invalid"),
        (b"a: 1\n---\nb: 2\n", "input-invalid"),
        (b"kind: ResourceList\nitems: []\nfunctionConfig: 3", "config-kind"),
    ],
)
def test_garbage_is_misuse_with_one_sentence(content: bytes, code: str) -> None:
    said = answer(content, HERE, debug=True)
    assert said.exit_code == 2
    assert [finding.code for finding in said.findings] == [code]
    assert yaml.safe_load(said.text)["kind"] == "ResourceList"
    assert isinstance(yaml.safe_load(said.text)["items"], list)


def test_a_bug_is_a_finding_and_the_items_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    import krm_fn.spine as spine_module

    def fail(*_: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr(spine_module, "render", fail)
    said = answer((PACKAGE + RENDER).encode(), HERE)
    assert said.exit_code == 1
    assert said.findings[0].code == "internal-error"
    assert said.text.startswith(PACKAGE)
    with pytest.raises(ZeroDivisionError):
        answer((PACKAGE + RENDER).encode(), HERE, debug=True)


def test_a_generator_needs_sources() -> None:
    config = RENDER.replace("functionConfig:\n", "").replace("\n  ", "\n")[2:]
    item = "- " + config.replace("\n", "\n  ").rstrip(" ")
    head = "apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems:\n"
    said, listed = run(head + item + RENDER)
    assert said.exit_code == 1
    assert said.findings[0].code == "sources-missing"
    assert names(listed) == ["Render/render"]


def test_kustomize_prefixes_are_noticed() -> None:
    text = KUSTOMIZE.replace(
        "      team: a\n", "      internal.config.kubernetes.io/prefixes: x-\n"
    )
    said, _ = run(text + RENDER)
    assert [finding.code for finding in said.findings] == ["inputs-renamed"]
    assert said.exit_code == 0


def test_objects_that_no_cluster_takes_are_errors() -> None:
    text = PACKAGE.replace("odd: 0755", f"labels: {{a: 3, b: {'x' * 64}}}")
    said, _ = run(text + RENDER)
    assert said.exit_code == 1
    assert [finding.code for finding in said.findings] == ["object-invalid"] * 2
    assert "the value of a is 3, no string" in said.findings[0].message


def test_planes_are_selected() -> None:
    planes = RENDER.replace("environments:", "planes: [observabilityplane], environments:")
    said, _ = run(PACKAGE + planes)
    assert [finding.code for finding in said.findings] == ["render-empty"]
    said, _ = run(PACKAGE + planes.replace("observabilityplane", "dataplane"))
    assert said.exit_code == 0


def test_a_reserved_setting_says_so() -> None:
    said, _ = run(PACKAGE + RENDER + "    identity: {compatibility: v1}\n")
    assert [finding.code for finding in said.findings] == ["setting-reserved"]
    assert said.exit_code == 0
