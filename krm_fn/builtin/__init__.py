"""The default platform, used where a repository brings no type of that name.

In: a kind and a name. Out: a `Document` of our own writing, read from package data.
"""

from krm_fn.builtin.library import document

__all__ = ["document"]
