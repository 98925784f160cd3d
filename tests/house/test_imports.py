"""Imports go up the list of rooms only, and through doors."""

from __future__ import annotations

import ast

from tests.house.rooms import FRONT, PACKAGE, Import, imports_of, room_of, rooms, sources

_MANY_DOORS = {"doors"}
"""Rooms whose modules are doors themselves, each for another host."""

_ALL = [found for path in sources() for found in imports_of(path)]


def _places(found: list[Import]) -> list[str]:
    return [f"{one.file}:{one.line} imports {one.module}" for one in found]


def test_every_folder_is_a_room_of_the_list() -> None:
    unknown = {room_of(path) for path in sources()} - set(rooms()) - FRONT
    assert not unknown, "missing in the list of ARCHITECTURE.md"


def test_imports_go_to_rooms_above_only() -> None:
    order = {name: place for place, name in enumerate(rooms())}
    wrong = [
        one
        for one in _ALL
        if one.room not in FRONT
        and one.module.split(".")[0] in order
        and order[one.module.split(".")[0]] > order[one.room]
    ]
    assert _places(wrong) == []


def test_other_rooms_are_entered_through_their_door() -> None:
    wrong = [
        one
        for one in _ALL
        if "." in one.module
        and one.module.split(".")[0] not in {one.room, *_MANY_DOORS}
        and one.room not in FRONT
    ]
    assert _places(wrong) == []


def test_cel_stands_alone() -> None:
    foreign = [one for one in _ALL if one.room == "cel" and one.module.split(".")[0] != "cel"]
    assert _places(foreign) == []


def test_every_door_says_what_it_is() -> None:
    silent = [
        str(door.relative_to(PACKAGE))
        for door in sorted(PACKAGE.rglob("__init__.py"))
        if not ast.get_docstring(ast.parse(door.read_text(encoding="utf-8")))
    ]
    assert silent == []


def test_every_folder_has_a_door() -> None:
    doorless = {path.parent for path in sources() if not (path.parent / "__init__.py").exists()}
    assert sorted(doorless) == []
