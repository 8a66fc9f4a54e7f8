"""Recursive descent over the XPath 1.0 grammar."""

from __future__ import annotations

from supportpoint.errors import SupportPointError
from supportpoint.forms.xpath.lexer import Token, TokenKind, tokenize
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
_MAX_DEPTH = 80


def parse(expression: str) -> Expression:
    """Return the syntax tree of an expression.

    Errors: SP-303 when it is no XPath 1.0.
    """
    parser = _Parser(expression)
    tree = parser.binary()
    if parser.token.kind is not TokenKind.END:
        raise parser.fault()
    return tree


class _Parser:
    def __init__(self, expression: str) -> None:
        self.expression = expression
        self.tokens = tokenize(expression)
        self.at = 0
        self.depth = 0

    @property
    def token(self) -> Token:
        return self.tokens[self.at]

    def fault(self) -> SupportPointError:
        return SupportPointError("SP-303", expression=self.expression, at=self.token.at)

    def accept(self, *texts: str) -> bool:
        token = self.token
        if token.kind in {TokenKind.OPERATOR, TokenKind.SYMBOL} and token.text in texts:
            self.at += 1
            return True
        return False

    def expect(self, text: str) -> None:
        if not self.accept(text):
            raise self.fault()

    def binary(self, lowest: int = 1) -> Expression:
        """Precedence climbing: operators of at least the `lowest` rank, all left-associative."""
        left = self.unary()
        while self.token.kind is TokenKind.OPERATOR:
            operator = self.token.text
            rank = _PRECEDENCE.get(operator, 0)
            if rank < lowest:
                break
            self.at += 1
            left = Binary(operator, left, self.binary(rank + 1))
        return left

    def unary(self) -> Expression:
        negations = 0
        while self.accept("-"):
            negations += 1
        operand = self.union()
        for _ in range(negations):
            operand = Negate(operand)
        return operand

    def union(self) -> Expression:
        left = self.path()
        while self.accept("|"):
            left = Binary("|", left, self.path())
        return left

    def path(self) -> Expression:
        if self.token.text == "/" and self.token.kind is TokenKind.OPERATOR:
            self.at += 1
            return Path("/", self.steps() if self.starts_step() else ())
        if self.accept("//"):
            return Path("/", (ANY_DESCENDANT, *self.steps()))
        if not self.starts_primary():
            return Path(None, self.steps())
        primary: Expression = self.primary()
        predicates = self.predicates()
        if predicates:
            primary = Filter(primary, predicates)
        if self.accept("/"):
            return Path(primary, self.steps())
        if self.accept("//"):
            return Path(primary, (ANY_DESCENDANT, *self.steps()))
        return primary

    def starts_primary(self) -> bool:
        token = self.token
        if token.kind in {TokenKind.NUMBER, TokenKind.LITERAL} or token.text == "(":
            return True
        following = self.tokens[self.at + 1] if token.kind is TokenKind.NAME else token
        return token.kind is TokenKind.NAME and following.text == "(" and token.text not in _NODE_TYPES

    def starts_step(self) -> bool:
        return self.token.kind is TokenKind.NAME or self.token.text in {".", "..", "@"}

    def primary(self) -> Expression:
        token = self.token
        self.at += 1
        if token.kind is TokenKind.NUMBER:
            return Number(float(token.text))
        if token.kind is TokenKind.LITERAL:
            return Literal(token.text)
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            raise self.fault()
        if token.text == "(":
            inner = self.binary()
        else:
            self.expect("(")
            inner = Call(token.text, self.arguments())
        self.expect(")")
        self.depth -= 1
        return inner

    def arguments(self) -> tuple[Expression, ...]:
        if self.token.text == ")" and self.token.kind is TokenKind.SYMBOL:
            return ()
        found = [self.binary()]
        while self.accept(","):
            found.append(self.binary())
        return tuple(found)

    def steps(self) -> tuple[Step, ...]:
        found = [self.step()]
        while True:
            if self.accept("/"):
                found.append(self.step())
            elif self.accept("//"):
                found += [ANY_DESCENDANT, self.step()]
            else:
                return tuple(found)

    def step(self) -> Step:
        if self.accept("."):
            return Step("self", "node()", self.predicates())
        if self.accept(".."):
            return Step("parent", "node()", self.predicates())
        axis = "child"
        if self.accept("@"):
            axis = "attribute"
        elif self.token.kind is TokenKind.NAME and self.tokens[self.at + 1].text == "::":
            axis = self.token.text
            self.at += 2
        if axis not in _AXES or self.token.kind is not TokenKind.NAME:
            raise self.fault()
        return Step(axis, self.node_test(), self.predicates())

    def node_test(self) -> str:
        name = self.token.text
        self.at += 1
        if name not in _NODE_TYPES or not self.accept("("):
            return name
        target = ""
        if self.token.kind is TokenKind.LITERAL:
            target = self.token.text
            self.at += 1
        self.expect(")")
        return f"{name}({target})"

    def predicates(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self.token.kind is TokenKind.SYMBOL and self.accept("["):
            found.append(self.binary())
            self.expect("]")
        return tuple(found)
