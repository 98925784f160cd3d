"""The name of an artifact in a registry."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SCHEME: Final = "oci://"
_REFERENCE: Final = re.compile(
    r"(?P<registry>[A-Za-z0-9.-]+(?::[0-9]+)?|\[[0-9a-fA-F:]+\](?::[0-9]+)?)"
    r"/(?P<repository>[a-z0-9]+(?:[._/-]+[a-z0-9]+)*)"
    r"(?::(?P<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?"
)
_LOOPBACK: Final = re.compile(r"localhost|127(?:\.[0-9]{1,3}){3}|\[::1\]")


@dataclass(frozen=True, slots=True)
class Reference:
    """`registry` with its port, `repository` without a slash at its ends, `tag`."""

    registry: str
    repository: str
    tag: str

    @property
    def url(self) -> str:
        """The repository as `OCIRepository` names it."""
        return f"{_SCHEME}{self.registry}/{self.repository}"

    @property
    def is_loopback(self) -> bool:
        """Whether the registry is on this machine, and so spoken to in plain HTTP."""
        host = re.sub(r":[0-9]+$", "", self.registry)
        return _LOOPBACK.fullmatch(host) is not None

    def __str__(self) -> str:
        return f"{self.url}:{self.tag}"


def parse_reference(text: str, tag: str) -> Reference:
    """Read `oci://REGISTRY/REPOSITORY[:TAG]`; `tag` stands in for a missing one.

    Raises ValueError, with a sentence, for anything else.
    """
    if not text.startswith(_SCHEME):
        raise ValueError(f"{text} does not begin with {_SCHEME}")
    found = _REFERENCE.fullmatch(text.removeprefix(_SCHEME))
    if found is None:
        raise ValueError(f"{text} is not of the form {_SCHEME}REGISTRY/REPOSITORY:TAG")
    return Reference(found["registry"], found["repository"], found["tag"] or tag)
