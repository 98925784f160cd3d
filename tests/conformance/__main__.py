"""The command line of the runner."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from tests.conformance.discovery import DiscoveryError, Target, discover
from tests.conformance.known import known_differences
from tests.conformance.runner import Report, run


def main(arguments: list[str] | None = None) -> int:
    """Replay what the arguments name. Return 0 when nothing failed, 1 when something did, 2 else.

    The last line printed is `N passed, M failed`; known differences count in neither.
    """
    parser = argparse.ArgumentParser(prog="python -m tests.conformance", description=__doc__)
    parser.add_argument("-v", "--verbose", action="store_true", help="print first differences")
    parser.add_argument("paths", nargs="+", type=Path, metavar="DIR", help="suites to replay")
    options = parser.parse_args(arguments)
    targets: list[Target] = []
    try:
        for path in options.paths:
            targets += [target for target in discover(path) if target not in targets]
    except DiscoveryError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    known = known_differences()
    passed = failed = 0
    for target in targets:
        report = run(target, known.get(target.suite, {}))
        _print(report, verbose=options.verbose)
        passed += report.passed
        failed += len(report.failed)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


def _print(report: Report, *, verbose: bool) -> None:
    print(report.line())
    for identity, detail in report.failed.items():
        print(f"  FAILED {identity}")
        if verbose and detail:
            print("    " + detail.replace("\n", "\n    "))
    if verbose:
        for identity, reason in report.known.items():
            print(f"  known {identity}: {reason}")


if __name__ == "__main__":
    sys.exit(main())
