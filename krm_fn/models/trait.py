"""Trait."""

from __future__ import annotations

from typing import Literal

from krm_fn.models.part import Kind, Part
from krm_fn.models.templates import (
    PostRenderValidation,
    SchemaSection,
    TraitCreate,
    TraitPatch,
    TraitRemove,
    ValidationRule,
)


class TraitSpec(Part):
    """What a trait adds to a component."""

    parameters: SchemaSection | None = None
    """Schema of the values that a component sets."""
    environment_configs: SchemaSection | None = None
    """Schema of the values that a ReleaseBinding sets per environment."""
    validations: list[ValidationRule] | None = None
    """Old name of preRenderValidations."""
    pre_render_validations: list[ValidationRule] | None = None
    """Conditions that must hold before rendering."""
    post_render_validations: list[PostRenderValidation] | None = None
    """Conditions that must hold for the rendered resources."""
    creates: list[TraitCreate] | None = None
    """Resources to add."""
    patches: list[TraitPatch] | None = None
    """Changes of rendered resources."""
    removes: list[TraitRemove] | None = None
    """Rendered resources to take away."""


class Trait(Kind):
    """A capability that components may be given."""

    kind: Literal["Trait"]
    """Kind of the resource."""
    spec: TraitSpec | None = None
    """What the trait adds."""
