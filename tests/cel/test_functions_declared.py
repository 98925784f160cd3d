"""The declared functions are those of the reference's environment."""

from __future__ import annotations

import json
import re

import pytest

from krm_fn.cel.functions import standard_function
from tests.shared import shared_path

_NUMBERS = {"double", "int", "uint"}
_ALIASES = {"in", "_in_", "__not_strictly_false__"}


def declared() -> dict[str, set[str]]:
    """Return the reference's signatures in our notation, by name."""
    content = json.loads(shared_path("golden", "cel", "env-declarations.json").read_text("utf-8"))
    found: dict[str, set[str]] = {}
    for function in content["functions"]:
        name = function["name"]
        if name.startswith("oc_") or name in _ALIASES:
            continue
        signatures = set()
        for overload in function["overloads"]:
            text = re.sub(r"<([A-Z])>", r"\1", overload.partition(": ")[2])
            if not text.startswith(f"{name}("):
                receiver, _, rest = text.partition(f").{name}(")
                text = f"{receiver[1:]}.{name}({rest}"
            signatures.add(text)
        found[name] = signatures
    return found


@pytest.mark.shared
def test_every_function_has_the_references_signatures() -> None:
    for name, expected in declared().items():
        function = standard_function(name)
        assert function is not None, name
        found = {overload.signature for overload in function.overloads}
        if name in ("_<_", "_<=_", "_>_", "_>=_"):
            mixed = {
                f"{name}({kind}, {other}) -> bool"
                for kind in _NUMBERS
                for other in _NUMBERS - {kind}
            }
            assert expected == found | mixed, name
        else:
            assert found == expected, name
