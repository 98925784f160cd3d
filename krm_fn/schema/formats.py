"""The string formats that Kubernetes enforces.

Others (`int32`, `regex` …) are ignored, as in the reference. Names are compared without dashes.
Source of the behaviour: the format list of `apiextensions-apiserver` (spec rendering §3.5).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

FormatCheck = Callable[[str], bool]

_DIGITS = frozenset("0123456789")


def _pattern(text: str) -> FormatCheck:
    search = re.compile(text, re.ASCII).fullmatch

    def check(value: str) -> bool:
        return search(value) is not None

    return check


def _uri(value: str) -> bool:
    from urllib.parse import urlsplit

    if not value or any(character.isspace() or ord(character) < ord(" ") for character in value):
        return False
    if value.startswith("/"):
        return True
    try:
        parts = urlsplit(value)
        _ = parts.port
    except ValueError:
        return False
    return bool(parts.scheme)


def _email(value: str) -> bool:
    from email.utils import parseaddr

    name, address = parseaddr(value)
    local, _, domain = address.rpartition("@")
    return bool(local and domain) and (bool(name) or address == value.strip())


def _hostname(value: str) -> bool:
    label = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62}[A-Za-z0-9_])?"
    return len(value) <= 255 and re.fullmatch(rf"{label}(?:\.{label})*\.?", value) is not None


def _internet(version: int) -> FormatCheck:
    def check(value: str) -> bool:
        from ipaddress import ip_address

        try:
            address = ip_address(value)
        except ValueError:
            return False
        return address.version == version

    return check


def _cidr(value: str) -> bool:
    from ipaddress import ip_interface

    if "/" not in value:
        return False
    try:
        ip_interface(value)
    except ValueError:
        return False
    return value.rpartition("/")[2].isdigit()


def _base64(value: str) -> bool:
    from base64 import b64decode

    try:
        b64decode(value.replace("\n", "").replace("\r", ""), validate=True)
    except ValueError:
        return False
    return True


def _luhn(value: str) -> bool:
    digits = [int(character) for character in value if character in _DIGITS]
    if not 13 <= len(digits) <= 19:
        return False
    total = 0
    for index, digit in enumerate(reversed(digits)):
        doubled = digit * 2 if index % 2 else digit
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _isbn10(value: str) -> bool:
    text = value.replace("-", "").replace(" ", "")
    if re.fullmatch(r"[0-9]{9}[0-9X]", text) is None:
        return False
    digits = [10 if character == "X" else int(character) for character in text]
    return sum((10 - index) * digit for index, digit in enumerate(digits)) % 11 == 0


def _isbn13(value: str) -> bool:
    text = value.replace("-", "").replace(" ", "")
    if re.fullmatch(r"[0-9]{13}", text) is None:
        return False
    total = sum(int(digit) * (3 if index % 2 else 1) for index, digit in enumerate(text))
    return total % 10 == 0


def _isbn(value: str) -> bool:
    return _isbn10(value) or _isbn13(value)


def _date(value: str) -> bool:
    from datetime import date

    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) is None:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _date_time(value: str) -> bool:
    match = re.fullmatch(
        r"(\d{4}-\d{2}-\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:[Zz]|[+-]\d{2}:\d{2})",
        value,
        re.ASCII,
    )
    if match is None or not _date(match[1]):
        return False
    return int(match[2]) < 24 and int(match[3]) < 60 and int(match[4]) < 60


_UUID = "[0-9a-fA-F]{{8}}-?[0-9a-fA-F]{{4}}-?{0}[0-9a-fA-F]{{3}}-?{1}[0-9a-fA-F]{{12}}"
_DURATION = (
    r"[+-]?(?:0|(?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)"
    r"|\d+\s*(?:nanoseconds?|nanos?|ns|microseconds?|micros?|us|µs|milliseconds?|millis?|ms"
    r"|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d|weeks?|wks?|w)"
)

_MAKERS: dict[str, Callable[[], FormatCheck]] = {
    "bsonobjectid": lambda: _pattern("[0-9a-fA-F]{24}"),
    "uri": lambda: _uri,
    "email": lambda: _email,
    "hostname": lambda: _hostname,
    "ipv4": lambda: _internet(4),
    "ipv6": lambda: _internet(6),
    "cidr": lambda: _cidr,
    "mac": lambda: _pattern(
        r"(?:[0-9A-Fa-f]{2}[:-]){5}(?:[0-9A-Fa-f]{2}|(?:[0-9A-Fa-f]{2}[:-]){2}[0-9A-Fa-f]{2})"
        r"|(?:[0-9A-Fa-f]{4}\.){2,3}[0-9A-Fa-f]{4}"
    ),
    "uuid": lambda: _pattern(_UUID.format("[0-9a-fA-F]", "[0-9a-fA-F]{4}-?")),
    "uuid3": lambda: _pattern(_UUID.format("3", "[0-9a-fA-F]{4}-?")),
    "uuid4": lambda: _pattern(_UUID.format("4", "[89abAB][0-9a-fA-F]{3}-?")),
    "uuid5": lambda: _pattern(_UUID.format("5", "[89abAB][0-9a-fA-F]{3}-?")),
    "isbn": lambda: _isbn,
    "isbn10": lambda: _isbn10,
    "isbn13": lambda: _isbn13,
    "creditcard": lambda: _luhn,
    "ssn": lambda: _pattern(r"\d{3}[- ]?\d{2}[- ]?\d{4}"),
    "hexcolor": lambda: _pattern("#?(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})"),
    "rgbcolor": lambda: _pattern(
        r"rgb\(\s*(?:0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*,"
        r"\s*(?:0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*,"
        r"\s*(?:0|[1-9]\d?|1\d\d?|2[0-4]\d|25[0-5])\s*\)"
    ),
    "byte": lambda: _base64,
    "date": lambda: _date,
    "duration": lambda: _pattern(_DURATION),
    "datetime": lambda: _date_time,
}


@cache
def format_check(name: str) -> FormatCheck | None:
    """Return the check of a format, or None where the reference enforces nothing."""
    maker = _MAKERS.get(name.replace("-", ""))
    return maker() if maker is not None else None
