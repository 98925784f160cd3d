"""Prints one table per case: warm render, cold render, whole process; medians of several runs.

`warm / load` and `whole / import yaml` compare with work measured at the same time on the same
machine, so that they mean the same on any machine.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bench.measure import Measurement, measure

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Measure the cases of the vectors. Return 1 when they are absent."""
    shared = ROOT / os.environ.get("KRM_FN_SHARED", "../shared")
    folder = (shared / "golden" / "component").resolve()
    for number in ("001", "185"):
        found = sorted(folder.glob(f"{number}-*"))
        if not found:
            print(f"{folder} holds no case {number}: set KRM_FN_SHARED", file=sys.stderr)
            return 1
        _print(found[0].name, measure(found[0] / "input.yaml"))
    return 0


def _print(name: str, found: Measurement) -> None:
    print(name)
    print(f"  warm render             {found.warm:8.3f} ms")
    print(f"  PyYAML C load           {found.load:8.3f} ms")
    print(f"  warm / load             {found.warm / found.load:8.3f}")
    print(f"  warm, catalog included  {found.warm_with_catalog:8.3f} ms")
    print(f"  parse                   {found.parse:8.3f} ms")
    print(f"  cold render             {found.cold:8.1f} ms")
    print(f"  whole process           {found.whole:8.1f} ms")
    print(f"  python -c 'import yaml' {found.yardstick:8.1f} ms")
    print(f"  whole / import yaml     {found.whole / found.yardstick:8.2f}")


if __name__ == "__main__":
    sys.exit(main())
