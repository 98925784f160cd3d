"""The program `krm-fn`: the KRM function, or the command line.

Nothing is imported before it is known which of the two is wanted: a host starts one process for
every build.
"""

from __future__ import annotations

import gc
import os
import sys


def main() -> int:
    """Run the function (no arguments, something on standard input) or a command.

    Returns the exit code: 0, 1 for error findings, 2 for misuse, 130 and 143 for signals.
    """
    # A run makes many objects, keeps nearly all of them and ends: looking for cyclic garbage
    # costs a third of a large render and finds nothing.
    gc.set_threshold(1_000_000)
    arguments = sys.argv[1:]
    try:
        if arguments == ["--version"]:
            from krm_fn import __version__

            sys.stdout.write(f"krm-fn {__version__}\n")
            return 0
        if not arguments and not _interactive():
            from krm_fn.doors.process import run_function

            return run_function()
        if arguments and arguments[0].startswith("/"):
            from krm_fn.doors.legacy import is_plugin_call, run_plugin

            if is_plugin_call(arguments):
                return run_plugin(arguments[0])
        from krm_fn.cli import run_command

        return run_command(arguments)
    except KeyboardInterrupt:
        return 130


def _interactive() -> bool:
    """Whether a person, or their shell's completion, has started the program."""
    return "_KRM_FN_COMPLETE" in os.environ or (sys.stdin is not None and sys.stdin.isatty())


if __name__ == "__main__":
    sys.exit(main())
