"""Releases in Git: what to cut from the current sources.

In: a catalog and settings. Out: plans (objects and the files they belong in); `doors` and `cli`
carry them out. Upstream twins: the release cutting of `internal/controller/{component,project,
resource}` and `internal/occ/fsmode/generator`.
"""

from krm_fn.lifecycle.releases import Release, cut_releases, release_hash

__all__ = ["Release", "cut_releases", "release_hash"]
