"""Reads a guide: the files it tells to write, the commands it tells to run.

- A block whose first line is a comment with a path (`# deploy/x.yaml`) is a file to be written
  there, below the folder where the commands before it have arrived.
- A `console` block is run line by line, `$ ` before each command, all blocks of a page in one
  shell. Other lines are output: each must occur in what its command says, `…` standing for
  anything. `console fails`: the last command must fail.
- A `console cluster` or `console network` block needs what a test has not: it must be good shell.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_BLOCK: Final = re.compile(r"^```(\w*)([^\n]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PATH: Final = re.compile(r"# ([\w./-]+)\n")


@dataclass
class Step:
    """A command, and what it is expected to say; or a file to be written."""

    command: str
    fails: bool = False
    is_run: bool = True
    output: list[str] = field(default_factory=list)


def steps(page: Path) -> list[Step]:
    """Read the steps of a page in order."""
    found: list[Step] = []
    for language, words, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        path = _PATH.match(text)
        if language == "console":
            found += _commands(text, set(words.split()))
        elif path:
            folder = str(Path(path[1]).parent)
            written = f"mkdir -p {folder} && cat > {path[1]} <<'END OF FILE'\n{text}END OF FILE"
            found.append(Step(written))
    return found


def _commands(text: str, words: set[str]) -> list[Step]:
    assert words <= {"fails", "cluster", "network"}, words
    found: list[Step] = []
    for line in text.splitlines():
        if line.startswith("$ "):
            found.append(Step(line[2:], is_run=not words & {"cluster", "network"}))
        elif found and _is_open(found[-1].command):
            found[-1].command += f"\n{line}"
        elif line.strip():
            assert found, f"output before a command: {line}"
            found[-1].output.append(line)
    if "fails" in words:
        found[-1].fails = True
    return found


def _is_open(command: str) -> bool:
    """Whether a command goes on in the next line: after a backslash, or within a quotation."""
    return command.endswith("\\") or command.count("'") % 2 == 1


def script(run: list[Step], folder: Path) -> str:
    """Write a shell script that keeps what each step says and ends at the first surprise."""
    lines = []
    for number, step in enumerate(run):
        said = folder / str(number)
        lines += [
            f"{{\n{step.command}\n}} > {said}.out 2>&1",
            f"code=$?; echo $code > {said}.code",
            f'[ "$code" {"-ne" if step.fails else "-eq"} 0 ] || exit 1',
        ]
    return "\n".join(lines) + "\n"


def matches(expected: str, said: str) -> bool:
    """Say whether a line of a guide occurs in an output, `…` standing for anything."""
    pattern = ".*".join(re.escape(part) for part in expected.strip().split("…"))
    return re.search(pattern, said) is not None
