"""Rendered files → an OCI artifact as Flux's source-controller reads it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from krm_fn.delivery.archive import gzip, tar

MANIFEST_TYPE: Final = "application/vnd.oci.image.manifest.v1+json"
CONFIG_TYPE: Final = "application/vnd.cncf.flux.config.v1+json"
LAYER_TYPE: Final = "application/vnd.cncf.flux.content.v1.tar+gzip"
_EPOCH: Final = "1970-01-01T00:00:00Z"
_CREATED: Final = "org.opencontainers.image.created"
_SOURCE: Final = "org.opencontainers.image.source"
_REVISION: Final = "org.opencontainers.image.revision"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the sources of an artifact are kept; what is empty is not written.

    `created` is the date of the revision in RFC 3339, never the time of the build.
    """

    source: str = ""
    revision: str = ""
    created: str = ""


@dataclass(frozen=True, slots=True)
class Artifact:
    """The three blobs of an artifact. `layer` is a tar.gz of the files."""

    layer: bytes
    config: bytes
    manifest: bytes

    @property
    def digest(self) -> str:
        """The digest of the manifest, by which the artifact is known."""
        return digest_of(self.manifest)

    @property
    def blobs(self) -> tuple[bytes, bytes]:
        """What the manifest refers to, in the order in which it is pushed."""
        return (self.layer, self.config)

    def holds_the_same(self, manifest: Mapping[str, Any]) -> bool:
        """Say whether a manifest has this content and source, whatever its revision.

        The configuration names the digest of the uncompressed content, so another
        implementation of the compression does not matter.
        """
        own = json.loads(self.manifest)
        annotations = manifest.get("annotations") or {}
        return bool(
            manifest.get("config") == own["config"]
            and annotations.get(_SOURCE) == own["annotations"].get(_SOURCE)
        )


def build_artifact(files: Mapping[str, bytes], origin: Origin | None = None) -> Artifact:
    """Pack rendered files (content by slash-separated path).

    Equal files and equal origins give equal bytes; the configuration depends on the files alone.
    """
    said = origin or Origin()
    content = tar(files)
    layer = gzip(content)
    config = _json(
        {
            "architecture": "",
            "config": {},
            "created": _EPOCH,
            "os": "",
            "rootfs": {"diff_ids": [digest_of(content)], "type": "layers"},
        }
    )
    annotations = {_CREATED: said.created or _EPOCH}
    if said.revision:
        annotations[_REVISION] = said.revision
    if said.source:
        annotations[_SOURCE] = said.source
    manifest = _json(
        {
            "schemaVersion": 2,
            "mediaType": MANIFEST_TYPE,
            "config": _descriptor(CONFIG_TYPE, config),
            "layers": [_descriptor(LAYER_TYPE, layer)],
            "annotations": annotations,
        }
    )
    return Artifact(layer, config, manifest)


def digest_of(content: bytes) -> str:
    """Name content as OCI does: `sha256:` and 64 hex digits."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


def _descriptor(media_type: str, content: bytes) -> dict[str, object]:
    return {"mediaType": media_type, "digest": digest_of(content), "size": len(content)}


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
