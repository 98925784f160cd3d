"""The differences that docs/parity.md promises, one test for each that rendering can show."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import yaml

from krm_fn.findings import Collector
from krm_fn.settings import Settings
from krm_fn.spine import RenderResult, render
from krm_fn.yamlio import parse
from tests.shared import shared_path

Documents = list[dict[str, Any]]
_DEFAULTS = Settings(yaml="kubernetes", unresolved="warn")
_GREETER = "001-getting-started-greeter"
_DEPENDENCY = "162-dep-missing-component"


def _render(
    case: str,
    settings: Settings = _DEFAULTS,
    change: Callable[[Documents], None] | None = None,
) -> RenderResult:
    """Render a case, as it is or changed."""
    findings = Collector()
    path = shared_path("golden", "component", case, "input.yaml")
    text = path.read_text(encoding="utf-8")
    if change is not None:
        documents = list(yaml.safe_load_all(text))
        change(documents)
        text = yaml.safe_dump_all(documents)
    parsed = parse(text, file="input.yaml", mode="kubernetes", findings=findings)
    return render(parsed, settings, findings=findings.sorted())


def _codes(result: RenderResult) -> dict[str, str]:
    return {finding.code: str(finding.severity) for finding in result.findings}


def _of_kind(result: RenderResult, kind: str) -> list[Any]:
    return [one.object for one in result.resources if one.object["kind"] == kind]


def test_uids_are_made_from_names() -> None:
    labels = _of_kind(_render(_GREETER), "Deployment")[0]["metadata"]["labels"]
    namespace = uuid.uuid5(uuid.NAMESPACE_DNS, "openchoreo.dev")
    made = uuid.uuid5(namespace, "openchoreo.dev/Project/default/default")
    assert labels["openchoreo.dev/project-uid"] == str(made)


def test_a_uid_in_git_wins() -> None:
    own = "11111111-2222-3333-4444-555555555555"

    def add(documents: Documents) -> None:
        project = next(one for one in documents if one["kind"] == "Project")
        project["metadata"]["uid"] = own

    labels = _of_kind(_render(_GREETER, change=add), "Deployment")[0]["metadata"]["labels"]
    assert labels["openchoreo.dev/project-uid"] == own


def test_auto_deploy_is_rendered_and_pinned_refuses() -> None:
    assert _of_kind(_render(_GREETER), "Deployment")
    assert not _of_kind(_render(_GREETER, replace(_DEFAULTS, releases="pinned")), "Deployment")


def test_unpinned_bindings_take_the_latest_and_say_so() -> None:
    result = _render("173-multi-env-promotion")
    assert {one.environment for one in result.resources} >= {"staging", "production"}
    assert "binding-unpinned" in _codes(result)


def test_cell_namespaces_are_made_and_said() -> None:
    result = _render(_GREETER)
    assert len(_of_kind(result, "Namespace")) == 1
    assert _codes(result)["project-binding-missing"] == "info"


@pytest.mark.parametrize(("unresolved", "severity"), [("error", "error"), ("warn", "warning")])
def test_what_stays_pending_is_an_error_or_a_warning(unresolved: Any, severity: str) -> None:
    result = _render(_DEPENDENCY, replace(_DEFAULTS, unresolved=unresolved))
    assert _codes(result)["connection-pending"] == severity


def test_the_first_channel_by_name_is_the_default() -> None:
    case = "189-default-notification-channel"

    def unflag(documents: Documents) -> None:
        for kind in ("ObservabilityAlertsNotificationChannel",):
            for document in [one for one in documents if one and one["kind"] == kind]:
                document["spec"].pop("isEnvDefault", None)
                second = {**document, "metadata": {**document["metadata"], "name": "aaa"}}
                documents.append(second)

    assert "aaa" in str([one.object for one in _render(case, change=unflag).resources])


def test_restarted_at_is_written_while_rendering() -> None:
    template = _of_kind(_render("045-restarted-at-annotation"), "Deployment")[0]["spec"]["template"]
    annotation = template["metadata"]["annotations"]["openchoreo.dev/restartedAt"]
    assert annotation == "2026-01-01T00:00:00Z"


def test_labels_of_the_controller_are_never_written() -> None:
    for one in _render(_GREETER).resources:
        metadata: Any = one.object["metadata"]
        labels = metadata.get("labels", {})
        assert "openchoreo.dev/managed-by" not in labels
        assert not [key for key in labels if "rendered-release" in key]


def test_a_refusal_of_the_api_server_hides_nothing_else() -> None:
    def break_project(documents: Documents) -> None:
        documents.append(
            {
                "apiVersion": "openchoreo.dev/v1alpha1",
                "kind": "Environment",
                "metadata": {"name": "other", "namespace": "default"},
                "spec": {"isProduction": "perhaps"},
            }
        )

    result = _render(_GREETER, change=break_project)
    assert "error" in _codes(result).values()
    assert _of_kind(result, "Deployment")
