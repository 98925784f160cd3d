"""A sign of life on a terminal while a command takes long."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import Final, Self

_PATIENCE: Final = 1.0  # seconds of silence


class Progress:
    """Shows seconds on standard error after a while, if that is a terminal; else nothing."""

    def __init__(self, words: str) -> None:
        self._words = words
        self._end = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        if sys.stderr.isatty():
            self._thread = threading.Thread(target=self._show, daemon=True)
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._end.set()
        if self._thread is not None:
            self._thread.join()

    def _show(self) -> None:
        seconds = 0
        while not self._end.wait(_PATIENCE):
            seconds += 1
            sys.stderr.write(f"\r{self._words} … {seconds} s")
            sys.stderr.flush()
        if seconds:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
