"""Getters of timestamps and durations. Twin: `cel-go/common/types/timestamp.go`."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

from krm_fn.cel.errors import CelError
from krm_fn.cel.values.kinds import Value
from krm_fn.cel.values.time import NANOSECONDS, Duration, Timestamp, civil

if TYPE_CHECKING:
    from datetime import tzinfo

_DAY = 86_400
_FIRST_DAY = 4


def _offset(zone: str, seconds: int) -> int:
    """Return the offset of a zone (name or `[+-]hh:mm`) in seconds at a moment."""
    if ":" in zone:
        hours, _, minutes = zone.partition(":")
        if not (hours.lstrip("+-").isdecimal() and minutes.isdecimal()):
            raise CelError("other", f"unknown time zone {zone}")
        sign = -1 if zone.startswith("-") else 1
        return sign * (abs(int(hours)) * 3600 + int(minutes) * 60)
    if zone in ("", "UTC"):
        return 0
    from datetime import UTC, datetime, timedelta

    rules = _rules(zone)
    if rules is None:
        raise CelError("other", f"unknown time zone {zone}")
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    found = moment.astimezone(rules).utcoffset()
    return int(found.total_seconds()) if found is not None else 0


@lru_cache(maxsize=1024)
def _rules(zone: str) -> tzinfo | None:
    """Read a zone from the table that is installed with us, never from the machine's own.

    The path that `zoneinfo` searches belongs to the whole process and is left alone.
    """
    from importlib.resources import files
    from zoneinfo import ZoneInfo

    parts = zone.split("/")
    if not all(part.replace("_", "").replace("-", "").replace("+", "").isalnum() for part in parts):
        return None
    table = files("tzdata").joinpath("zoneinfo", *parts)
    if not table.is_file():
        return None
    with table.open("rb") as file:
        try:
            return ZoneInfo.from_file(file, key=zone)
        except ValueError:
            return None


def _local(moment: Timestamp, zone: str) -> tuple[int, int]:
    """Return the day (since 1970-01-01) and the second of the day in a zone."""
    seconds = moment.nanoseconds // NANOSECONDS
    return divmod(seconds + (_offset(zone, seconds) if zone else 0), _DAY)


def get_full_year(moment: Timestamp, zone: str = "") -> int:
    """Return the year."""
    return civil(_local(moment, zone)[0])[0]


def get_month(moment: Timestamp, zone: str = "") -> int:
    """Return the month, January being 0."""
    return civil(_local(moment, zone)[0])[1] - 1


def get_date(moment: Timestamp, zone: str = "") -> int:
    """Return the day of the month, the first being 1."""
    return civil(_local(moment, zone)[0])[2]


def get_day_of_month(moment: Timestamp, zone: str = "") -> int:
    """Return the day of the month, the first being 0."""
    return get_date(moment, zone) - 1


def get_day_of_week(moment: Timestamp, zone: str = "") -> int:
    """Return the day of the week, Sunday being 0."""
    return (_local(moment, zone)[0] + _FIRST_DAY) % 7


def get_day_of_year(moment: Timestamp, zone: str = "") -> int:
    """Return the day of the year, 1 January being 0."""
    from datetime import date

    day = _local(moment, zone)[0]
    return day + 719_163 - date(civil(day)[0], 1, 1).toordinal()


def _total(span: Duration, unit: int) -> int:
    whole = abs(span.nanoseconds) // unit
    return -whole if span.nanoseconds < 0 else whole


def get_hours(value: Value, zone: str = "") -> int:
    """Return the hour of the day, or the whole hours of a duration."""
    if type(value) is Duration:
        return _total(value, 3600 * NANOSECONDS)
    return _local(value, zone)[1] // 3600


def get_minutes(value: Value, zone: str = "") -> int:
    """Return the minute of the hour, or the whole minutes of a duration."""
    if type(value) is Duration:
        return _total(value, 60 * NANOSECONDS)
    return _local(value, zone)[1] // 60 % 60


def get_seconds(value: Value, zone: str = "") -> int:
    """Return the second of the minute, or the whole seconds of a duration."""
    if type(value) is Duration:
        return _total(value, NANOSECONDS)
    return _local(value, zone)[1] % 60


def get_milliseconds(value: Value, zone: str = "") -> int:
    """Return the milliseconds of the second, or the whole milliseconds of a duration."""
    if type(value) is Duration:
        return _total(value, 1_000_000)
    if zone:
        _offset(zone, 0)
    return int(value.nanoseconds % NANOSECONDS // 1_000_000)


def _signatures(
    name: str, function: Callable[..., int], *, durations: bool = False
) -> dict[str, Callable[..., int]]:
    signatures = {
        f"google.protobuf.Timestamp.{name}() -> int": function,
        f"google.protobuf.Timestamp.{name}(string) -> int": function,
    }
    if durations:
        signatures[f"google.protobuf.Duration.{name}() -> int"] = function
    return signatures


FUNCTIONS = {
    "getDate": _signatures("getDate", get_date),
    "getDayOfMonth": _signatures("getDayOfMonth", get_day_of_month),
    "getDayOfWeek": _signatures("getDayOfWeek", get_day_of_week),
    "getDayOfYear": _signatures("getDayOfYear", get_day_of_year),
    "getFullYear": _signatures("getFullYear", get_full_year),
    "getHours": _signatures("getHours", get_hours, durations=True),
    "getMilliseconds": _signatures("getMilliseconds", get_milliseconds, durations=True),
    "getMinutes": _signatures("getMinutes", get_minutes, durations=True),
    "getMonth": _signatures("getMonth", get_month),
    "getSeconds": _signatures("getSeconds", get_seconds, durations=True),
}
