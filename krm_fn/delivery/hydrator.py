"""`hydrator.metadata`, the file that Argo CD's source hydrator leaves beside its manifests."""

from __future__ import annotations

import json
import shlex
from typing import Final

from krm_fn.settings import Selection

HYDRATOR_FILE: Final = "hydrator.metadata"


def hydrator_metadata(select: Selection) -> bytes:
    """Say which command made a tree, in the hydrator's form.

    The hydrator's own file also names a commit, its author and its date. They are left out, and
    so are folders: renders of equal content shall be equal, from whichever commit and wherever.
    """
    command = ["krm-fn", "render"]
    for option, names in (
        ("--environment", select.environments),
        ("--project", select.projects),
        ("--component", select.components),
        ("--namespace", select.namespaces),
    ):
        for name in sorted(names):
            command += [option, name]
    return (json.dumps({"commands": [shlex.join(command)]}, indent=2) + "\n").encode()
