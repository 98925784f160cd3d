"""Names, hashes, UIDs and the keys of labels and annotations.

In: plain strings and JSON-like data. Out: strings. Uses no other room.
Upstream twins: `internal/dataplane/kubernetes` (names), `internal/controller/hash`,
`internal/labels`.
"""

from krm_fn.identity import labels
from krm_fn.identity.hashing import fnv1a_32, fnv1a_32_hex, safe_encode
from krm_fn.identity.names import LABEL_LIMIT, NAME_LIMIT, kubernetes_name, sanitize_part
from krm_fn.identity.uids import NAMESPACE_UUID, ZERO_UID, stable_uid

__all__ = [
    "LABEL_LIMIT",
    "NAMESPACE_UUID",
    "NAME_LIMIT",
    "ZERO_UID",
    "fnv1a_32",
    "fnv1a_32_hex",
    "kubernetes_name",
    "labels",
    "safe_encode",
    "sanitize_part",
    "stable_uid",
]
