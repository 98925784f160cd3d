"""Replays suites and counts."""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tests.conformance.discovery import Target
from tests.conformance.outcome import Outcome

SUITES = "tests.conformance.suites"


@dataclass(slots=True)
class Report:
    """What replaying one suite gave. `failed` and `known` are id → text."""

    suite: str
    passed: int = 0
    failed: dict[str, str] = field(default_factory=dict)
    known: dict[str, str] = field(default_factory=dict)
    unjudged: int = 0

    def line(self) -> str:
        """Return the closing line of the suite."""
        text = f"{self.suite}: {self.passed} passed, {len(self.failed)} failed"
        if self.known:
            text += f", {len(self.known)} known"
        if self.unjudged:
            text += f", {self.unjudged} not judged"
        return text


def run(target: Target, known: Mapping[str, str]) -> Report:
    """Replay a suite. `known` holds the wanted differences of this suite, id → reason."""
    module = f"{SUITES}.{target.suite.replace('-', '_')}"
    try:
        replay = importlib.import_module(module).replay
    except ModuleNotFoundError as error:
        if error.name != module:
            raise
        return Report(target.suite, failed={"(suite)": f"nobody replays it: {module} is absent"})
    return judge(target, replay(target.path), known)


def judge(target: Target, outcomes: Iterable[Outcome], known: Mapping[str, str]) -> Report:
    """Count outcomes.

    A known difference that passes is a failure, and so is one whose vector is gone, an id that
    occurs twice, and a suite without a single vector to judge.
    """
    report = Report(target.suite)
    seen: set[str] = set()
    for outcome in outcomes:
        if outcome.id in seen:
            report.failed[outcome.id] = "the id occurs twice"
        seen.add(outcome.id)
        if outcome.unjudged:
            report.unjudged += 1
        elif outcome.id in known and outcome.passed:
            report.failed[outcome.id] = "passes, yet stands in known_differences.toml: take it out"
        elif outcome.id in known:
            report.known[outcome.id] = known[outcome.id]
        elif outcome.passed:
            report.passed += 1
        else:
            report.failed[outcome.id] = outcome.detail
    if target.whole:
        for identity in sorted(set(known) - seen):
            report.failed[identity] = "stands in known_differences.toml and is no vector"
    if len(seen) == report.unjudged:
        report.failed["(suite)"] = f"no vector to judge at {target.path}"
    return report
