"""Names, hashes and UIDs by the specification's own tables."""

from __future__ import annotations

import pytest

from krm_fn.identity import (
    fnv1a_32,
    fnv1a_32_hex,
    kubernetes_name,
    safe_encode,
    sanitize_part,
    stable_uid,
)
from krm_fn.identity.hashing import plain_fnv1a_32


@pytest.mark.parametrize(
    ("limit", "parts", "expected"),
    [
        (253, ("checkout", "development"), "checkout-development-6d570971"),
        (63, ("dp", "default", "shop", "development"), "dp-default-shop-development-276893d5"),
        (
            63,
            ("dp", "default", "default", "development"),
            "dp-default-default-development-f8e58905",
        ),
        (
            63,
            ("dp", "acme", "online-store", "production"),
            "dp-acme-online-store-production-3a1fe464",
        ),
        (
            63,
            (
                "dp",
                "my-organisation-namespace",
                "a-really-long-project-name",
                "development-environment",
            ),
            "dp-my-organisati-a-really-long-development--313a85bb",
        ),
        (253, ("r_redis", "dev"), "r-redis-dev-4e1e4b4a"),
        (253, ("r-redis", "dev"), "r-redis-dev-9472cee8"),
        (253, ("p_shop", "dev"), "p-shop-dev-ee84f7c6"),
        (253, ("My_Project$", "Component@Name"), "my-project-component-name-40314333"),
        (253, ("Café_Üx", "dev"), "café-üx-dev-026d6717"),
        (253, ("", ""), "3973e022"),
        (
            63,
            ("persistentvolumeclaim", "n" * 60),
            "persistentvolumeclaim-" + "n" * 26 + "-4f19e63f",
        ),
        (253, ("cart", "development"), "cart-development-c71e0317"),
        (253, ("p_shop", "development"), "p-shop-development-ec328414"),
        (253, ("r_db", "development"), "r-db-development-fd7f47f0"),
        (253, ("web", "development"), "web-development-b408fa90"),
        (253, ("job", "development"), "job-development-f9e97e8a"),
        (63, ("dp", "acme", "shop", "development"), "dp-acme-shop-development-12d45ec4"),
    ],
)
def test_names(limit: int, parts: tuple[str, ...], expected: str) -> None:
    assert kubernetes_name(limit, parts) == expected


def test_an_extra_changes_only_the_hash() -> None:
    plain = kubernetes_name(253, ("cart", "env-secrets"))
    extra = kubernetes_name(253, ("cart", "env-secrets"), "00000001")
    assert plain != extra
    assert plain[:-8] == extra[:-8]


def test_names_keep_their_limit_in_bytes() -> None:
    assert len(kubernetes_name(63, ("é" * 80, "ü" * 80)).encode()) <= 63 + 2


def test_a_name_needs_a_part() -> None:
    with pytest.raises(ValueError, match="at least one"):
        kubernetes_name(63, ())


@pytest.mark.parametrize(
    ("part", "expected"), [("-.A_b.-", "a-b"), ("$$", ""), ("İx", "ix"), ("a..b", "a..b")]
)
def test_parts(part: str, expected: str) -> None:
    assert sanitize_part(part) == expected


def test_hashes() -> None:
    assert fnv1a_32_hex("test") == "afd071e5"
    assert safe_encode(fnv1a_32("(string)abc")) == "668584b88c"
    assert safe_encode(1234567890) == "56789bcdf4"


def test_volume_names() -> None:
    provider = "r-db-development-fd7f47f0"
    assert fnv1a_32_hex(f"db:configmap:{provider}-cm") == "af5988b8"
    assert fnv1a_32_hex(f"db:secret:{provider}-creds") == "c06f3eab"


def test_long_texts_hash_the_same_with_the_compiled_function() -> None:
    text = "a" * 5000
    assert {fnv1a_32(text) for _ in range(20)} == {plain_fnv1a_32(text.encode())}


def test_uids_follow_the_name() -> None:
    first = stable_uid("Component", "acme", "cart")
    assert first == stable_uid("Component", "acme", "cart")
    assert (
        len({first, stable_uid("Project", "acme", "cart"), stable_uid("Component", "b", "cart")})
        == 3
    )
