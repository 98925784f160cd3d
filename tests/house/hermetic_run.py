"""Renders a file while the world is watched: `python -m tests.house.hermetic_run INPUT`.

A process of its own, because audit hooks stay. First render: imports and package data may be read,
nothing else may be opened. Second render, everything being compiled: nothing at all may be opened,
and the clock, chance, environment and processes raise. Prints what was touched, one per line.
"""

from __future__ import annotations

import os
import random
import sys
import sysconfig
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

from krm_fn.findings import Collector
from krm_fn.settings import Settings
from krm_fn.spine import render
from krm_fn.yamlio import parse

_ROOT = Path(__file__).resolve().parents[2]
_OWN = (
    str(_ROOT / "krm_fn"),
    *(sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")),
    sys.prefix,
    sys.base_prefix,
)
_NEVER = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.putenv",
    "os.unsetenv",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.rmdir",
    "shutil.",
    "tempfile.",
    "urllib.",
    "http.",
)

touched: list[str] = []


class _Watch:
    """An audit hook with a switch."""

    def __init__(self) -> None:
        self.on = False
        self.strict = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if not self.on:
            return
        if event.startswith(_NEVER):
            touched.append(f"{event} {arguments!r:.100}")
        elif event in {"open", "os.listdir", "os.scandir"}:
            path = os.fspath(arguments[0]) if not isinstance(arguments[0], int) else "fd"
            path = os.fsdecode(path)
            writing = event == "open" and any(letter in str(arguments[1]) for letter in "wax+")
            if self.strict or writing or not path.startswith(_OWN):
                touched.append(f"{event} {path}")


def _refuse(name: str) -> Callable[..., NoReturn]:
    def refuse(*_: object, **__: object) -> NoReturn:
        touched.append(name)
        raise AssertionError(f"{name} was used while rendering")

    return refuse


class _NoEnvironment(dict[str, str]):
    """An environment that nobody may read."""

    __getitem__ = _refuse("os.environ[]")
    __contains__ = _refuse("in os.environ")
    __iter__ = _refuse("iter(os.environ)")
    get = _refuse("os.environ.get")


def _close_the_world() -> None:
    for module, names in (
        (time, ("time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime", "sleep")),
        (random, ("random", "randint", "choice", "shuffle", "getrandbits")),
        (uuid, ("uuid1", "uuid4")),
        (os, ("urandom", "getenv", "getcwd", "system", "getpid")),
    ):
        for name in names:
            setattr(module, name, _refuse(f"{module.__name__}.{name}"))
    setattr(os, "environ", _NoEnvironment())  # noqa: B010 - the type is not ours to keep


def main(path: Path) -> None:
    """Render twice and print what was touched."""
    content = path.read_bytes()
    settings = Settings(unresolved="warn", yaml="kubernetes")
    watch = _Watch()
    sys.addaudithook(watch)
    if os.environ.get("HERMETIC_SELF_TEST"):
        watch.on = True
        os.getenv("HOME")
        with open(path):
            pass
        import socket

        socket.socket().close()
        watch.on = False
        sys.stdout.write("\n".join(touched))
        return

    def once() -> int:
        findings = Collector()
        documents = parse(content, file="input.yaml", mode="kubernetes", findings=findings)
        return len(render(documents, settings, findings=findings.sorted()).resources)

    watch.on = True
    count = once()
    watch.strict = True
    _close_the_world()
    count += once()
    watch.on = False
    assert count, "nothing was rendered"
    sys.stdout.write("\n".join(touched))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
