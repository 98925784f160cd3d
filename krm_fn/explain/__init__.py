"""Provenance → an answer that a person can read.

In: a recorded `RenderResult`, the name of an object and a path inside it. Out: `Explanation`s: the
steps that set a value, and where what their expressions read was written.
"""

from krm_fn.explain.answer import Cause, Explanation, explain, find_objects, parse_path

__all__ = ["Cause", "Explanation", "explain", "find_objects", "parse_path"]
