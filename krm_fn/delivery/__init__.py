"""What delivery tools take: OCI artifacts, Flux objects, metadata of Argo CD's source hydrator.

In: rendered files, rendered objects, and where they are to be found. Out: plans, that is bytes and
plain objects; `doors` and `cli` write and push them. Upstream twins: `fluxcd/pkg/oci` (the format
of artifacts), `fluxcd/pkg/envsubst` (what `$` means to it), Argo CD's `commitserver`.
"""

from krm_fn.delivery.artifact import MANIFEST_TYPE, Artifact, Origin, build_artifact, digest_of
from krm_fn.delivery.flux_objects import Chain, FluxTarget, flux_objects
from krm_fn.delivery.hydrator import HYDRATOR_FILE, hydrator_metadata
from krm_fn.delivery.oci_layout import layout_archive, layout_files
from krm_fn.delivery.reference import Reference, parse_reference
from krm_fn.delivery.substitution import SUBSTITUTE, protect

__all__ = [
    "HYDRATOR_FILE",
    "MANIFEST_TYPE",
    "SUBSTITUTE",
    "Artifact",
    "Chain",
    "FluxTarget",
    "Origin",
    "Reference",
    "build_artifact",
    "digest_of",
    "flux_objects",
    "hydrator_metadata",
    "layout_archive",
    "layout_files",
    "parse_reference",
    "protect",
]
