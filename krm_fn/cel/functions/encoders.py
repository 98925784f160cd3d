"""Base64 and JSON. Twin: `cel-go/ext/encoders.go`."""

from __future__ import annotations

import base64
import json
import math

from krm_fn.cel.errors import CelError
from krm_fn.cel.operators import checked_size
from krm_fn.cel.values.kinds import Optional, TypeValue, Uint, Value, type_name
from krm_fn.cel.values.mapping import CelMap, sorted_items
from krm_fn.cel.values.text import format_plain_double
from krm_fn.cel.values.time import Duration, Timestamp

_ALPHABET = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
_SAFE_INTEGER = 2**53 - 1
_QUANTUM = 4
_PLAIN_MINIMUM = 1e-6
_PLAIN_MAXIMUM = 1e21
_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def base64_encode(value: bytes) -> str:
    """Return the standard base64 text, padded."""
    return base64.b64encode(value).decode("ascii")


def base64_decode(text: str) -> bytes:
    """Return the bytes of a standard base64 text; padding is optional, newlines are skipped."""
    body = text.replace("\r", "").replace("\n", "")
    stripped = body.rstrip("=")
    padding = len(body) - len(stripped)
    clean = all(letter in _ALPHABET for letter in stripped)
    if clean and (padding == 0 or (len(body) % _QUANTUM == 0 and padding < _QUANTUM - 1)):
        rest = len(stripped) % _QUANTUM
        if rest != 1:
            return base64.b64decode(stripped + "=" * (-len(stripped) % _QUANTUM))
        raise _corrupt(len(text.encode()) - 1)
    position = 0
    for letter in text:
        if letter not in _ALPHABET and letter not in "\r\n":
            break
        position += len(letter.encode("utf-8", "surrogatepass"))
    raise _corrupt(position)


def _corrupt(position: int) -> CelError:
    return CelError("conversion", f"illegal base64 data at input byte {position}")


def json_encode(value: Value) -> str:
    """Return compact JSON with sorted keys; `<`, `>` and `&` are escaped."""
    parts: list[str] = []
    _write(value, parts)
    return str(checked_size("".join(parts)))


def json_string(text: str) -> str:
    """Return a JSON string literal as Go's encoder writes it."""
    return json.dumps(text, ensure_ascii=False).translate(_ESCAPES)


def json_double(number: float) -> str:
    """Return a JSON number as Go's encoder writes it: plain from 1e-6 up to 1e21."""
    size = abs(number)
    if size != 0 and (size < _PLAIN_MINIMUM or size >= _PLAIN_MAXIMUM):
        mantissa, _, exponent = f"{number!r}".partition("e")
        power = int(exponent)
        sign = "-" if power < 0 else "+"
        return f"{mantissa.removesuffix('.0')}e{sign}{abs(power):02d}".replace("e-0", "e-")
    return format_plain_double(number)


def _write(value: Value, parts: list[str]) -> None:
    kind = type(value)
    if kind is list:
        separator = "["
        for item in value:
            parts.append(separator)
            _write(item, parts)
            separator = ","
        parts.append("]" if value else "[]")
    elif kind in (dict, CelMap):
        separator = "{"
        for key, each in sorted_items(value):
            parts.append(separator + json_string(_key(key)) + ":")
            _write(each, parts)
            separator = ","
        parts.append("}" if len(value) else "{}")
    else:
        parts.append(_scalar(value))


def _key(key: Value) -> str:
    if type(key) is str:
        return str(key)
    if type(key) is bool:
        raise CelError("conversion", "type conversion error from bool to 'string'")
    message = f"unsupported type conversion from '{type_name(key)}' to string"
    raise CelError("conversion", message)


def _scalar(value: Value) -> str:
    kind = type(value)
    if kind is str:
        return json_string(value)
    if value is None:
        return "null"
    if kind is bool:
        return "true" if value else "false"
    if kind in (int, Uint):
        return str(int(value)) if abs(value) <= _SAFE_INTEGER else f'"{int(value)}"'
    if kind is float:
        if not math.isfinite(value):
            name = "NaN" if math.isnan(value) else "+Inf" if value > 0 else "-Inf"
            message = f"proto:\u00a0google.protobuf.Value.number_value: invalid {name} value"
            raise CelError("other", message)
        return json_double(value)
    if kind is bytes:
        return f'"{base64_encode(value)}"'
    if kind in (Timestamp, Duration):
        return f'"{value}"'
    if kind is Optional:
        if not value.present:
            raise CelError("optional_none_dereference", "optional.none() dereference")
        return json_encode(value.value)
    name = "type" if kind is TypeValue else type_name(value)
    raise CelError("other", f"type conversion not supported for '{name}'")


FUNCTIONS = {
    "base64.decode": {"base64.decode(string) -> bytes": base64_decode},
    "base64.encode": {"base64.encode(bytes) -> string": base64_encode},
    "json.encode": {"json.encode(dyn) -> string": json_encode},
}
