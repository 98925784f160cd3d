"""Dependencies between bindings: on demand, once, cycles, and endpoints that depend on them."""

from __future__ import annotations

from typing import Any

import pytest

from krm_fn.pipelines import publications, render_component
from krm_fn.pipelines.publications import reads_connections
from krm_fn.settings import Selection, Settings
from krm_fn.spine import RenderResult
from tests.builtin.platform_case import Data, codes, errors, rendered
from tests.pipelines.platform import (
    MOVING_NAME,
    PLAIN_NAME,
    TYPES,
    WORKER,
    deployed,
    service,
    variables,
)

_CELL = "dp-acme-shop-development-12d45ec4"


def _url(name: str) -> str:
    return f"http://{name}.{_CELL}.svc.cluster.local:80"


def _render(*documents: Data, **select: Any) -> RenderResult:
    return rendered(*TYPES, *documents, settings=Settings(select=Selection(**select)))


def test_a_component_that_depends_on_itself() -> None:
    result = _render(*deployed("cart", "cart"))
    assert errors(result) == []
    assert variables(result) == {"cart": {"CART_URL": _url("cart")}}


def test_two_that_depend_on_each_other() -> None:
    result = _render(*deployed("cart", "stock"), *deployed("stock", "cart"))
    assert errors(result) == []
    assert variables(result) == {
        "cart": {"STOCK_URL": _url("stock")},
        "stock": {"CART_URL": _url("cart")},
    }
    assert not {"connection-repeated", "connection-unsettled"} & codes(result)


def test_three_in_a_ring() -> None:
    ring = {"a": "b", "b": "c", "c": "a"}
    result = _render(*(item for name, next_ in ring.items() for item in deployed(name, next_)))
    assert errors(result) == []
    assert variables(result) == {
        name: {f"{next_.upper()}_URL": _url(next_)} for name, next_ in ring.items()
    }


def test_an_undeployed_provider_is_pending() -> None:
    result = _render(*deployed("web", "cart"), *deployed("cart", state="Undeploy"))
    (message,) = errors(result)
    assert "undeployed" in message


def test_a_provider_that_does_not_render_says_so() -> None:
    broken = [
        *deployed("cart", type_name="broken"),
        {
            **TYPES[0],
            "metadata": {"name": "broken", "namespace": "acme"},
            "spec": {**TYPES[0]["spec"], "resources": [service('${"a"[0]}')]},
        },
    ]
    result = _render(*deployed("web", "cart"), *broken)
    assert any("does not render" in message for message in errors(result))


def _moving_chain() -> list[Data]:
    """The name of cart's Service depends on what it is told of stock's, which moves too."""
    return [
        *deployed("web", "cart"),
        *deployed("cart", "stock", type_name="moving"),
        *deployed("stock", "base", type_name="moving"),
        *deployed("base"),
    ]


def _moving_name(component: str, value: str) -> str:
    return f"{component}-{len(value)}"


def test_endpoints_that_depend_on_connections_take_more_passes() -> None:
    result = _render(*_moving_chain())
    assert errors(result) == []
    stock = _moving_name("stock", _url("base"))
    cart = _moving_name("cart", _url(stock))
    assert variables(result) == {
        "web": {"CART_URL": _url(cart)},
        "cart": {"STOCK_URL": _url(stock)},
        "stock": {"BASE_URL": _url("base")},
        "base": {},
    }
    names = {
        made.component: made.object["metadata"]["name"]  # type: ignore[index]
        for made in result.resources
        if made.object["kind"] == "Service"
    }
    assert names == {"web": "web", "cart": cart, "stock": stock, "base": "base"}
    said = [item for item in result.findings if item.code == "connection-repeated"]
    assert [str(item.severity) for item in said] == ["info", "info"]


@pytest.mark.parametrize("component", ["web", "cart", "stock", "base"])
def test_moving_endpoints_are_the_same_when_rendered_in_parts(component: str) -> None:
    whole = variables(_render(*_moving_chain()))
    alone = variables(_render(*_moving_chain(), components=(component,)))
    assert alone == {component: whole[component]}


def test_endpoints_that_never_settle_are_bounded_and_said() -> None:
    """A component that depends on itself and contradicts what it hears: nothing to come to."""
    name = (
        "${metadata.componentName + (size(dependencies.envVars) > 0 &&"
        ' dependencies.envVars[0].value.contains("-one.") ? "-two" : "-one")}'
    )
    types = [{**TYPES[0], "spec": {**TYPES[0]["spec"], "resources": [WORKER, service(name)]}}]
    result = rendered(*types, *deployed("cart", "cart"))
    assert errors(result) == []
    assert "connection-unsettled" in codes(result)
    (made,) = [item for item in result.findings if item.code == "connection-unsettled"]
    assert str(publications.MOST_PASSES) in made.message


def test_a_template_that_fails_without_connections_gets_them() -> None:
    strict = service("${metadata.componentName}")
    strict["template"]["metadata"]["annotations"] = {"first": "${dependencies.envVars[0].name}"}
    types = [{**TYPES[1], "spec": {**TYPES[1]["spec"], "resources": [WORKER, strict]}}, TYPES[0]]
    result = rendered(
        *types,
        *deployed("web", "cart"),
        *deployed("cart", "base", type_name="moving"),
        *deployed("base"),
    )
    assert errors(result) == []
    assert variables(result)["web"] == {"CART_URL": _url("cart")}


def test_providers_are_rendered_once(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[str] = []
    genuine = render_component

    def counting(job: Any, *arguments: Any, **options: Any) -> Any:
        seen.append(job.component)
        return genuine(job, *arguments, **options)

    monkeypatch.setattr(publications, "render_component", counting)
    _render(*deployed("cart"), *deployed("stock"))
    assert seen == []
    _render(*deployed("a", "base"), *deployed("b", "base"), *deployed("base", "a"))
    assert sorted(seen) == ["a", "base"]


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        ({"resources": [WORKER, service(PLAIN_NAME)]}, False),
        ({"resources": [WORKER, service(MOVING_NAME)]}, True),
        ({"creates": [service(MOVING_NAME)]}, True),
        ({"parameters": {"openAPIV3Schema": {"description": "of dependencies"}}}, False),
        ({"traits": [{"parameters": {"name": "${size(dependencies.items)}"}}]}, True),
        ({"validations": [{"rule": "${size(dependencies.items) > 0}"}]}, True),
        ({"patches": [{"operations": [{"value": "${dependencies.envVars}"}]}]}, True),
    ],
)
def test_which_specs_let_endpoints_depend_on_connections(spec: Data, *, expected: bool) -> None:
    assert reads_connections(spec) is expected
