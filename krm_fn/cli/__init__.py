"""The command line: one file per command.

In: arguments. Out: an exit code; data on standard output, everything else on standard error. A
command parses its options, calls one function and hands the result to `report`.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["run_command"]


def run_command(arguments: Sequence[str]) -> int:
    """Run a command; return its exit code (2 for wrong usage)."""
    from krm_fn.cli.program import program

    try:
        program.main(args=list(arguments), prog_name="krm-fn", standalone_mode=True)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 0
