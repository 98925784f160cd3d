from __future__ import annotations

import pytest

from krm_fn.admission import review
from krm_fn.builtin import NAMES, document, text
from krm_fn.models import admit
from tests.shared import ROOT

_ALL = [(kind, name) for kind, names in NAMES.items() for name in names]


def test_the_table_lists_the_files() -> None:
    files = (ROOT / "krm_fn" / "builtin" / "platform").iterdir()
    assert sorted(path.name for path in files) == sorted(f"{k}_{n}.yaml" for k, n in _ALL)


@pytest.mark.parametrize(("kind", "name"), _ALL)
def test_a_control_plane_would_take_it(kind: str, name: str) -> None:
    found = document(kind, name)
    assert (found.kind, found.name) == (kind, name)
    stored, violations = admit(found.data, kind)
    assert [*violations, *review(stored, kind)] == []


@pytest.mark.parametrize(("kind", "name"), _ALL)
def test_it_says_what_it_is_for(kind: str, name: str) -> None:
    lines = text(kind, name).splitlines()
    assert lines[0].startswith("# ")
    assert [line for line in lines if len(line) > 100 and "${" not in line] == []


def test_there_is_nothing_else() -> None:
    with pytest.raises(KeyError):
        document("ClusterComponentType", "../../settings")
    with pytest.raises(KeyError):
        document("Secret", "default")
