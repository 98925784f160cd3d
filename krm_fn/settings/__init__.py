"""What the user asked for: the `Render` configuration as plain frozen data.

In: a decoded functionConfig (kind `Render`, or a ConfigMap with the same settings as flat keys),
command line options or plugin parameters. Out: one `Settings`, the same for every door (decision
D4), or findings with a “did you mean”. Uses only `findings` and `identity`.
"""

from krm_fn.settings.fields import FIELDS, FLAT, Field
from krm_fn.settings.layers import lay_over
from krm_fn.settings.parse import RENDER, ConfigDocument, identity_entries, parse_settings
from krm_fn.settings.settings import (
    IdentitySettings,
    OutputSettings,
    Selection,
    Settings,
    UserPatch,
)

__all__ = [
    "FIELDS",
    "FLAT",
    "RENDER",
    "ConfigDocument",
    "Field",
    "IdentitySettings",
    "OutputSettings",
    "Selection",
    "Settings",
    "UserPatch",
    "identity_entries",
    "lay_over",
    "parse_settings",
]
