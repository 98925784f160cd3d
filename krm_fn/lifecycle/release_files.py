"""Where cut releases are written."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from krm_fn import yamlio
from krm_fn.catalog import Catalog
from krm_fn.lifecycle.releases import Release

_FOLDER: Final = "releases"


def release_files(releases: Iterable[Release]) -> dict[str, bytes]:
    """Name and write the file of every release that is not in Git yet.

    Out: content by path relative to the repository: `releases/<name>.yaml` in the folder of the
    file that holds the owner.
    """
    files: dict[str, bytes] = {}
    for release in releases:
        if release.known:
            continue
        folder, slash, _ = release.owner.document.file.rpartition("/")
        path = f"{folder}{slash}{_FOLDER}/{release.name}.yaml"
        files[path] = yamlio.dump(release.object).encode()
    return files


def dated(catalog: Catalog, releases: Iterable[Release], day: str) -> list[Release]:
    """Name new releases `<owner>-<day>-<n>`, the first free number of that day (decision D12).

    `day` is written `yyyymmdd`.
    """
    named: list[Release] = []
    for release in releases:
        if release.known:
            named.append(release)
            continue
        stem = f"{release.owner.name}-{day}-"
        numbers = [
            int(found[1])
            for item in catalog.of_kind(str(release.object["kind"]))
            if item.namespace == release.owner.namespace
            and (found := re.fullmatch(rf"{re.escape(stem)}(\d+)", item.name))
        ]
        metadata = release.object["metadata"]
        assert isinstance(metadata, dict)
        name = f"{stem}{max(numbers, default=0) + 1}"
        renamed = {**release.object, "metadata": {**metadata, "name": name}}
        named.append(replace(release, object=renamed))
    return named
