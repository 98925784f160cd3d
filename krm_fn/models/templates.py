"""What types and traits are made of: schemas, rules, resource templates, patches."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from krm_fn.models.part import Expression, Part, Raw, RawObject, TargetPlane, Text, Variable


class SchemaSection(Part):
    """The schema of the values that users of a type or trait may set."""

    open_api_v3_schema: RawObject | None = Field(default=None, alias="openAPIV3Schema")
    """OpenAPI v3 schema; without one every value is dropped."""


class ValidationRule(Part):
    """A condition that must hold before rendering."""

    rule: Expression
    """Boolean expression."""
    message: Text
    """What to tell the user when it is false; literal text."""


class Loop(Part):
    """Something that may be repeated for every item of a list or map."""

    for_each: Expression | None = None
    """List or map to repeat for."""
    var: Variable | None = None
    """Name of the loop variable; required with forEach."""


class PatchTarget(Part):
    """The rendered resources that a patch or removal applies to."""

    group: str
    """API group; empty for the core group."""
    version: Text
    """API version, such as `v1`."""
    kind: Text
    """Kind, such as `Deployment`."""
    where: Expression | None = None
    """Boolean expression over `resource` that narrows the choice."""


class RuleTarget(PatchTarget):
    """The rendered resources that a rule looks at."""

    must_match: bool = True
    """Whether it is a failure when no resource matches."""


class PostRenderValidation(Loop):
    """A condition that must hold for rendered resources."""

    when: Expression | None = None
    """Boolean expression that switches the rule on."""
    target: RuleTarget
    """Resources to look at."""
    target_plane: TargetPlane = "dataplane"
    """Plane whose resources to look at."""
    rule: Expression
    """Boolean expression over `resource`."""
    message: Text
    """What to tell the user when it is false; literal text."""


class ResourceTemplate(Loop):
    """A resource that a type renders."""

    id: Text
    """Name of the template inside its type."""
    target_plane: TargetPlane = "dataplane"
    """Plane whose cluster receives the resource."""
    include_when: Expression | None = None
    """Boolean expression; the resource is left out when it is false."""
    template: RawObject
    """The resource, with `${…}` expressions in keys and values."""


class TraitCreate(Loop):
    """A resource that a trait adds."""

    target_plane: TargetPlane = "dataplane"
    """Plane whose cluster receives the resource."""
    include_when: Expression | None = None
    """Boolean expression; the resource is left out when it is false."""
    template: RawObject
    """The resource, with `${…}` expressions in keys and values."""


class PatchOperation(Part):
    """One change of a patched resource."""

    op: Literal["add", "replace", "remove"]
    """What to do."""
    path: str
    """JSON pointer, with filters such as `[?(@.name=='main')]`."""
    value: Raw = None
    """Value of add and replace; a template."""


class TraitPatch(Loop):
    """Changes of resources that are already rendered."""

    target: PatchTarget
    """Resources to change."""
    target_plane: TargetPlane = "dataplane"
    """Plane whose resources to change."""
    operations: Annotated[list[PatchOperation], Field(min_length=1)]
    """Changes, in this order."""


class TraitRemove(Loop):
    """Resources to take away."""

    target: PatchTarget
    """Resources to take away."""
    target_plane: TargetPlane = "dataplane"
    """Plane whose resources to take away."""
