"""The reference page tells every setting as it is."""

from __future__ import annotations

from krm_fn.settings.reference import settings_table
from tests.hosts import ROOT


def test_the_table_of_settings_is_fresh() -> None:
    page = (ROOT / "docs" / "reference" / "function.md").read_text(encoding="utf-8")
    assert settings_table() in page
