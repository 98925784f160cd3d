"""Workload overrides, endpoints and service ports (spec: rendering §3.3, §3.4)."""

from __future__ import annotations

from typing import Any

import pytest

from krm_fn.context.workload import (
    endpoints_variable,
    merge_entries,
    merge_overrides,
    service_ports,
)


def _entry(key: str, value: str) -> dict[str, str]:
    return {"key": key, "value": value}


def test_overrides_replace_whole_entries_in_place_and_append() -> None:
    lower: list[object] = [{"key": "A", "valueFrom": {"secretKeyRef": {}}}, _entry("B", "1")]
    assert merge_entries(lower, [_entry("C", "3"), _entry("A", "2")]) == [
        _entry("A", "2"),
        _entry("B", "1"),
        _entry("C", "3"),
    ]


def test_of_several_overrides_of_a_known_key_the_last_wins() -> None:
    assert merge_entries([_entry("A", "0")], [_entry("A", "1"), _entry("A", "2")]) == [
        _entry("A", "2")
    ]


def test_new_keys_are_appended_with_their_duplicates() -> None:
    assert merge_entries([], [_entry("N", "1"), _entry("N", "2")]) == [
        _entry("N", "1"),
        _entry("N", "2"),
    ]


def test_nothing_but_env_and_files_is_overridden_and_nothing_is_changed_in_place() -> None:
    workload: dict[str, Any] = {"container": {"image": "a:1", "env": [_entry("A", "1")]}}
    override = {"container": {"image": "b:2", "env": [_entry("A", "2")], "files": []}}
    merged = merge_overrides(workload, {"workloadOverrides": override})
    assert merged["container"] == {"image": "a:1", "env": [_entry("A", "2")]}
    assert workload == {"container": {"image": "a:1", "env": [_entry("A", "1")]}}


def test_endpoints_are_completed() -> None:
    given = {
        "endpoints": {"api": {"type": "HTTP", "port": 80, "visibility": ["external", "project"]}}
    }
    assert endpoints_variable(given) == {
        "api": {
            "port": 80.0,
            "targetPort": 80.0,
            "type": "HTTP",
            "visibility": ["project", "external"],
        }
    }


def _ports(**endpoints: tuple[str, int]) -> list[Any]:
    return service_ports(
        endpoints_variable(
            {"endpoints": {name: {"type": t, "port": p} for name, (t, p) in endpoints.items()}}
        )
    )


def test_one_port_per_number_and_protocol_by_name() -> None:
    ports = _ports(b=("HTTP", 80), a=("TCP", 80), c=("UDP", 80), d=("gRPC", 90))
    assert [(one["name"], one["port"], one["protocol"]) for one in ports] == [
        ("a", 80.0, "TCP"),
        ("c", 80.0, "UDP"),
        ("d", 90.0, "TCP"),
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("My_Api", "my-api"),
        ("exactly-15-long", "exactly-15-long"),
        ("longer-than-15-characters", "longer-than-15"),
        ("$$", "port-80"),
    ],
)
def test_port_names(name: str, expected: str) -> None:
    assert [one["name"] for one in _ports(**{name: ("HTTP", 80)})] == [expected]


def test_port_names_that_meet_are_numbered_within_15_characters() -> None:
    names = [
        one["name"]
        for one in _ports(**{f"a-name-of-sixteen{n}": ("HTTP", 80 + n) for n in range(3)})
    ]
    assert names == ["a-name-of-sixte", "a-name-of-six-2", "a-name-of-six-3"]
