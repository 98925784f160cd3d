"""A real registry on this machine."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.hosts import crane, run


@contextmanager
def registry() -> Iterator[str]:
    """Serve a registry on a free port; give its host and port."""
    process = subprocess.Popen(
        [crane(), "registry", "serve", "--address", "127.0.0.1:0"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stderr is not None
        for line in process.stderr:
            found = re.search(r"port (\d+)", line)
            if found is not None:
                yield f"127.0.0.1:{found[1]}"
                return
        raise AssertionError("crane did not say on which port it serves")
    finally:
        process.terminate()
        process.communicate(timeout=10)


def crane_says(*arguments: str | Path) -> str:
    """Run crane over plain HTTP and return what it prints."""
    done = run([crane(), "--insecure", *arguments])
    assert done.returncode == 0, done.stderr
    return done.stdout
