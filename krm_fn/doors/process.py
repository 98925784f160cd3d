"""The function as a process: standard streams, signals, exit codes."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Final

from krm_fn.doors.krm import FOUND_ERRORS, Answer, answer
from krm_fn.findings import CODES
from krm_fn.report import grouped, one_line

TERMINATED: Final = 128 + signal.SIGTERM
DEBUG: Final = "KRM_FN_DEBUG"


def run_function() -> int:
    """Read a ResourceList on standard input, write one on standard output; return the exit code.

    Findings go to standard error, one per line. The output is written at the end and at once.
    """
    end_on_signals()
    content = sys.stdin.buffer.read() if sys.stdin is not None else b""
    return deliver(answer(content, Path(), debug=debugging()))


def deliver(said: Answer) -> int:
    """Write an answer to the standard streams; return the exit code."""
    write_error("".join(f"{one_line(finding)}\n" for finding in grouped(said.findings)))
    if not write_output(said.text.encode()):
        return FOUND_ERRORS
    return said.exit_code


def debugging() -> bool:
    """Whether bugs shall show their traceback."""
    return bool(os.environ.get(DEBUG))


def end_on_signals() -> None:
    """End with exit code 143 on SIGTERM, without a traceback and with clean-up."""

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        raise SystemExit(TERMINATED)

    signal.signal(signal.SIGTERM, end)


def write_output(content: bytes) -> bool:
    """Write to standard output; False, said on standard error, if nobody reads it any more."""
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # What is still buffered must not be flushed again when the interpreter ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = CODES["output-closed"]
        write_error(f"error: {code.name}: {code.title}; hint: {code.hint}\n")
        return False
    except OSError as error:
        write_error(f"error: output-closed: standard output: {error.strerror}\n")
        return False
    return True


def write_error(text: str) -> None:
    """Write UTF-8 to standard error, whatever the locale; a closed one is no error."""
    if not text or sys.stderr is None:
        return
    try:
        sys.stderr.flush()
        sys.stderr.buffer.write(text.encode("utf-8", "replace"))
        sys.stderr.buffer.flush()
    except (BrokenPipeError, ValueError):
        return
