"""What a user is told: findings.

In: nothing of the other rooms. Out: `Finding` (a coded, positioned, actionable sentence), the
`Collector` that gathers them, and `Origin`, the handle by which every room says *where* something
was written. Every code stands in `codes.py` with its severity, title and hint.

Upstream twin: the conditions (type, reason, message) that OpenChoreo's controllers set.
"""

from krm_fn.findings.codes import CODES, Code
from krm_fn.findings.collector import Collector
from krm_fn.findings.finding import Finding, ResourceReference, Severity
from krm_fn.findings.origin import Origin, PathPart, Position, SourceDocument, field_path
from krm_fn.findings.suggest import did_you_mean

__all__ = [
    "CODES",
    "Code",
    "Collector",
    "Finding",
    "Origin",
    "PathPart",
    "Position",
    "ResourceReference",
    "Severity",
    "SourceDocument",
    "did_you_mean",
    "field_path",
]
