"""Bytes in: folders and single files of this machine.

In: a path and the root that nothing may leave. Out: `SourceFile`s (relative name and bytes) in
bytewise order of their names. The only rendering room that opens files.
Upstream twin: `LocalPackageReader` of kustomize's `kyaml/kio`.
"""

from krm_fn.sources.files import SourceFile, read_directory

__all__ = ["SourceFile", "read_directory"]
