"""For every leaf of a rendered vector: replaying its recorded chain gives the leaf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest

from krm_fn.findings import Collector
from krm_fn.provenance import Recorder, Step, input_path, source_files, steps_behind
from krm_fn.settings import IdentitySettings, OutputSettings, Settings
from krm_fn.spine import RenderedResource, RenderResult, render
from krm_fn.template import compile_template, environment_for
from krm_fn.yamlio import parse
from tests.conformance.difference import first_difference
from tests.shared import shared_path

CASES = (
    "001-getting-started-greeter",
    "116-patch-add-replace-remove",
    "185-bench-service-two-traits",
)
Path = tuple[str | int, ...]


def recorded(case: str, annotations: tuple[str, ...] = ()) -> RenderResult:
    file = shared_path("golden", "component", case, "input.yaml")
    findings = Collector()
    documents = parse(file.read_bytes(), file="input.yaml", mode="kubernetes", findings=findings)
    settings = Settings(
        identity=IdentitySettings("zero"),
        unresolved="warn",
        yaml="kubernetes",
        output=OutputSettings(annotations=annotations),
    )
    return render(documents, settings, trace=Recorder())


def leaves(value: object, path: Path = ()) -> Iterator[tuple[Path, object]]:
    if isinstance(value, Mapping) and value:
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif isinstance(value, list) and value:
        for index, item in enumerate(value):
            yield from leaves(item, (*path, index))
    else:
        yield path, value


def inside(value: object, path: Path) -> object:
    for part in path:
        value = value[part]  # type: ignore[index]
    return value


def own_chain(resource: RenderedResource, path: Path) -> tuple[Path, list[Step]]:
    """The chain that answers for a leaf, and the path where it was written."""
    assert resource.record is not None
    for size in range(len(path), -1, -1):
        steps = resource.record.chains.get(path[:size])
        if steps:
            return path[:size], steps
    return (), []


@pytest.mark.parametrize("case", CASES)
def test_every_leaf_has_a_chain_that_gives_it(case: str) -> None:
    replayed = 0
    for resource in recorded(case).resources:
        if resource.object.get("kind") in ("NetworkPolicy", "CiliumNetworkPolicy"):
            continue
        for path, leaf in leaves(resource.object):
            written, steps = own_chain(resource, path)
            assert steps, f"{resource.id} {path} has no chain"
            step = steps[-1]
            assert step.origin is not None
            assert step.origin.position() is not None
            value = inside(step.value, path[len(written) :])
            assert not first_difference(value, leaf), f"{resource.id} {path}"
            replayed += _evaluates_again(resource, written, step)
    assert replayed, "no expression was replayed"


def _evaluates_again(resource: RenderedResource, written: Path, step: Step) -> int:
    """Evaluate the recorded expression of a template in the recorded scope once more."""
    record = resource.record
    assert record is not None
    if step.kind != "template" or not step.expression or record.values is None:
        return 0
    text = step.expression if "${" in step.expression else f"${{{step.expression}}}"
    template = compile_template(text, environment_for(record.values))
    assert step.origin is not None
    scalar = step.origin.path[step.origin.path.index("template") + 1 :]
    again = inside(template.render(record.values), written[len(scalar) :])
    assert not first_difference(again, step.value)
    return 1


def test_the_inputs_of_an_expression_lead_to_defaults_and_parameters() -> None:
    kinds: set[str] = set()
    for resource in recorded("185-bench-service-two-traits").resources:
        if resource.record is not None:
            for steps in resource.record.chains.values():
                behind = [known for step in steps for known in steps_behind(resource.record, step)]
                kinds |= {known.kind for known in behind}
    assert {"default", "parameter", "platform"} <= kinds


def test_an_input_is_the_path_of_a_context_value() -> None:
    assert input_path("parameters.replicas") == ("parameters", "replicas")


def test_the_origin_annotation_names_the_files() -> None:
    result = recorded("001-getting-started-greeter", ("origin",))
    marks = {
        resource.object["metadata"]["annotations"]["fn.openchoreo.dev/origin"]  # type: ignore[index]
        for resource in result.resources
    }
    assert marks == {"input.yaml"}
    assert all(
        source_files(resource.record) == ["input.yaml"]
        for resource in result.resources
        if resource.record is not None
    )
