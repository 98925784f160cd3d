"""Findings as people and machines read them.

In: findings. Out: text for a terminal or a log, JSON data, and the `results` of a ResourceList
(KRM Functions Specification v1). Nothing here prints: doors and commands do.
"""

from krm_fn.report.grouping import grouped
from krm_fn.report.krm import krm_results
from krm_fn.report.machine import json_report
from krm_fn.report.text import one_line, text_report

__all__ = ["grouped", "json_report", "krm_results", "one_line", "text_report"]
