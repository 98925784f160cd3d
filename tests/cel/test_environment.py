"""`Environment` and `Program`: caching, libraries, dispatch by kinds, errors as values."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from krm_fn.cel import CelError, Environment, Function, Library, Macro, Overload
from krm_fn.cel import environment as environment_module
from krm_fn.cel.functions import FunctionTable, standard_function
from krm_fn.cel.syntax import Call, Expr, ListExpr

LIBRARY = Library(
    "test",
    (
        Function(
            "pack",
            (
                Overload("pack_string", "pack(string) -> string", lambda text: f"<{text}>"),
                Overload("pack_list", "pack(list(string)) -> string", "-".join),
            ),
        ),
        Function(
            "join_maps",
            (
                Overload(
                    "join_maps",
                    "join_maps(map(string, dyn), map(string, dyn)) -> map(string, dyn)",
                    lambda left, right: {**left, **right},
                ),
            ),
        ),
        Function("size", (Overload("size_bool", "size(bool) -> int", lambda _: 1),)),
    ),
)


def outcome(text: str, **context: Any) -> Any:
    return Environment(context, [LIBRARY]).compile(text).evaluate(context)


def test_equal_environments_share_programs() -> None:
    one = Environment(["a", "b"], [LIBRARY])
    other = Environment(["b", "a"], [LIBRARY])
    assert one.compile("a + b") is other.compile("a + b")
    assert one.compile("a") is not Environment(["a"], [LIBRARY]).compile("a")
    assert one.compile("a") is not one.compile("a", check=False)


def test_the_cache_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(environment_module, "MAXIMUM_PROGRAMS", 10)
    environment = Environment(["bounded"])
    for number in range(25):
        environment.compile(f"bounded + {number}")
    assert len(environment._programs) <= 10


def test_a_failing_compile_is_remembered_and_raised_anew() -> None:
    environment = Environment(["a"])
    errors = []
    for _ in range(2):
        with pytest.raises(CelError) as caught:
            environment.compile("a + nope")
        errors.append(caught.value)
    assert errors[0] is not errors[1]
    assert [error.stage for error in errors] == ["check", "check"]
    assert [error.code for error in errors] == ["undeclared_reference"] * 2
    assert ["nope" in error.message for error in errors] == [True] * 2


def test_errors_are_values_of_evaluate_and_raised_by_function() -> None:
    program = Environment(["m"]).compile("m.a")
    found = program.evaluate({"m": {}})
    assert isinstance(found, CelError)
    with pytest.raises(CelError, match="no such key: a"):
        program.function({"m": {}})


def test_overloads_are_chosen_by_kind_and_first_element() -> None:
    assert outcome("pack(a)", a="x") == "<x>"
    assert outcome("pack(a)", a=["x", "y"]) == "x-y"
    assert outcome("pack(a)", a=[]) == ""


@pytest.mark.parametrize(
    ("text", "context", "message"),
    [
        ("pack(a)", {"a": 1}, "no such overload: pack(int)"),
        ("pack(a)", {"a": 1.0}, "no such overload: pack(double)"),
        ("pack(a)", {"a": [1, "x"]}, "no such overload: pack(list)"),
        ("pack(a)", {"a": None}, "no such overload: pack(null_type)"),
        ("join_maps(a, b)", {"a": {}, "b": []}, "no such overload: join_maps(map, list)"),
        ("join_maps({}, {a: 1})", {"a": 2}, "no such overload: join_maps(map, map)"),
    ],
)
def test_refusals_name_the_kinds(text: str, context: dict[str, Any], message: str) -> None:
    found = outcome(text, **context)
    assert isinstance(found, CelError)
    assert (found.code, found.message) == ("no_such_overload", message)


def test_a_library_adds_overloads_to_standard_functions() -> None:
    assert outcome("size(a)", a=True) == 1
    assert outcome("size(a)", a="abc") == 3


def test_macros_of_libraries_are_expanded() -> None:
    def expand(call: Call) -> Expr:
        return ListExpr(call.offset, call.arguments)

    library = Library("macros", macros=(Macro("pair", 2, receiver=False, expand=expand),))
    assert Environment(["a"], [library]).compile("pair(a, 2)").evaluate({"a": 1}) == [1, 2]


def test_the_result_type_is_the_checkers() -> None:
    environment = Environment(["a"], variable_types={"a": "list(int)"})
    assert environment.compile("a[0]").result_type == "int"
    assert environment.compile("a[0]", check=False).result_type == "dyn"


def test_unchecked_expressions_fail_when_evaluated() -> None:
    program = Environment(["a"]).compile("unknown(a)", check=False)
    found = program.evaluate({"a": [1]})
    assert isinstance(found, CelError)
    assert found.message == "no such overload: unknown"


def test_qualified_names() -> None:
    environment = Environment(["x.y", "x"], container="c")
    assert environment.compile("x.y").evaluate({"x.y": 1, "x": {"y": 2}}) == 1
    assert environment.compile("x.z").evaluate({"x.y": 1, "x": {"z": 2}}) == 2
    inner = Environment(["c.x", "x"], container="c")
    assert inner.compile("x").evaluate({"c.x": 1, "x": 2}) == 1
    assert inner.compile(".x").evaluate({"c.x": 1, "x": 2}) == 2


def test_functions_are_found_by_name() -> None:
    table = FunctionTable({})
    assert "size" in table
    assert "nope" not in table
    assert table.get("nope") is None
    assert table["size"] is standard_function("size")
    assert len(list(table)) == len(table)


def test_import_stays_light() -> None:
    code = (
        "import sys, krm_fn.cel; "
        "print(sorted({'re2', 'zoneinfo', 'pydantic', 'json', 'datetime', "
        "'krm_fn.cel.functions.time', 'krm_fn.cel.functions.math'} & set(sys.modules)))"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
