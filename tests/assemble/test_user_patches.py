"""JSON Patches of the Render configuration."""

from __future__ import annotations

import json

from krm_fn.assemble import RenderedResource, apply_user_patches
from krm_fn.findings import Collector
from krm_fn.provenance import Recorder
from krm_fn.settings import Settings, UserPatch, parse_settings


def resource(kind: str, name: str) -> RenderedResource:
    return RenderedResource(
        object={
            "apiVersion": "apps/v1",
            "kind": kind,
            "metadata": {"name": name, "namespace": "cell"},
            "spec": {"replicas": 1},
        },
        environment="development",
        namespace="cell",
        project="shop",
        component=name,
        plane="dataplane",
        binding=f"ReleaseBinding/default/{name}",
        release_name=name,
        id=f"deployment-{name}",
        record=Recorder().record(name),
    )


def operations(*items: dict[str, object]) -> str:
    return json.dumps(items)


def test_a_patch_reaches_what_its_target_fits_and_nothing_else() -> None:
    cart, stock = resource("Deployment", "cart"), resource("Deployment", "stock")
    patch = UserPatch(
        operations({"op": "replace", "path": "/spec/replicas", "value": 3}), name="cart"
    )
    findings = Collector()
    patched = apply_user_patches([cart, stock], [patch], findings)
    assert [item.object["spec"] for item in patched] == [{"replicas": 3}, {"replicas": 1}]
    assert cart.object["spec"] == {"replicas": 1}, "the argument must stay as it was"
    assert not list(findings)
    record = patched[0].record
    assert record is not None
    assert record.chain(("spec", "replicas"))[-1].note == "patch of the Render configuration"


def test_a_patch_without_a_fitting_object_is_a_warning() -> None:
    patch = UserPatch(operations(), group="batch", kind="CronJob")
    findings = Collector()
    apply_user_patches([resource("Deployment", "cart")], [patch], findings)
    assert [finding.code for finding in findings] == ["user-patch-unmatched"]
    assert "group batch, kind CronJob" in next(iter(findings)).message


def test_a_patch_that_cannot_be_applied_is_an_error_and_changes_nothing() -> None:
    patch = UserPatch(
        operations(
            {"op": "add", "path": "/spec/paused", "value": True},
            {"op": "remove", "path": "/spec/nothing"},
        )
    )
    findings = Collector()
    patched = apply_user_patches([resource("Deployment", "cart")], [patch], findings)
    assert patched[0].object["spec"] == {"replicas": 1}
    assert [finding.code for finding in findings] == ["user-patch-failed"]


RENDER = {"apiVersion": "fn.openchoreo.dev/v1alpha1", "kind": "Render"}
ENTRY = {
    "target": {"kind": "Deployment"},
    "patch": [{"op": "add", "path": "/metadata/labels/team", "value": "shop"}],
}


def test_patches_are_read_from_a_render_and_from_a_config_map() -> None:
    findings = Collector()
    from_render = parse_settings({**RENDER, "spec": {"patches": [ENTRY]}}, findings)
    config = {"apiVersion": "v1", "kind": "ConfigMap", "data": {"patches": json.dumps([ENTRY])}}
    assert parse_settings(config, findings) == from_render
    assert from_render.patches[0].kind == "Deployment"
    assert not list(findings)


def test_a_wrong_patch_is_said() -> None:
    for wrong in (
        "x",
        ["x"],
        [{"target": {"kindd": "A"}, "patch": []}],
        [{"patch": [{"op": "add"}]}],
        [{"target": {"kind": 1}, "patch": []}],
    ):
        findings = Collector()
        settings = parse_settings({**RENDER, "spec": {"patches": wrong}}, findings)
        assert findings.has_errors(), wrong
        if wrong != [{"target": {"kindd": "A"}, "patch": []}]:
            assert settings == Settings()
