"""The default platform, used where a repository brings none of its own.

In: a kind and a name, or a `Catalog` that misses something. Out: a `Document` of our own writing,
its text, or the admitted `CatalogResource`. Read from package data, and only when it is wanted.
"""

from krm_fn.builtin.fallback import BuiltinPlatform, report_borrowed
from krm_fn.builtin.library import NAMES, document, text

__all__ = ["NAMES", "BuiltinPlatform", "document", "report_borrowed", "text"]
