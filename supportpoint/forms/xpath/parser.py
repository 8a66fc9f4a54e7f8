"""Recursive descent over the XPath 1.0 grammar."""

from __future__ import annotations

from functools import lru_cache

from supportpoint.errors import SupportPointError
from supportpoint.forms.xpath.lexer import END, LITERAL, NAME, NUMBER, PATH, tokenize
from supportpoint.forms.xpath.syntax import (
    ANY_DESCENDANT,
    Binary,
    Call,
    Expression,
    Filter,
    Literal,
    Negate,
    Number,
    Path,
    Step,
)

_PRECEDENCE = {
    "or": 1,
    "and": 2,
    "=": 3,
    "!=": 3,
    "<": 4,
    "<=": 4,
    ">": 4,
    ">=": 4,
    "+": 5,
    "-": 5,
    "*": 6,
    "div": 6,
    "mod": 6,
}
_NODE_TYPES = frozenset({"node", "text", "comment", "processing-instruction"})
_AXES = frozenset(
    {
        "ancestor",
        "ancestor-or-self",
        "attribute",
        "child",
        "descendant",
        "descendant-or-self",
        "following",
        "following-sibling",
        "namespace",
        "parent",
        "preceding",
        "preceding-sibling",
        "self",
    }
)
_MAX_DEPTH = 200
_PARENT = Step("parent", "node()")
_SELF = Step("self", "node()")


def parse(expression: str) -> Expression:
    """Return the syntax tree of an expression. Nobody may change it: parts of it are shared.

    Errors: SP-303 when it is no XPath 1.0, or nested more than 200 deep.
    """
    parser = _Parser(expression)
    try:
        tree = parser.binary()
    except RecursionError:
        raise parser.fault() from None
    if parser.kinds[parser.at] != END:
        raise parser.fault()
    return tree


@lru_cache(maxsize=4_096)
def _step(name: str) -> Step:
    return Step("child", name)


@lru_cache(maxsize=4_096)
def _plain(text: str) -> Path:
    """Return the path that a `path` token spells."""
    names = text.split("/")
    start = None if names[0] else "/"
    steps = [{"..": _PARENT, ".": _SELF}.get(name) or _step(name) for name in names if name]
    return Path(start, tuple(steps))


class _Parser:
    def __init__(self, expression: str) -> None:
        self.expression = expression
        tokens = tokenize(expression)
        self.kinds, self.texts, self.places = tokens.kinds, tokens.texts, tokens.places
        self.at = 0
        self.depth = 0

    def fault(self) -> SupportPointError:
        return SupportPointError("SP-303", expression=self.expression, at=self.places[self.at])

    def accept(self, kind: str) -> bool:
        if self.kinds[self.at] == kind:
            self.at += 1
            return True
        return False

    def expect(self, kind: str) -> None:
        if self.kinds[self.at] != kind:
            raise self.fault()
        self.at += 1

    def binary(self, lowest: int = 1) -> Expression:
        """Precedence climbing: operators of at least the `lowest` rank, all left-associative."""
        kinds = self.kinds
        left = self.unary() if kinds[self.at] == "-" else self.union()
        while True:
            operator = kinds[self.at]
            rank = _PRECEDENCE.get(operator, 0)
            if rank < lowest:
                return left
            self.at += 1
            left = Binary(operator, left, self.binary(rank + 1))

    def unary(self) -> Expression:
        negations = 0
        while self.accept("-"):
            negations += 1
        operand: Expression = Negate(self.union())
        return operand if negations % 2 else Negate(operand)

    def union(self) -> Expression:
        left = self.operand()
        while self.kinds[self.at] == "|":
            self.at += 1
            left = Binary("|", left, self.operand())
        return left

    def operand(self) -> Expression:
        kind = self.kinds[self.at]
        if kind == PATH:
            self.at += 1
            return _plain(self.texts[self.at - 1])
        if kind in {"/", "//"}:
            self.at += 1
            if kind == "//":
                return Path("/", (ANY_DESCENDANT, *self.steps()))
            return Path("/", self.steps() if self.starts_step() else ())
        if not self.starts_primary(kind):
            return Path(None, self.steps())
        return self.filtered(self.primary(kind))

    def filtered(self, primary: Expression) -> Expression:
        """Return a primary expression with the predicates and steps that follow it."""
        following = self.kinds[self.at]
        if following == "[":
            primary = Filter(primary, self.predicates())
            following = self.kinds[self.at]
        if following == "/":
            self.at += 1
            return Path(primary, self.steps())
        if following == "//":
            self.at += 1
            return Path(primary, (ANY_DESCENDANT, *self.steps()))
        return primary

    def starts_primary(self, kind: str) -> bool:
        if kind == NAME:
            return self.kinds[self.at + 1] == "(" and self.texts[self.at] not in _NODE_TYPES
        return kind in {NUMBER, LITERAL, "("}

    def starts_step(self) -> bool:
        return self.kinds[self.at] in {NAME, PATH, ".", "..", "@"}

    def primary(self, kind: str) -> Expression:
        text = self.texts[self.at]
        self.at += 1
        if kind == LITERAL:
            return Literal(text[1:-1])
        if kind == NUMBER:
            return Number(float(text))
        self.deepen()
        inner: Expression
        if kind == "(":
            inner = self.binary()
            self.expect(")")
        else:
            self.at += 1
            arguments: list[Expression] = []
            if not self.accept(")"):
                arguments.append(self.binary())
                while self.accept(","):
                    arguments.append(self.binary())
                self.expect(")")
            inner = Call(text, tuple(arguments))
        self.depth -= 1
        return inner

    def deepen(self) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.fault()

    def steps(self) -> tuple[Step, ...]:
        found: list[Step] = []
        while True:
            if self.kinds[self.at] == PATH:
                found += self.plain_steps()
            else:
                found.append(self.step())
            if self.accept("/"):
                continue
            if not self.accept("//"):
                return tuple(found)
            found.append(ANY_DESCENDANT)

    def plain_steps(self) -> tuple[Step, ...]:
        path = _plain(self.texts[self.at])
        if path.start is not None:
            raise self.fault()
        self.at += 1
        return path.steps

    def step(self) -> Step:
        kind = self.kinds[self.at]
        if kind in {".", ".."}:
            self.at += 1
            axis = "self" if kind == "." else "parent"
            return Step(axis, "node()", self.predicates())
        axis = "child"
        if kind == "@":
            axis = "attribute"
            self.at += 1
        elif kind == NAME and self.kinds[self.at + 1] == "::":
            axis = self.texts[self.at]
            self.at += 2
        if axis not in _AXES or self.kinds[self.at] != NAME:
            raise self.fault()
        return Step(axis, self.node_test(), self.predicates())

    def node_test(self) -> str:
        name = self.texts[self.at]
        self.at += 1
        if name not in _NODE_TYPES or not self.accept("("):
            return name
        target = ""
        if self.kinds[self.at] == LITERAL:
            target = self.texts[self.at][1:-1]
            self.at += 1
        self.expect(")")
        return f"{name}({target})"

    def predicates(self) -> tuple[Expression, ...]:
        if self.kinds[self.at] != "[":
            return ()
        found: list[Expression] = []
        self.deepen()
        while self.accept("["):
            found.append(self.binary())
            self.expect("]")
        self.depth -= 1
        return tuple(found)
