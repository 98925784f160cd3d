from __future__ import annotations

import pytest

from krm_fn.findings import ResourceReference
from krm_fn.lifecycle import with_spec_field

_BINDING = ResourceReference("openchoreo.dev/v1alpha1", "ReleaseBinding", "acme", "cart-staging")
_HEAD = "kind: ReleaseBinding\nmetadata:\n  name: cart-staging\n  namespace: acme\n"


def _set(text: str, value: str = "cart-2") -> str:
    return with_spec_field(text, _BINDING, "releaseName", value, after="environment")


@pytest.mark.parametrize(
    ("spec", "changed"),
    [
        ("spec:\n  releaseName: cart-1\n", "spec:\n  releaseName: cart-2\n"),
        (
            "spec:\n    # why\n    releaseName:   'cart-1'   # pinned\n    environment: staging\n",
            "spec:\n    # why\n    releaseName:   cart-2   # pinned\n    environment: staging\n",
        ),
        (
            "spec:\r\n  releaseName: cart-1\r\n  state: Active\r\n",
            "spec:\r\n  releaseName: cart-2\r\n  state: Active\r\n",
        ),
        (
            "spec: {environment: staging, releaseName: cart-1}\n",
            "spec: {environment: staging, releaseName: cart-2}\n",
        ),
        ("spec:\n  releaseName:\n  a: 1\n", "spec:\n  releaseName: cart-2\n  a: 1\n"),
        ('spec:\n  releaseName: ""\n', "spec:\n  releaseName: cart-2\n"),
        (
            "spec:\n  environment: staging # stage\n  # for x\n  a: 1\n",
            "spec:\n  environment: staging # stage\n  releaseName: cart-2\n  # for x\n  a: 1\n",
        ),
        (
            "spec:\n  environment: staging",
            "spec:\n  environment: staging\n  releaseName: cart-2\n",
        ),
        ("spec:\n  a: 1\n", "spec:\n  releaseName: cart-2\n  a: 1\n"),
        ("spec: {environment: staging}\n", "spec: {releaseName: cart-2, environment: staging}\n"),
        ("spec: {}\n", "spec: {releaseName: cart-2}\n"),
    ],
)
def test_one_value_changes_and_nothing_else(spec: str, changed: str) -> None:
    assert _set(_HEAD + spec) == _HEAD + changed


def test_the_document_is_found_among_others() -> None:
    other = _HEAD.replace("cart-staging", "cart-live") + "spec:\n  releaseName: cart-1\n"
    wanted = _HEAD + "spec:\n  releaseName: cart-1\n"
    text = f"# shop\n---\n{other}---\n{wanted}"
    assert _set(text) == f"# shop\n---\n{other}---\n{wanted.replace('cart-1', 'cart-2')}"


def test_names_that_yaml_reads_as_something_else_are_quoted() -> None:
    assert _set(_HEAD + "spec:\n  releaseName: a\n", "123").endswith('releaseName: "123"\n')


def test_a_file_without_the_resource_is_refused() -> None:
    with pytest.raises(LookupError):
        _set("kind: ReleaseBinding\nmetadata: {name: other}\nspec: {}\n")
