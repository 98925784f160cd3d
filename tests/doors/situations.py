"""Every door in every situation: prepares a call, makes it, and tells what came of it.

The function is called with what the hosts send (spec: krm §2.3, §2.4, §2.7, §3); the hosts
themselves are called by the tests beside this file.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from tests.doors.shop_repository import FILES, Repository

PROGRAM = (sys.executable, "-m", "krm_fn")
HUGE = 4000
"""Objects of two kilobytes each."""


@dataclass
class Call:
    """A process to be started, and how to treat it."""

    arguments: list[str] = field(default_factory=list)
    content: bytes = b""
    variables: dict[str, str] = field(default_factory=dict)
    library: bool = False
    folder: str = "."
    is_read: bool = True
    terminated: bool = False


@dataclass(frozen=True)
class Result:
    """What a process said."""

    exit_code: int
    output: bytes
    errors: str
    written: int
    """Files in the output folder of `render -o`."""


class Door:
    """One way in, with a shop repository of its own."""

    def __init__(self, name: str, folder: Path) -> None:
        self.name = name
        self.shop = Repository(folder)
        self.spec: dict[str, Any] = {"select": {"environments": ["development"]}}
        if name in ("generator", "plugin"):
            self.spec["sources"] = ["platform", "projects"]
        if name == "validator":
            self.spec["mode"] = "validate"

    @property
    def reads_files(self) -> bool:
        """Whether the door opens the files of the repository itself."""
        return self.name not in ("transformer", "validator", "package", "stream")

    def config(self) -> dict[str, Any]:
        """The configuration of the function."""
        metadata = {"name": "render", "annotations": {"config.kubernetes.io/function": "exec: {}"}}
        head = {"apiVersion": "fn.openchoreo.dev/v1alpha1", "kind": "Render"}
        return {**head, "metadata": metadata, "spec": self.spec}

    def items(self) -> list[dict[str, Any]]:
        """What the host sends along."""
        if self.name in ("generator", "plugin"):
            return [self.config()]
        number = 0
        found: list[dict[str, Any]] = []
        for name in FILES:
            for index, made in enumerate(yaml.safe_load_all((self.shop.folder / name).read_text())):
                annotations = made["metadata"].setdefault("annotations", {})
                if self.name in ("transformer", "validator"):
                    annotations["kustomize.config.k8s.io/id"] = f"name: {number}\n"
                elif self.name == "package":
                    annotations["internal.config.kubernetes.io/path"] = name
                    annotations["internal.config.kubernetes.io/index"] = str(index)
                found.append(made)
                number += 1
        return found

    def call(self) -> Call:
        """Make the call that renders the repository as it stands."""
        shop = str(self.shop.folder)
        if self.name == "render":
            return Call(["render", shop, "-e", "development"])
        if self.name == "render -o":
            return Call(["render", shop, "-e", "development", "-o", str(self.out)])
        if self.name == "argocd generate":
            return Call(["argocd", "generate"], variables={"ARGOCD_ENV_ENVIRONMENT": "development"})
        if self.name == "library":
            return Call(library=True)
        if self.name == "plugin":
            config = self.shop.write("../plugin-config", yaml.safe_dump(self.config()))
            variables = {"KUSTOMIZE_PLUGIN_CONFIG_ROOT": shop}
            return Call([str(config.resolve())], variables=variables)
        return Call(content=self.request(self.items()))

    def request(self, items: list[dict[str, Any]]) -> bytes:
        """Write a ResourceList."""
        head = {"apiVersion": "config.kubernetes.io/v1", "kind": "ResourceList"}
        request = {**head, "items": items, "functionConfig": self.config()}
        return yaml.dump(request, Dumper=yaml.CSafeDumper, sort_keys=False).encode()

    @property
    def out(self) -> Path:
        """The folder that `render -o` writes."""
        return self.shop.folder.parent / "out"

    def run(self, call: Call) -> Result:
        """Start the process and see what it says."""
        command = [*PROGRAM, *call.arguments]
        if call.library:
            command = [sys.executable, "-c", _LIBRARY, call.folder]
        reader, writer = os.pipe()
        if not call.is_read:
            os.close(reader)
        with subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE if call.is_read else writer,
            stderr=subprocess.PIPE,
            cwd=self.shop.folder,
            env={**self.shop.environment, **call.variables},
        ) as process:
            os.close(writer)
            if call.terminated:
                _wait_for_handler(process.pid)
                process.send_signal(signal.SIGTERM)
                call.content = b""
            output, errors = process.communicate(call.content or None, timeout=120)
        if call.is_read:
            os.close(reader)
        files = (
            [path for path in self.out.rglob("*") if path.is_file()] if self.out.exists() else []
        )
        return Result(process.returncode, output or b"", errors.decode(), len(files))


def _wait_for_handler(number: int) -> None:
    """Wait until a process catches SIGTERM."""
    status = Path(f"/proc/{number}/status")
    for _ in range(200):
        caught = [line for line in status.read_text().splitlines() if line.startswith("SigCgt:")]
        if int(caught[0].split()[1], 16) >> (signal.SIGTERM - 1) & 1:
            return
        time.sleep(0.1)


_LIBRARY = """\
import sys
import krm_fn
result = krm_fn.render(sys.argv[1], krm_fn.Settings(
    select=krm_fn.Selection(environments=("development",))))
