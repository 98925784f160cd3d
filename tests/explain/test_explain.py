"""`explain` on the example repository."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from krm_fn.cli.program import program
from krm_fn.explain import parse_path
from tests.shared import ROOT

EXAMPLE = ROOT / "examples" / "online-store"


def run(*arguments: str) -> Result:
    return CliRunner().invoke(program, ["explain", *arguments, "-s", str(EXAMPLE)])


def deployment(component: str, environment: str) -> str:
    from krm_fn.identity import kubernetes_name

    return f"Deployment/{kubernetes_name(253, [component, environment])}"


def test_an_override_is_traced_to_the_binding() -> None:
    done = run(deployment("cart", "production"), "spec.replicas", "-e", "production")
    assert done.exit_code == 0, done.output
    assert "spec.replicas = 3" in done.output
    assert "${environmentConfigs.replicas}" in done.output
    binding = "projects/shop/components/cart/release-bindings/cart-production.yaml:13:15"
    assert f"override for the environment ({_in_repository(binding)})\n      3\n" in done.output


def test_a_default_is_traced_to_the_schema() -> None:
    done = run(deployment("cart", "development"), "spec.replicas", "-e", "development")
    assert "default of the schema" in done.output


def test_a_whole_object_as_data() -> None:
    done = run("Service/cart", "-e", "production", "--json")
    answers = json.loads(done.output)
    paths = {answer["path"] for answer in answers}
    assert {"kind", "metadata.name", "spec.ports[0].port"} <= paths
    assert all(answer["causes"] for answer in answers)


def test_an_unknown_object_or_field_is_said() -> None:
    done = run("Service/kart", "-e", "production")
    assert done.exit_code == 1
    assert 'did you mean "Service/cart"?' in done.output
    done = run("Service/cart", "spec.prots", "-e", "production")
    assert done.exit_code == 2
    assert "has no field spec.prots" in done.output


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("", ()),
        ("spec.replicas", ("spec", "replicas")),
        ("a[0].b", ("a", 0, "b")),
        ('metadata.labels["a.b/c"].d', ("metadata", "labels", "a.b/c", "d")),
    ],
)
def test_paths(text: str, path: tuple[str | int, ...]) -> None:
    assert parse_path(text) == path


def test_a_broken_path_is_refused() -> None:
    with pytest.raises(ValueError, match="unexpected"):
        parse_path("a[b]")


def _in_repository(name: str) -> str:
    """Files are named from the root of the repository, where there is one."""
    return f"{EXAMPLE.relative_to(ROOT)}/{name}" if (ROOT / ".git").exists() else name


def test_the_example_is_where_the_test_looks() -> None:
    assert Path(EXAMPLE, "projects").is_dir()
