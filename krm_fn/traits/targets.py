"""Which resources an entry of a trait or a rule is about (spec: rendering §3.9)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from krm_fn.template import Draft, enter, environment_for, evaluate_condition

Scope = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Target:
    """The `target` and `targetPlane` of an entry; an empty field selects everything.

    `where` is a condition over `resource`, None without one; `select` leaves it aside.
    """

    plane: str
    kind: str
    group: str
    version: str
    where: str | None

    def __str__(self) -> str:
        return f"{self.group}/{self.version}/{self.kind}"


def read_target(entry: Mapping[str, object], plane: str = "dataplane") -> Target:
    """Read the target of a patch, a remove or a validation; `plane` stands in where none is set."""
    target = entry.get("target")
    fields = target if isinstance(target, Mapping) else {}
    where = fields.get("where")
    return Target(
        str(entry.get("targetPlane") or plane),
        str(fields.get("kind") or ""),
        str(fields.get("group") or ""),
        str(fields.get("version") or ""),
        str(where) if where else None,
    )


def select(drafts: Iterable[Draft], target: Target) -> list[Draft]:
    """Choose by plane, kind, group and version, in the order of the drafts."""
    chosen = []
    for draft in drafts:
        if target.plane and target.plane != draft.plane:
            continue
        resource = draft.object
        if target.kind and resource.get("kind") != target.kind:
            continue
        if target.group or target.version:
            api_version = resource.get("apiVersion")
            before, slash, after = str(api_version or "").partition("/")
            group, version = (before, after) if slash else ("", before)
            if target.group and group != target.group:
                continue
            if target.version and version != target.version:
                continue
        chosen.append(draft)
    return chosen


def fulfilling(drafts: Iterable[Draft], where: str, scope: Scope) -> list[Draft]:
    """Choose the drafts for which a where clause is true, with `resource` bound to each.

    Raises TemplateError; also where the clause gives no boolean.
    """
    bound: dict[str, object] = {**scope, "resource": None}
    environment = environment_for(bound)
    chosen = []
    for draft in drafts:
        bound["resource"] = enter(draft.object)
        if evaluate_condition(where, bound, environment):
            chosen.append(draft)
    return chosen


def resource_name(draft: Draft) -> str:
    """Name a draft in a sentence: `Deployment/web`."""
    metadata = draft.object.get("metadata")
    name = metadata.get("name") if isinstance(metadata, dict) else None
    return f"{draft.object.get('kind') or 'resource'}/{name or '?'}"