sys.stdout.write(krm_fn.dump(resource.object for resource in result.resources))
sys.stderr.writelines(f"{f.severity.value}: {f.code}: {f.message}\\n" for f in result.findings)
"""


def success(door: Door) -> Call:
    """Nothing is wrong."""
    return door.call()


def finding(door: Door) -> Call:
    """A Component names a type that does not exist."""
    door.shop.replace("projects/shop/cart.yaml", "name: deployment/web", "name: deployment/wbe")
    return door.call()


def misuse(door: Door) -> Call:
    """A setting, option or path that does not exist."""
    door.spec["selct"] = {}
    call = door.call()
    if door.name.startswith("render"):
        call.arguments.append("--enviroment")
    if door.name == "argocd generate":
        call.variables["ARGOCD_ENV_ENVIROMENT"] = "development"
    if door.name == "library":
        call.folder = "nowhere"
    return call


def empty_input(door: Door) -> Call:
    """Nothing at all on standard input, or no file with OpenChoreo resources."""
    if door.reads_files:
        for name in FILES:
            door.shop.write(name, "")
        return door.call()
    return Call()


def broken_yaml(door: Door) -> Call:
    """Standard input, or a file, is not YAML."""
    if door.reads_files:
        door.shop.write("projects/shop/cart.yaml", "# openchoreo.dev\na: [\n")
        return door.call()
    return Call(content=b"kind: ResourceList\nitems: [\n")


def broken_pipe(door: Door) -> Call:
    """Nobody reads standard output any more."""
    call = door.call()
    call.is_read = False
    return call


def sigterm(door: Door) -> Call:
    """The process is told to end before it is done: it waits for a pipe."""
    call = door.call()
    call.terminated = True
    if door.reads_files and door.name != "plugin":
        os.mkfifo(door.shop.folder / "projects" / "waits.yaml")
    return call


def huge_input(door: Door) -> Call:
    """Thousands of objects of other kinds, ten megabytes in all."""
    text = "line of text\n" * 150
    more = [
        {
            "apiVersion": "v1",
            "kind": "ConfigMap",
            "metadata": {"name": f"more-{number}"},
            "data": {"text": text, "owner": "openchoreo.dev"},
        }
        for number in range(HUGE)
    ]
    if door.reads_files:
        written = yaml.dump_all(more, Dumper=yaml.CSafeDumper)
        door.shop.write("projects/shop/more.yaml", written)
        return door.call()
    return Call(content=door.request([*door.items(), *more]))


def not_utf8(door: Door) -> Call:
    """A byte that is no UTF-8."""
    if door.reads_files:
        path = door.shop.folder / "projects" / "shop" / "cart.yaml"
        path.write_bytes(path.read_bytes() + b"# \xff\n")
        return door.call()
    return Call(content=b"# \xff\n" + door.call().content)


SITUATIONS: dict[str, Callable[[Door], Call]] = {
    "Success": success,
    "A finding": finding,
    "Misuse": misuse,
    "Empty input": empty_input,
    "Broken YAML": broken_yaml,
    "A broken pipe": broken_pipe,
    "SIGTERM": sigterm,
    "Huge input": huge_input,
    "Not UTF-8": not_utf8,
}
DOORS = (
    "generator",
    "transformer",
    "validator",
    "package",
    "stream",
    "plugin",
    "render",
    "render -o",
    "argocd generate",
    "library",
)
