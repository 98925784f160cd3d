"""Finished resources → bytes.

In: the rendered objects in output order. Out: the text of one stream, or the names of the files in
which they are kept. Upstream twin: none; the reference applies what it renders.
"""

from krm_fn.emit.placement import file_paths
from krm_fn.emit.stream import Format, document, stream

__all__ = ["Format", "document", "file_paths", "stream"]
