"""Releases in Git: cut from the current sources, promoted and rolled back.

In: a catalog and settings. Out: plans (releases and the files they belong in, changes of pins, the
changed text of a file); `cli` carries them out. Upstream twins: the release cutting of
`internal/controller/{component,project,resource}` and `internal/occ/fsmode/generator`.
"""

from krm_fn.lifecycle.edits import with_spec_field
from krm_fn.lifecycle.pins import (
    Pin,
    find_binding,
    find_component,
    pin,
    promote,
    releases_of,
)
from krm_fn.lifecycle.release_files import dated, release_files
from krm_fn.lifecycle.releases import Release, cut_releases, release_hash

__all__ = [
    "Pin",
    "Release",
    "cut_releases",
    "dated",
    "find_binding",
    "find_component",
    "pin",
    "promote",
    "release_files",
    "release_hash",
    "releases_of",
    "with_spec_field",
]
