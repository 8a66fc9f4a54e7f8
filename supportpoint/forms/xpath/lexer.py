"""Splits an expression into tokens, with the two disambiguation rules of XPath 1.0, section 3.7."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from supportpoint.errors import SupportPointError

_NAME = r"[^\W\d][\w.\-·]*"
_TOKEN = re.compile(
    rf"""\s*(?:
      (?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<literal>"[^"]*"|'[^']*')
    | (?P<symbol>::|//|\.\.|!=|<=|>=|[()\[\]@,/|+\-=<>.*$])
    | (?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    )""",
    re.VERBOSE,
)
_OPERATOR_NAME = re.compile(r"\s*(and|or|mod|div)")
_BEFORE_OPERAND = frozenset({"@", "::", "(", "[", ","})
_BINARY = frozenset({"/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="})


class TokenKind(StrEnum):
    """What a token is, after disambiguation."""

    NUMBER = "number"
    LITERAL = "literal"
    NAME = "name"
    OPERATOR = "operator"
    SYMBOL = "symbol"
    END = "end"


@dataclass(frozen=True, slots=True)
class Token:
    """One token and where it starts."""

    kind: TokenKind
    text: str
    at: int


def tokenize(expression: str) -> list[Token]:
    """Return the tokens of an expression, an END token last.

    Errors: SP-303 at a character that begins no token.
    """
    tokens: list[Token] = []
    at, end = 0, len(expression.rstrip())
    while at < end:
        named = _OPERATOR_NAME.match(expression, at) if _ends_operand(tokens) else None
        if named is not None:  # after an operand no other name can follow: `1div1` is a division
            tokens.append(Token(TokenKind.OPERATOR, named[1], named.start(1)))
            at = named.end()
            continue
        match = _TOKEN.match(expression, at)
        if match is None:
            raise SupportPointError("SP-303", expression=expression, at=at)
        kind = str(match.lastgroup)
        text = match.group(kind)
        tokens.append(_classify(kind, text, match.start(kind), tokens))
        at = match.end()
    tokens.append(Token(TokenKind.END, "", end))
    return tokens


def _classify(kind: str, text: str, at: int, before: list[Token]) -> Token:
    if kind == "literal":
        return Token(TokenKind.LITERAL, text[1:-1], at)
    if kind == "number":
        return Token(TokenKind.NUMBER, text, at)
    if kind == "symbol":
        if text == "*" and _ends_operand(before):
            return Token(TokenKind.OPERATOR, text, at)
        if text == "*":
            return Token(TokenKind.NAME, text, at)
        return Token(TokenKind.OPERATOR if text in _BINARY else TokenKind.SYMBOL, text, at)
    return Token(TokenKind.NAME, text, at)


def _ends_operand(before: list[Token]) -> bool:
    if not before:
        return False
    last = before[-1]
    if last.kind is TokenKind.LITERAL:
        return True
    return last.kind is not TokenKind.OPERATOR and last.text not in _BEFORE_OPERAND
