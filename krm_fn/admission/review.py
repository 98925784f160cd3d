"""`review`: the webhook rules of every kind that has some; once per content."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from krm_fn.admission.component_types import component_type_rules
from krm_fn.admission.components import component_rules
from krm_fn.admission.project_types import project_release_rules, project_type_rules
from krm_fn.admission.releases import component_release_rules, resource_release_rules
from krm_fn.admission.resource_types import resource_type_rules
from krm_fn.admission.traits import trait_rules
from krm_fn.admission.workflows import workflow_rules
from krm_fn.schema import Violation

Rules = Callable[[dict[str, Any]], Iterable[Violation]]

_RULES: Final[dict[str, Rules]] = {
    "ClusterComponentType": component_type_rules,
    "ClusterProjectType": project_type_rules,
    "ClusterResourceType": resource_type_rules,
    "ClusterTrait": trait_rules,
    "ClusterWorkflow": workflow_rules,
    "Component": component_rules,
    "ComponentRelease": component_release_rules,
    "ComponentType": component_type_rules,
    "ProjectRelease": project_release_rules,
    "ProjectType": project_type_rules,
    "ResourceRelease": resource_release_rules,
    "ResourceType": resource_type_rules,
    "Trait": trait_rules,
    "Workflow": workflow_rules,
}


def review(data: Mapping[str, Any], kind: str) -> list[Violation]:
    """Return what the webhooks would refuse, sorted by place; for project types, advice.

    Parts of a wrong shape are skipped: admission has reported them.
    """
    rules = _RULES.get(kind)
    spec = data.get("spec")
    if rules is None or not isinstance(spec, dict):
        return []
    found = [_below_spec(violation) for violation in rules(spec)]
    if len(found) > 1:
        found.sort(key=Violation.sort_key)
    return found


def _below_spec(violation: Violation) -> Violation:
    return violation.under("spec")
