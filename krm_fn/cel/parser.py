"""Expression text to syntax tree: recursive descent, macros expanded on the way.

In: text and the macros of the environment. Out: the tree, or `CelError` (stage parse) with code
`syntax`, `reserved_identifier`, `invalid_literal`, `invalid_escape`, `macro_argument` or `limit`.
Twins: `cel-go/parser/gen/CEL.g4` and `cel-go/parser/parser.go`; spec cel §3.
"""

from __future__ import annotations

from typing import Any, NoReturn

from krm_fn.cel import lexer
from krm_fn.cel.declarations import VARIADIC, MacroTable
from krm_fn.cel.errors import CelError
from krm_fn.cel.literals import bytes_value, float_value, int_value, string_value, uint_value
from krm_fn.cel.syntax import Call, Entry, Expr, Ident, ListExpr, Literal, MapExpr, Message, Select

MAXIMUM_DEPTH = 250
"""How deep one grammar rule may nest in itself, as in cel-go."""

RESERVED = frozenset(
    (
        "as",
        "break",
        "const",
        "continue",
        "else",
        "for",
        "function",
        "if",
        "import",
        "let",
        "loop",
        "namespace",
        "package",
        "return",
        "var",
        "void",
        "while",
    )
)
"""Words that cannot name a variable or a function; as fields and methods they are fine."""

_RELATION = 1
_PRECEDENCE = {
    "<": _RELATION,
    "<=": _RELATION,
    ">": _RELATION,
    ">=": _RELATION,
    "==": _RELATION,
    "!=": _RELATION,
    "in": _RELATION,
    "+": 2,
    "-": 2,
    "*": 3,
    "/": 3,
    "%": 3,
}
_FUNCTION_NAMES = {text: f"_{text}_" for text in _PRECEDENCE} | {"in": "@in"}
_OPERAND = "an expression"
_LOGIC = frozenset(("&&", "||"))
_PREFIXES = frozenset(("-", "!"))
_BOOLEANS = frozenset(("true", "false"))
_NUMBERS = frozenset((lexer.INT, lexer.FLOAT))
_FIELD_NAMES = frozenset((lexer.IDENTIFIER, lexer.QUOTED_IDENTIFIER))
_WIDTH = lexer.WIDTH


def parse(text: str, macros: MacroTable) -> Expr:
    """Return the tree of an expression, or raise `CelError` (stage parse)."""
    parser = _Parser(lexer.tokenize(text), macros)
    try:
        return parser.whole()
    except RecursionError:
        raise _too_deep() from None


def _too_deep() -> CelError:
    message = f"expression recursion limit exceeded: {MAXIMUM_DEPTH}"
    return CelError("limit", message, -1, "parse")


