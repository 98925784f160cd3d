"""Gateways of environments over those of planes; channels (spec: binding §2.4, §10 row 9)."""

from __future__ import annotations

import pytest

from krm_fn.resolve.planes import merge_gateways
from tests.builtin.platform_case import codes, data_plane, rendered, resource
from tests.pipelines.platform import TYPES, deployed

_A, _B, _C = {"name": "a"}, {"name": "b"}, {"name": "c"}


@pytest.mark.parametrize(
    ("environment", "plane", "expected"),
    [
        (None, None, None),
        ({"ingress": {}}, {"egress": {}}, None),
        (None, {"ingress": {"external": _A}}, {"ingress": {"external": _A}}),
        (
            {"ingress": {"external": _B}},
            {"ingress": {"external": _A, "internal": _C}},
            {"ingress": {"external": _B, "internal": _C}},
        ),
        (
            {"egress": {"internal": _B}},
            {"ingress": {"external": _A}},
            {"ingress": {"external": _A}, "egress": {"internal": _B}},
        ),
        (
            {"ingress": {"external": {"http": {"port": 1}}}},
            {"ingress": {"external": {"https": {"port": 2}}}},
            {"ingress": {"external": {"http": {"port": 1}}}},
        ),
    ],
)
def test_each_side_is_taken_whole(environment: object, plane: object, expected: object) -> None:
    assert merge_gateways(environment, plane) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(("flags", "warned"), [((), True), (("b",), False)])
def test_several_channels_without_a_flag_are_said_once(
    flags: tuple[str, ...], *, warned: bool
) -> None:
    channels = [
        resource(
            "ObservabilityAlertsNotificationChannel",
            name,
            {"environment": "development", "type": "webhook", "isEnvDefault": name in flags},
        )
        for name in ("b", "a")
    ]
    result = rendered(*TYPES, data_plane(), *channels, *deployed("cart"), *deployed("web"))
    said = [item for item in result.findings if item.code == "notification-channel-ambiguous"]
    assert len(said) == int(warned)
    assert ("notification-channel-ambiguous" in codes(result)) is warned
    if said:
        assert str(said[0].severity) == "warning"
        assert '"a" is taken' in said[0].message
