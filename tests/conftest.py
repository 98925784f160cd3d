"""Settings of the whole test suite.

With KRM_FN_REQUIRE_ALL=1 (continuous integration) a test that would be skipped fails instead: no
vector set and no host may be missing there.
"""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

_INHERENT = {"root reads everything"}
"""Reasons that no installation can cure."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn a skip into a failure where everything is required."""
    report = yield
    required = os.environ.get("KRM_FN_REQUIRE_ALL") and not hasattr(report, "wasxfail")
    if report.skipped and required and str(call.excinfo and call.excinfo.value) not in _INHERENT:
        report.outcome = "failed"
        report.longrepr = f"skipped, yet required: {call.excinfo and call.excinfo.value}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Do the same for a whole file."""
    report = yield
    if report.skipped and os.environ.get("KRM_FN_REQUIRE_ALL"):
        report.outcome = "failed"
    return report
