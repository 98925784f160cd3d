"""The generated Python source of one expression, line by line.

Only names of our own go into the source: temporaries `t0…`, constants `k0…`, helper names of
`runtime`. Everything from the expression (fields, literals) is a constant, passed beside the
source. So expressions of one shape have one source, whose code object is made once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from types import CodeType

from krm_fn.cel.values.kinds import Value

FILE_NAME = "<cel>"
_MAXIMUM_BLOCKS = 10
_MAXIMUM_INDENT = 40


class Writer:
    """Collects lines, the place in the expression each stands for, and constants."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.offsets: list[int] = []
        self.constants: dict[str, Value] = {}
        self.indent = 2
        self.blocks = 0
        self.raising = 0
        self.loops = False
        self.offset = -1
        self._names: dict[tuple[type, Value], str] = {}
        self._temporaries = 0
        self._finished: list[tuple[list[str], list[int]]] = []

    def temporary(self) -> str:
        """Return a new local name."""
        self._temporaries += 1
        return f"t{self._temporaries}"

    def constant(self, value: Value) -> str:
        """Return the name of a constant; equal strings and numbers share one."""
        kind = type(value)
        key = (kind, value) if kind in (str, int, bytes) else (kind, id(value))
        name = self._names.get(key)
        if name is None:
            name = self._names[key] = f"k{len(self.constants)}"
            self.constants[name] = value
        return name

    def emit(self, line: str, *, raises: bool = False) -> None:
        """Write a line; `raises` says that it may raise `CelError`."""
        self.lines.append(" " * self.indent + line)
        self.offsets.append(self.offset)
        if raises:
            self.raising += 1

    def assign(self, expression: str, *, raises: bool = True) -> str:
        """Write an assignment to a new temporary and return its name."""
        name = self.temporary()
        self.emit(f"{name} = {expression}", raises=raises)
        return name

    @contextmanager
    def block(self, head: str, *, static: bool = False) -> Iterator[None]:
        """Write a compound statement; `static` for `for` and `try`, which Python limits to 20."""
        self.emit(head)
        self.indent += 1
        self.blocks += static
        start = len(self.lines)
        yield
        if len(self.lines) == start:
            self.emit("pass")
        self.blocks -= static
        self.indent -= 1

    def cut(self, start: int) -> list[tuple[str, int]]:
        """Take back the lines from `start` on, with their places."""
        taken = list(zip(self.lines[start:], self.offsets[start:], strict=True))
        del self.lines[start:]
        del self.offsets[start:]
        return taken

    def paste(self, taken: list[tuple[str, int]], *, shallower: int = 0) -> None:
        """Write lines taken back before, some levels less deep."""
        self.lines += [line[shallower:] for line, _ in taken]
        self.offsets += [offset for _, offset in taken]

    @property
    def is_deep(self) -> bool:
        """Return whether the next expression belongs into a function of its own."""
        return self.blocks >= _MAXIMUM_BLOCKS or self.indent >= _MAXIMUM_INDENT

    @contextmanager
    def function(self, parameters: list[str]) -> Iterator[str]:
        """Write a function of its own; yields its name."""
        saved = (self.lines, self.offsets, self.indent, self.blocks)
        name = f"g{len(self._finished)}_{self._temporaries}"
        self.lines, self.offsets, self.indent, self.blocks = [], [], 0, 0
        self.emit(f"def {name}({', '.join(parameters)}):")
        self.indent = 1
        yield name
        self._finished.append((self.lines, self.offsets))
        self.lines, self.offsets, self.indent, self.blocks = saved

    def finish(self, result: str) -> tuple[str, tuple[int, ...]]:
        """Return the whole source and the place of each of its lines."""
        lines: list[str] = []
        offsets: list[int] = []
        for some_lines, some_offsets in self._finished:
            lines += some_lines
            offsets += some_offsets
        head = ["def f(v):", " try:"]
        if self.loops:
            head.append("  c = [LIMIT]")
        tail = [f"  return {result}", " except FAULTS as e: fault(e, O)"]
        lines += [*head, *self.lines, *tail]
        offsets += [-1] * len(head) + self.offsets + [self.offset] * len(tail)
        return "\n".join(lines), tuple(offsets)


@lru_cache(maxsize=4000)
def compile_source(source: str) -> CodeType:
    """Return the code object of a source; expressions of one shape share it."""
    return compile(source, FILE_NAME, "exec", dont_inherit=True)
