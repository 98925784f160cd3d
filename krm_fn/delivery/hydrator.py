"""`hydrator.metadata`, the file that Argo CD's source hydrator leaves beside its manifests."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

HYDRATOR_FILE: Final = "hydrator.metadata"


def hydrator_metadata(commands: Sequence[str], repository: str = "") -> bytes:
    """Say which commands made a tree, in the hydrator's form.

    The hydrator's own file also names a commit, its author and its date. They are left out:
    renders of equal content shall be equal, whichever commit they were made from.
    """
    content: dict[str, object] = {}
    if repository:
        content["repoURL"] = repository
    content["commands"] = list(commands)
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()
