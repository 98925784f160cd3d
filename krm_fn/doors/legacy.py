"""kustomize's older exec plugin protocol: the only one that `kubectl kustomize` runs (krm §2.7).

The configuration is a file named by the first argument; a transformer gets bare documents on
standard input, a generator nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from krm_fn import yamlio
from krm_fn.doors.krm import MISUSE, Answer, answer
from krm_fn.doors.process import debugging, deliver, end_on_signals
from krm_fn.findings import Collector

_CALLED: Final = "KUSTOMIZE_PLUGIN_CONFIG_ROOT"


def is_plugin_call(arguments: Sequence[str]) -> bool:
    """Say whether kustomize calls this program as an exec plugin."""
    return _CALLED in os.environ and Path(arguments[0]).is_file()


def run_plugin(config_file: str) -> int:
    """Run as an exec plugin; return the exit code."""
    end_on_signals()
    content = sys.stdin.buffer.read() if sys.stdin is not None else b""
    return deliver(plugin_answer(Path(config_file).read_bytes(), content, Path()))


def plugin_answer(config: bytes, resources: bytes, directory: Path) -> Answer:
    """Translate a plugin call to a function call.

    In: the text of the configuration and of the resources (empty for a generator). Out: the
    answer of the function, which kustomize reads as it is.
    """
    findings = Collector()
    configs = yamlio.parse(config, file="", mode="kustomize", findings=findings)
    found = yamlio.parse(resources, file="", mode="kustomize", findings=findings)
    if findings.has_errors() or len(configs) != 1:
        return Answer("", findings.sorted(), MISUSE)
    items: list[dict[str, Any]] = [document.data for document in found or configs]
    request = {
        "apiVersion": "config.kubernetes.io/v1",
        "kind": "ResourceList",
        "items": items,
        "functionConfig": configs[0].data,
    }
    return answer(yamlio.dump(request).encode(), directory, debug=debugging())
