"""Durations and timestamps with nanosecond precision.

Twin: `cel-go/common/types/duration.go` and `timestamp.go`. `datetime` is not used for values: it
stops at microseconds. Texts: durations as decimal seconds (`1.5s`), timestamps as RFC 3339.
"""

from __future__ import annotations

import re
from functools import total_ordering

from krm_fn.cel.errors import CelError
from krm_fn.cel.values.kinds import DURATION, INT_MAX, INT_MIN, TIMESTAMP, register_type

NANOSECONDS = 1_000_000_000
TIMESTAMP_MIN = -62_135_596_800 * NANOSECONDS
TIMESTAMP_MAX = 253_402_300_800 * NANOSECONDS - 1

_UNITS = {
    "ns": 1,
    "us": 1_000,
    "µs": 1_000,
    "μs": 1_000,
    "ms": 1_000_000,
    "s": NANOSECONDS,
    "m": 60 * NANOSECONDS,
    "h": 3600 * NANOSECONDS,
}
_PART = re.compile(r"([0-9]*)(?:\.([0-9]*))?(ns|us|µs|μs|ms|s|m|h)")
_RFC3339 = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:[.,]([0-9]+))?"
    r"(Z|([+-])([0-9]{2}):([0-9]{2}))"
)


@total_ordering
class Duration:
    """A signed span of time. `nanoseconds` fits an int64."""

    __slots__ = ("nanoseconds",)

    def __init__(self, nanoseconds: int) -> None:
        self.nanoseconds = nanoseconds

    def __eq__(self, other: object) -> bool:
        return type(other) is Duration and self.nanoseconds == other.nanoseconds

    def __lt__(self, other: Duration) -> bool:
        return self.nanoseconds < other.nanoseconds

    def __hash__(self) -> int:
        return hash((Duration, self.nanoseconds))

    def __repr__(self) -> str:
        return f"Duration({self})"

    def __str__(self) -> str:
        whole, rest = divmod(abs(self.nanoseconds), NANOSECONDS)
        sign = "-" if self.nanoseconds < 0 else ""
        fraction = f".{rest:09d}".rstrip("0") if rest else ""
        return f"{sign}{whole}{fraction}s"


@total_ordering
class Timestamp:
    """A moment, as nanoseconds since 1970-01-01T00:00:00Z, in the years 1 to 9999.

    `offset` is the offset (seconds east of UTC) it was written with. It takes no part in
    comparisons and in the text of CEL; only the text outside CEL has it, as in the reference.
    """

    __slots__ = ("nanoseconds", "offset")

    def __init__(self, nanoseconds: int, offset: int = 0) -> None:
        self.nanoseconds = nanoseconds
        self.offset = offset

    def __eq__(self, other: object) -> bool:
        return type(other) is Timestamp and self.nanoseconds == other.nanoseconds

    def __lt__(self, other: Timestamp) -> bool:
        return self.nanoseconds < other.nanoseconds

    def __hash__(self) -> int:
        return hash((Timestamp, self.nanoseconds))

    def __repr__(self) -> str:
        return f"Timestamp({self})"

    def __str__(self) -> str:
        return self._text(0)

    def written(self) -> str:
        """Return the RFC 3339 text with the offset the moment was written with."""
        return self._text(self.offset)

    def _text(self, offset: int) -> str:
        seconds, rest = divmod(self.nanoseconds + offset * NANOSECONDS, NANOSECONDS)
        days, second = divmod(seconds, 86_400)
        year, month, day = civil(days)
        fraction = f".{rest:09d}".rstrip("0") if rest else ""
        clock = f"{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
        minutes = abs(offset) // 60
        sign = "-" if offset < 0 else "+"
        zone = f"{sign}{minutes // 60:02d}:{minutes % 60:02d}" if offset else "Z"
        return f"{year:04d}-{month:02d}-{day:02d}T{clock}{fraction}{zone}"


register_type(Duration, DURATION)
register_type(Timestamp, TIMESTAMP)


def civil(days: int) -> tuple[int, int, int]:
    """Return year, month and day of a count of days since 1970-01-01."""
    from datetime import date

    found = date.fromordinal(days + 719_163)
    return found.year, found.month, found.day


def make_duration(nanoseconds: int) -> Duration:
    """Return a duration; raise `overflow` outside int64 nanoseconds."""
    if INT_MIN <= nanoseconds <= INT_MAX:
        return Duration(nanoseconds)
    raise CelError("overflow", "integer overflow")


def make_timestamp(nanoseconds: int, offset: int = 0) -> Timestamp:
    """Return a timestamp; raise `overflow` outside the years 1 to 9999."""
    if TIMESTAMP_MIN <= nanoseconds <= TIMESTAMP_MAX:
        return Timestamp(nanoseconds, offset)
    raise CelError("overflow", "timestamp overflow")


def parse_duration(text: str) -> Duration:
    """Read the text form of Go's `time.ParseDuration`, such as `1h30m` or `-1.5s`."""
    failure = CelError(
        "conversion", "type conversion error from 'string' to 'google.protobuf.Duration'"
    )
    body = text[1:] if text[:1] in ("+", "-") else text
    if body == "0":
        return Duration(0)
    position = 0
    total = 0
    while position < len(body):
        match = _PART.match(body, position)
        if match is None or not (match[1] or match[2]):
            raise failure
        unit = _UNITS[match[3]]
        total += int(match[1] or 0) * unit
        if match[2]:
            total += int(match[2]) * unit // 10 ** len(match[2])
        position = match.end()
    if text.startswith("-"):
        total = -total
    if not body or not INT_MIN <= total <= INT_MAX:
        raise failure
    return Duration(total)


def parse_timestamp(text: str) -> Timestamp:
    """Read an RFC 3339 moment; the letters T and Z must be capitals."""
    from datetime import date

    failure = CelError(
        "conversion", "type conversion error from 'string' to 'google.protobuf.Timestamp'"
    )
    match = _RFC3339.fullmatch(text)
    if match is None:
        raise failure
    year, month, day, hour, minute, second = (int(match[group]) for group in range(1, 7))
    try:
        days = date(year, month, day).toordinal() - 719_163
    except ValueError as error:
        raise failure from error
    if hour > 23 or minute > 59 or second > 59:
        raise failure
    offset = 0
    if match[9]:
        if int(match[10]) > 24 or int(match[11]) > 59:
            raise failure
        offset = (int(match[10]) * 60 + int(match[11])) * (60 if match[9] == "+" else -60)
    seconds = days * 86_400 + hour * 3600 + minute * 60 + second - offset
    fraction = int((match[7] or "0")[:9].ljust(9, "0"))
    return make_timestamp(seconds * NANOSECONDS + fraction, offset)
