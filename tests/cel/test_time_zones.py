"""Time zones come from one table on every machine."""

from __future__ import annotations

import zoneinfo
from pathlib import Path

import pytest

from krm_fn.cel.errors import CelError
from krm_fn.cel.functions.time import _offset

_JANUARY = 1_767_225_600
_JULY = 1_782_864_000


def test_the_offset_follows_the_season() -> None:
    assert _offset("Europe/Berlin", _JANUARY) == 3600
    assert _offset("Europe/Berlin", _JULY) == 7200
    assert _offset("America/Argentina/Buenos_Aires", _JULY) == -10800
    assert _offset("Etc/GMT+5", _JULY) == -18000


def test_the_table_of_the_machine_is_never_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a wrong table in the machine's place the answer stays."""
    source = Path(zoneinfo.__file__).parent  # any directory that exists
    assert source.exists()
    (tmp_path / "Asia").mkdir()
    (tmp_path / "Asia" / "Tokyo").write_bytes(b"no table")
    before = zoneinfo.TZPATH
    zoneinfo.reset_tzpath([str(tmp_path)])
    try:
        assert _offset("Asia/Tokyo", _JULY) == 32400
    finally:
        zoneinfo.reset_tzpath(before)


@pytest.mark.parametrize(
    "name", ["Europe/Atlantis", "../../etc/passwd", "/etc/localtime", "Europe", "Local", "a//b"]
)
def test_unknown_names_are_errors(name: str) -> None:
    with pytest.raises(CelError, match="unknown time zone"):
        _offset(name, 0)
