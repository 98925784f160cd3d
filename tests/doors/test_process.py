"""The function as a process: streams, signals, exit codes, start-up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from tests.hosts import ROOT

FUNCTION = (sys.executable, "-m", "krm_fn")
SMALL = b"""\
apiVersion: config.kubernetes.io/v1
kind: ResourceList
items: []
functionConfig:
  apiVersion: fn.openchoreo.dev/v1alpha1
  kind: Render
  metadata: {name: render}
  spec: {allowEmpty: true}
"""


def call(content: bytes, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*FUNCTION, *arguments],
        input=content,
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, **environment},
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"{{{", b"kind: Pod\n", b"- a\n- b\n", b"a: &a [*a]\n"]
)
def test_garbage_gives_a_line_and_a_resource_list(content: bytes) -> None:
    done = call(content)
    assert done.returncode == 2
    assert done.stdout.startswith(b"apiVersion: config.kubernetes.io/v1\nkind: ResourceList\nitems")
    assert done.stderr.startswith(b"error: ")
    assert b"Traceback" not in done.stderr
    assert all(line.startswith(b"error: ") for line in done.stderr.splitlines())


def test_success() -> None:
    done = call(SMALL)
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == SMALL


@pytest.mark.parametrize("locale", ["C", "POSIX", "de_DE.ISO-8859-1"])
def test_the_locale_does_not_matter(locale: str) -> None:
    content = SMALL.replace(b"{name: render}", '{name: "rändér"}'.encode())
    content = content.replace(b"allowEmpty", "ällowEmpty".encode())
    done = call(content, LC_ALL=locale, PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert done.returncode == 2
    assert 'Render rändér spec["ällowEmpty"]'.encode() in done.stderr
    assert done.stdout.startswith(content[: content.index(b"functionConfig")])


def test_nobody_reads_the_output() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        FUNCTION,
        input=SMALL,
        stdout=writer,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        check=False,
        timeout=60,
    )
    os.close(writer)
    assert done.returncode == 1
    assert done.stderr.startswith(b"error: output-closed: ")
    assert b"Traceback" not in done.stderr


def test_termination_is_quiet() -> None:
    with subprocess.Popen(
        FUNCTION, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=ROOT
    ) as process:
        time.sleep(0.5)
        process.send_signal(signal.SIGTERM)
        output, errors = process.communicate(timeout=30)
    assert process.returncode == 143
    assert (output, errors) == (b"", b"")


def test_version_needs_no_imports() -> None:
    done = call(b"", "--version")
    assert done.stdout.startswith(b"krm-fn 0.")


def test_start_up_leaves_heavy_modules_out() -> None:
    code = (
        "import sys, krm_fn.__main__ as m; sys.argv = ['krm-fn']\n"
        "code = m.main()\n"
        "heavy = {'click', 'pydantic', 're2', 'rich', 'jsonpatch', 'ruamel', 'argparse', 'asyncio',"
        " 'importlib.metadata', 'logging', 'subprocess', 'socket', 'unittest'} & set(sys.modules)\n"
        "sys.stderr.write(' '.join(sorted(heavy)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], input=SMALL, capture_output=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0
    assert done.stderr == b""
