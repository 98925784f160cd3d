"""One configuration laid over another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from krm_fn.settings.fields import FLAT
from krm_fn.settings.settings import Settings


def lay_over(lower: Settings, upper: Settings, keys: Iterable[str]) -> Settings:
    """Return `lower` with the settings named by flat `keys` taken from `upper`.

    Unknown keys are passed over: `parse_settings` has reported them.
    """
    settings = lower
    for key in keys:
        if key not in FLAT:
            continue
        group, _, name = FLAT[key].attribute.rpartition(".")
        if group:
            part = replace(getattr(settings, group), **{name: getattr(getattr(upper, group), name)})
            settings = replace(settings, **{group: part})
        else:
            settings = replace(settings, **{name: getattr(upper, name)})
    return settings
