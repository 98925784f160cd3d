"""Bytes in: folders, single files, memory.

In: a path and the root that nothing may leave. Out: `SourceFile`s (relative name and bytes) in
bytewise order of their names, or the `Document`s in them. The only rendering room that opens files.
Upstream twins: the readers of kustomize's `kyaml/kio` (`LocalPackageReader`) and of kubectl.
"""

from krm_fn.sources.documents import read_directory, read_files, read_memory
from krm_fn.sources.files import SourceFile, find_files

__all__ = ["SourceFile", "find_files", "read_directory", "read_files", "read_memory"]
