"""Archives whose bytes depend on nothing but names and content."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Mapping
from typing import Final

_MODE: Final = 0o644
# Magic, deflate, no flags, no time, best compression, unknown operating system (RFC 1952).
_GZIP_HEADER: Final = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"


def tar(files: Mapping[str, bytes]) -> bytes:
    """Write a tar archive: entries sorted by name, time 0, owner 0, mode 0644.

    In: content by slash-separated relative path. Folders have no entries: every reader makes them.
    """
    import tarfile

    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name in sorted(files, key=str.encode):
            entry = tarfile.TarInfo(name)
            entry.size = len(files[name])
            entry.mode = _MODE
            archive.addfile(entry, io.BytesIO(files[name]))
    return written.getvalue()


def gzip(content: bytes) -> bytes:
    """Compress without a time or the name of a system in the header.

    The compressed bytes are those of the zlib at hand: another implementation of it may find a
    shorter form of the same content.
    """
    deflate = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = deflate.compress(content) + deflate.flush()
    return _GZIP_HEADER + body + struct.pack("<II", zlib.crc32(content), len(content) & 0xFFFFFFFF)
