"""An artifact as files: the OCI image layout."""

from __future__ import annotations

import json
from typing import Final

from krm_fn.delivery.archive import tar
from krm_fn.delivery.artifact import MANIFEST_TYPE, Artifact, digest_of

_NAME: Final = "org.opencontainers.image.ref.name"


def layout_files(artifact: Artifact, tag: str) -> dict[str, bytes]:
    """Lay an artifact out as a folder that `crane push`, `oras` and `skopeo` read."""
    index = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [
            {
                "mediaType": MANIFEST_TYPE,
                "digest": artifact.digest,
                "size": len(artifact.manifest),
                "annotations": {_NAME: tag},
            }
        ],
    }
    blobs = {
        f"blobs/{digest_of(blob).replace(':', '/')}": blob
        for blob in (*artifact.blobs, artifact.manifest)
    }
    return {
        **blobs,
        "index.json": json.dumps(index, separators=(",", ":")).encode(),
        "oci-layout": b'{"imageLayoutVersion":"1.0.0"}',
    }


def layout_archive(artifact: Artifact, tag: str) -> bytes:
    """Lay it out as one tar file."""
    return tar(layout_files(artifact, tag))
