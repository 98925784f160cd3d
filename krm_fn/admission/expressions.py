"""Expressions judged before anything is rendered: by syntax and by types.

Twin: `internal/validation/component/validator.go` and `foreach.go` of OpenChoreo (spec: binding
§8.2.4).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from krm_fn.admission.shapes import Node, Path, refusal
from krm_fn.cel import (
    BOOL,
    DYN,
    STRING,
    CelError,
    Library,
    Type,
    TypedEnvironment,
    object_type,
)
from krm_fn.schema import Violation
from krm_fn.template import NestedExpressionError, scan

_NO_FIELDS: Final = frozenset(("false", "in", "null", "true"))
_DEFAULT_VARIABLE: Final = "item"


class Expressions:
    """Judges the expressions of one scope. Verdicts are remembered; so scopes are worth keeping."""

    __slots__ = ("_environment", "_known")

    def __init__(self, variables: Mapping[str, Type], libraries: tuple[Library, ...]) -> None:
        self._environment = TypedEnvironment(variables, libraries)
        self._known: dict[str, Type | CelError] = {}

    def with_variable(self, name: str, type_: Type) -> Expressions:
        """Return the scope with one variable more."""
        environment = self._environment
        return Expressions({**environment.variables, name: type_}, environment.libraries)

    def type_of(self, expression: str) -> Type | CelError:
        """Return the type of a bare expression, or why it has none."""
        found = self._known.get(expression)
        if found is None:
            found = self._followed(expression)
            if found is None:
                try:
                    found = self._environment.result_type(expression)
                except CelError as error:
                    found = error.with_traceback(None)
            self._known[expression] = found
        return found

    def tree(self, tree: object, path: Path) -> Iterator[Violation]:
        """Judge every `${…}` in the keys and values of a template."""
        if isinstance(tree, str):
            if "${" in tree:
                yield from self._text(tree, path)
        elif isinstance(tree, dict):
            for key, value in tree.items():
                if "${" in key:
                    yield from self._text(key, (*path, key))
                yield from self.tree(value, (*path, key))
        elif isinstance(tree, list):
            for index, item in enumerate(tree):
                yield from self.tree(item, (*path, index))

    def condition(self, text: object, path: Path, *, bare: bool = False) -> Iterator[Violation]:
        """Judge `${…}` that must give a boolean; with `bare`, the braces may be missing."""
        expression = unwrapped(text, bare=bare)
        if expression is None:
            return
        found = self.type_of(expression)
        if isinstance(found, CelError):
            yield self._refusal(found, expression, path)
        elif found is not BOOL and found is not DYN:
            message = f"the condition `{_shown(expression)}` must give a boolean, not {found}"
            wrong = refusal("template-condition-not-boolean", path, message, value=text)
            yield replace(wrong, details=(("expression", expression),))

    def loop(self, entry: Node, path: Path) -> tuple[Expressions, list[Violation]]:
        """Judge `forEach` and `var`; return the scope of an iteration, and what is wrong."""
        text = entry.get("forEach")
        expression = unwrapped(text)
        if expression is None:
            return self, []
        wrong: list[Violation] = []
        item = DYN
        place = (*path, "forEach")
        found = self.type_of(expression)
        if isinstance(found, CelError):
            wrong.append(self._refusal(found, expression, place))
        elif found.kind == "list":
            item = found.parameters[0]
        elif found.kind == "map":
            item = _entry(found.parameters[1])
        elif found is not DYN:
            message = f"the loop `{_shown(expression)}` must give a list or a map, not {found}"
            refused = refusal("template-loop-not-iterable", place, message, value=text)
            wrong.append(replace(refused, details=(("expression", expression),)))
        name = entry.get("var") or _DEFAULT_VARIABLE
        if name in self._environment.variables:
            message = f"the loop variable hides `{name}`, which the template sees anyway"
            hint = f"give it another name, such as {_DEFAULT_VARIABLE}"
            wrong.append(refusal("loop-variable-taken", (*path, "var"), message, hint, name))
            return self, wrong
        return self.with_variable(str(name), item), wrong

    def _text(self, text: str, path: Path) -> Iterator[Violation]:
        try:
            matches = scan(text)
        except NestedExpressionError as error:
            message = f"an expression inside an expression must stand in quotes: `{error.text}`"
            yield refusal("template-expression-nested", path, message, value=text)
            return
        if not matches:
            message = "`${` is not closed, so the text stays as it is written"
            wrong = refusal("template-expression-open", path, message, value=text)
            yield replace(wrong, severity="warning")
        for match in matches:
            found = self.type_of(match.expression)
            if isinstance(found, CelError):
                yield self._refusal(found, match.expression, path)

    def _followed(self, expression: str) -> Type | None:
        """Return the type of a plain selection of fields that exist; None for all else."""
        first, *fields = expression.strip().split(".")
        found = self._environment.variables.get(first)
        for field in fields:
            if found is None or field in _NO_FIELDS or not field.isidentifier():
                return None
            if found.kind == "object":
                found = found.fields.get(field)
            elif found.kind == "map":
                found = found.parameters[1]
            elif found is not DYN:
                return None
        return found

    def _refusal(self, error: CelError, expression: str, path: Path) -> Violation:
        from krm_fn.admission.suggestions import suggestion

        where = f" (character {error.offset + 1})" if error.offset > 0 else ""
        code = _CODES.get(error.code, "template-expression-invalid")
        message = f"the expression `{_shown(expression)}` {_said(error)}{where}"
        hint = suggestion(error, expression, self._environment)
        details = (("expression", expression.strip()), ("offset", str(error.offset)))
        return replace(refusal(code, path, message, hint, expression), details=details)


_CODES: Final = {
    "bad_comprehension_range": "expression-type",
    "bad_field_selection": "expression-type",
    "no_matching_overload": "expression-type",
    "type_mismatch": "expression-type",
    "undeclared_reference": "template-name-unknown",
    "undefined_field": "expression-field-unknown",
}


def unwrapped(text: object, *, bare: bool = False) -> str | None:
    """Return what stands between `${` and `}`; None where the braces are missing."""
    if not isinstance(text, str) or not text:
        return None
    stripped = text.strip()
    if stripped.startswith("${") and stripped.endswith("}"):
        return stripped[2:-1].strip()
    return text if bare else None


def _entry(value: Type) -> Type:
    """Return the type of an iteration over a map. Only objects keep their shape, scalars do not."""
    return object_type("MapEntry", {"key": STRING, "value": _shadow(value, "MapEntry.value")})


def _shadow(type_: Type, name: str) -> Type:
    if type_.kind != "object" or not type_.fields:
        return DYN
    fields = {field: _shadow(inner, f"{name}.{field}") for field, inner in type_.fields.items()}
    return object_type(name, fields)


def _said(error: CelError) -> str:
    """Say what is wrong; the engine quotes a missing name."""
    name = error.message.partition("'")[2].partition("'")[0]
    if error.code == "undeclared_reference":
        return f"uses `{name}`, which is not known here"
    if error.code == "undefined_field":
        return f"reads `{name}`, which is not declared"
    if error.stage == "parse":
        return f"cannot be read: {error.message}"
    return f"does not fit its types: {error.message}"


def _shown(expression: str) -> str:
    return " ".join(expression.split())
