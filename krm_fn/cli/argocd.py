"""`krm-fn argocd`: the commands of the config management plugin."""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Final

import click

from krm_fn.doors.krm import FOUND_ERRORS, MISUSE, SUCCESS, bug_text
from krm_fn.doors.process import debugging, end_on_signals, write_error, write_output

DEADLINE: Final = "KRM_FN_DEADLINE"
_DEFAULT_DEADLINE: Final = 50.0


@click.group("argocd")
def argocd() -> None:
    """Serve Argo CD as a config management plugin (see plugin.yaml)."""
    end_on_signals()


@argocd.command()
def generate() -> None:
    """Print the manifests of the application in the working directory.

    Settings come from ARGOCD_APP_PARAMETERS, then ARGOCD_ENV_*, then krm-fn.yaml. Ends by itself
    after KRM_FN_DEADLINE seconds (default 50), before the server would kill it.
    """
    from krm_fn.doors.argocd import generate as generate_manifests
    from krm_fn.doors.argocd import short_report

    _start_deadline()
    try:
        done = generate_manifests(Path(), os.environ)
    except Exception as error:  # the outermost layer: Argo CD must get a sentence
        if debugging():
            raise
        write_error(f"error: internal-error: {bug_text(error)}\n")
        raise SystemExit(FOUND_ERRORS) from None
    write_error(short_report(done.findings, failed=done.failed))
    if done.misused:
        raise SystemExit(MISUSE)
    if done.failed or not write_output(done.stream):
        raise SystemExit(FOUND_ERRORS)
    raise SystemExit(SUCCESS)


@argocd.command()
def discover() -> None:
    """Print why the plugin wants the working directory; nothing if it does not."""
    from krm_fn.doors.argocd import discover as reason

    text = reason(Path())
    write_output(f"{text}\n".encode() if text else b"")


@argocd.command()
def parameters() -> None:
    """Print the parameter announcements of the working directory as JSON."""
    from krm_fn.doors.argocd import parameters as announcements

    write_output(json.dumps(announcements(Path(), os.environ), indent=2).encode() + b"\n")


@argocd.command()
def paths() -> None:
    """Print the value for argocd.argoproj.io/manifest-generate-paths.

    Run it in the application's folder, with the application's parameters in the environment.
    """
    from krm_fn.doors.argocd import generate_paths

    write_output(f"{generate_paths(Path(), os.environ)}\n".encode())


def _start_deadline() -> None:
    text = os.environ.get(DEADLINE, "")
    try:
        seconds = float(text) if text else _DEFAULT_DEADLINE
    except ValueError:
        write_error(f"error: {DEADLINE} is {text!r}, not a number of seconds\n")
        raise SystemExit(2) from None

    def end(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        write_error(
            f"error: rendering took longer than {seconds:g} s and was given up; render less per"
            f" Application (environments, projects) or set {DEADLINE}\n"
        )
        sys.stderr.flush()
        os._exit(FOUND_ERRORS)

    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