class _Parser:
    """A position in the tokens. `at` is the index of the kind of the next token.

    The other numbers count how often grammar rules are open around this point: `brackets` for all
    of them, and what comes on top of it for the last branches of ternaries (`branches`) and the
    right operands of comparisons (`relations`) and of arithmetic (`operations`).
    """

    __slots__ = (
        "at",
        "brackets",
        "branches",
        "macros",
        "operations",
        "relations",
        "tokens",
    )

    def __init__(self, tokens: list[Any], macros: MacroTable) -> None:
        self.tokens = tokens
        self.macros = macros
        self.at = 0
        self.brackets = 0
        self.branches = 0
        self.relations = 0
        self.operations = 0

    def whole(self) -> Expr:
        """Read the whole text as one expression."""
        tree = self.expression()
        at = self.at
        if self.tokens[at] is not lexer.END:
            only = self.tokens[at + _WIDTH] is lexer.END
            self.refuse("<EOF>", "extraneous" if only else "mismatched")
        return tree

    def refuse(self, expected: str, what: str = "mismatched") -> NoReturn:
        """Raise the syntax error of the next token."""
        _, text, offset = self.tokens[self.at : self.at + _WIDTH]
        message = f"Syntax error: {what} input '{text or lexer.END}' expecting {expected}"
        raise CelError("syntax", message, offset, "parse")

    def skip(self, kind: str) -> None:
        """Step over a token that must come next."""
        if self.tokens[self.at] != kind:
            self.refuse(f"'{kind}'")
        self.at += _WIDTH

    # Operators, from the weakest to the strongest.

    def expression(self) -> Expr:
        """Read `or [? or : expression]`."""
        tokens = self.tokens
        self.brackets += 1
        deepest = max(self.branches, self.relations, self.operations)
        if self.brackets + deepest > MAXIMUM_DEPTH:
            raise _too_deep()
        tree = self.operand()
        kind = tokens[self.at]
        if kind in _PRECEDENCE:
            tree = self.binary(tree, _RELATION)
            kind = tokens[self.at]
        if kind in _LOGIC:
            tree = self.disjunction(tree)
            kind = tokens[self.at]
        if kind == "?":
            offset = tokens[self.at + 2]
            self.at += _WIDTH
            chosen = self.disjunction(self.relation())
            self.skip(":")
            self.branches += 1
            self.brackets -= 1
            otherwise = self.expression()
            self.brackets += 1
            self.branches -= 1
            tree = Call(offset, "_?_:_", None, (tree, chosen, otherwise))
        self.brackets -= 1
        return tree

    def relation(self) -> Expr:
        """Read an operand with comparisons and arithmetic."""
        tree = self.operand()
        if self.tokens[self.at] in _PRECEDENCE:
            return self.binary(tree, _RELATION)
        return tree

    def disjunction(self, first: Expr) -> Expr:
        """Read the rest of `first && … || …`. A long chain becomes a balanced tree."""
        tokens = self.tokens
        terms: list[Expr] = []
        places: list[int] = []
        while True:
            factors = [first]
            inner: list[int] = []
            while tokens[self.at] == "&&":
                inner.append(tokens[self.at + 2])
                self.at += _WIDTH
                factors.append(self.relation())
            terms.append(_balanced("_&&_", factors, inner, 0, len(inner)))
            if tokens[self.at] != "||":
                return _balanced("_||_", terms, places, 0, len(places))
            places.append(tokens[self.at + 2])
            self.at += _WIDTH
            first = self.relation()

    def binary(self, left: Expr, minimum: int) -> Expr:
        """Read the rest of a chain of operators that bind at least as strongly as `minimum`."""
        tokens = self.tokens
        height = self.brackets
        while True:
            operator = tokens[self.at]
            precedence = _PRECEDENCE.get(operator)
            if precedence is None or precedence < minimum:
                return left
            offset = tokens[self.at + 2]
            self.at += _WIDTH
            height += 1
            if height > MAXIMUM_DEPTH:
                raise _too_deep()
            comparison = precedence == _RELATION
            self.relations += comparison
            self.operations += not comparison
            right = self.operand()
            following = _PRECEDENCE.get(tokens[self.at])
            if following is not None and following > precedence:
                right = self.binary(right, precedence + 1)
            self.relations -= comparison
            self.operations -= not comparison
            left = Call(offset, _FUNCTION_NAMES[operator], None, (left, right))

    def operand(self) -> Expr:
        """Read a primary with its prefix operators, selections, indices and method calls."""
        kind = self.tokens[self.at]
        if kind is lexer.IDENTIFIER:
            return self.members(self.identifier(absolute=False))
        if kind in _PREFIXES:
            return self.prefixed(kind)
        return self.members(self.primary(kind))

    def prefixed(self, sign: str) -> Expr:
        """Read `-x` or `!x`. An even number of signs is dropped, as in cel-go."""
        tokens = self.tokens
        offset = tokens[self.at + 2]
        if sign == "-" and tokens[self.at + _WIDTH] in _NUMBERS:
            return self.members(self.negative_number())
        count = 0
        while tokens[self.at] == sign:
            count += 1
            self.at += _WIDTH
        kind = tokens[self.at]
        if kind == "-" and tokens[self.at + _WIDTH] in _NUMBERS:
            operand = self.members(self.negative_number())
        elif kind is lexer.IDENTIFIER:
            operand = self.members(self.identifier(absolute=False))
        else:
            operand = self.members(self.primary(kind))
        return Call(offset, f"{sign}_", None, (operand,)) if count % 2 else operand

    def negative_number(self) -> Expr:
        """Read a minus sign and the number after it as one literal."""
        _, _, offset, kind, text, _ = self.tokens[self.at : self.at + 2 * _WIDTH]
        self.at += 2 * _WIDTH
        if kind is lexer.INT:
            return Literal(offset, "int", int_value(text, offset, negative=True))
        return Literal(offset, "double", float_value(text, offset, negative=True))

    def members(self, tree: Expr) -> Expr:
        """Read what follows a primary: `.field`, `.?field`, `.method(…)`, `[index]`, `[?index]`."""
        tokens = self.tokens
        at = self.at
        named = tokens[at - _WIDTH] is lexer.IDENTIFIER
        height = self.brackets
        while True:
            kind = tokens[at]
            if kind == ".":
                offset = tokens[at + 2]
                at += _WIDTH
                height += 1
                optional = tokens[at] == "?"
                if optional:
                    at += _WIDTH
                kind = tokens[at]
                if kind is lexer.IDENTIFIER:
                    name = tokens[at + 1]
                elif kind is lexer.QUOTED_IDENTIFIER:
                    name = tokens[at + 1][1:-1]
                else:
                    self.at = at
                    self.refuse("IDENTIFIER")
                at += _WIDTH
                if tokens[at] == "(" and kind is lexer.IDENTIFIER and not optional:
                    self.at = at
                    tree = self.call(name, tree)
                    at = self.at
                else:
                    tree = Select(offset, tree, name, False, optional)  # noqa: FBT003
            elif kind == "[":
                height += 1
                self.at = at
                tree = self.index(tree)
                at = self.at
            else:
                break
        self.at = at
        if height > MAXIMUM_DEPTH:
            raise _too_deep()
        if kind == "{" and named and (name := qualified_name(tree)) is not None:
            return self.message(name)
        return tree

    def index(self, target: Expr) -> Expr:
        """Read `[index]` or `[?index]`."""
        tokens = self.tokens
        offset = tokens[self.at + 2]
        self.at += _WIDTH
        function = "_[_]"
        if tokens[self.at] == "?":
            self.at += _WIDTH
            function = "_[?_]"
        key = self.expression()
        self.skip("]")
        return Call(offset, function, None, (target, key))

    # Primaries.

    def primary(self, kind: str) -> Expr:
        """Read a literal, a name, a list, a map or something in parentheses."""
        if kind == "(":
            self.at += _WIDTH
            tree = self.expression()
            self.skip(")")
            return tree
        if kind == "[":
            return self.list_literal()
        if kind == "{":
            return self.map_literal()
        if kind == ".":
            self.at += _WIDTH
            if self.tokens[self.at] is not lexer.IDENTIFIER:
                self.refuse("IDENTIFIER")
            return self.identifier(absolute=True)
        return self.literal(kind)

    def literal(self, kind: str) -> Expr:
        """Read a literal of one token."""
        _, text, offset = self.tokens[self.at : self.at + _WIDTH]
        if kind is lexer.STRING:
            tree = Literal(offset, "string", string_value(text, offset))
        elif kind is lexer.INT:
            tree = Literal(offset, "int", int_value(text, offset))
        elif kind in _BOOLEANS:
            tree = Literal(offset, "bool", kind == "true")
        elif kind is lexer.FLOAT:
            tree = Literal(offset, "double", float_value(text, offset))
        elif kind == "null":
            tree = Literal(offset, "null", None)
        elif kind is lexer.UINT:
            tree = Literal(offset, "uint", uint_value(text, offset))
        elif kind is lexer.BYTES:
            tree = Literal(offset, "bytes", bytes_value(text, offset))
        else:
            self.refuse(_OPERAND)
        self.at += _WIDTH
        return tree

    def identifier(self, *, absolute: bool) -> Expr:
        """Read a variable or a call of a function."""
        tokens = self.tokens
        at = self.at
        name = tokens[at + 1]
        if name in RESERVED:
            message = f"reserved identifier: {name}"
            raise CelError("reserved_identifier", message, tokens[at + 2], "parse")
        self.at = at + _WIDTH
        if tokens[at + _WIDTH] == "(":
            return self.call(name, None, absolute=absolute)
        return Ident(tokens[at + 2], name, absolute)

    def call(self, function: str, target: Expr | None, *, absolute: bool = False) -> Expr:
        """Read the arguments of a call, and expand it if it is a macro."""
        tokens = self.tokens
        offset = tokens[self.at + 2]
        self.at += _WIDTH
        arguments: list[Expr] = []
        if tokens[self.at] == ")":
            self.at += _WIDTH
        else:
            arguments.append(self.expression())
            while tokens[self.at] == ",":
                self.at += _WIDTH
                arguments.append(self.expression())
            self.skip(")")
        call = Call(offset, function, target, tuple(arguments), absolute)
        if absolute:
            return call
        macros = self.macros
        receiver = target is not None
        macro = macros.get((function, len(arguments), receiver))
        if macro is None:
            macro = macros.get((function, VARIADIC, receiver))
        if macro is None:
            return call
        return macro.expand(call) or call

    def list_literal(self) -> Expr:
        """Read `[a, ?b]`."""
        tokens = self.tokens
        offset = tokens[self.at + 2]
        self.at += _WIDTH
        elements: list[Expr] = []
        optional: list[int] = []
        self.lone_comma("]")
        while tokens[self.at] != "]":
            if tokens[self.at] == "?":
                self.at += _WIDTH
                optional.append(len(elements))
            elements.append(self.expression())
            if tokens[self.at] != ",":
                break
            self.at += _WIDTH
        self.skip("]")
        return ListExpr(offset, tuple(elements), frozenset(optional))

    def lone_comma(self, closing: str) -> None:
        """Step over the comma of `[,]` and `{,}`, which the grammar allows."""
        if self.tokens[self.at] == "," and self.tokens[self.at + _WIDTH] == closing:
            self.at += _WIDTH

    def map_literal(self) -> Expr:
        """Read `{k: v, ?k: v}`."""
        tokens = self.tokens
        offset = tokens[self.at + 2]
        self.at += _WIDTH
        entries: list[Entry] = []
        self.lone_comma("}")
        while tokens[self.at] != "}":
            optional = tokens[self.at] == "?"
            if optional:
                self.at += _WIDTH
            key = self.expression()
            colon = tokens[self.at + 2]
            self.skip(":")
            entries.append(Entry(colon, key, self.expression(), optional))
            if tokens[self.at] != ",":
                break
            self.at += _WIDTH
        self.skip("}")
        return MapExpr(offset, tuple(entries))

    def message(self, name: str) -> Expr:
        """Read the fields of `name{field: value}`."""
        tokens = self.tokens
        offset = tokens[self.at + 2]
        self.at += _WIDTH
        fields: list[tuple[str, Expr, bool]] = []
        self.lone_comma("}")
        while tokens[self.at] != "}":
            optional = tokens[self.at] == "?"
            if optional:
                self.at += _WIDTH
            if tokens[self.at] not in _FIELD_NAMES:
                self.refuse("IDENTIFIER")
            field = tokens[self.at + 1].strip("`")
            self.at += _WIDTH
            self.skip(":")
            fields.append((field, self.expression(), optional))
            if tokens[self.at] != ",":
                break
            self.at += _WIDTH
        self.skip("}")
        return Message(offset, name, tuple(fields))


def _balanced(function: str, terms: list[Expr], places: list[int], low: int, high: int) -> Expr:
    """Join `terms[low:high + 1]` by the operators at `places[low:high]`, halves first."""
    if low == high:
        return terms[low]
    middle = (low + high) // 2
    left = _balanced(function, terms, places, low, middle)
    right = _balanced(function, terms, places, middle + 1, high)
    return Call(places[middle], function, None, (left, right))


def qualified_name(tree: Expr) -> str | None:
    """Return `a.b.c` for a chain of plain selections from a name, otherwise None.

    A leading dot is kept (`.a.b`).
    """
    fields: list[str] = []
    while type(tree) is Select and not tree.test_only and not tree.optional:
        fields.append(tree.field)
        tree = tree.operand
    if type(tree) is not Ident:
        return None
    fields.append(f".{tree.name}" if tree.absolute else tree.name)
    return ".".join(reversed(fields))
