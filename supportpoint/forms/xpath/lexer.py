"""Splits an expression into tokens, with the two disambiguation rules of XPath 1.0, section 3.7.

What may come next depends only on whether an operand has just ended, so there is one pattern for each
case. A path of names alone (`/data/a`, `../b`, `c`), most of what forms consist of, is one token.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from supportpoint.errors import SupportPointError

NUMBER, LITERAL, NAME, PATH, END = "number", "literal", "name", "path", "end"

_NAME = r"[^\W\d][\w.\-·]*"
_QNAME = rf"{_NAME}(?::{_NAME})?"
_PLAIN = rf"(?P<path>(?>(?:/|(?:\.\./)+|\./)?{_QNAME}(?:/{_QNAME})*)(?!\s*[/\[(:]))"
_OPERAND = rf"""(?P<number>\d+(?:\.\d*)?|\.\d+)
    | (?P<literal>"[^"]*"|'[^']*')
    | (?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
    | (?P<symbol>//|\.\.|!=|<=|>=|[()\[\],@/|+\-=<>*.])"""
_ANY_OPERAND = re.compile(rf"\s*(?:{_PLAIN} | {_OPERAND})", re.VERBOSE)
_NAME_TEST = re.compile(rf"\s*(?:{_OPERAND})", re.VERBOSE)  # after `@` and `::`, where no path can stand
_AFTER_OPERAND = re.compile(
    r"\s*(?:(?P<word>and|or|mod|div)|(?P<symbol>::|//|!=|<=|>=|[()\[\],/|+\-=<>*@]))", re.IGNORECASE
)
_PATTERNS = {"@": _NAME_TEST, "::": _NAME_TEST, ")": _AFTER_OPERAND, "]": _AFTER_OPERAND}
_ENDS_OPERAND = frozenset({".", "..", "*"})


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of an expression, three lists of one length.

    A kind is `number`, `literal`, `name`, `path`, `end`, or the operator or symbol itself; a `*` that is
    a name test is a `name`. `places` are where the tokens start.
    """

    kinds: list[str]
    texts: list[str]
    places: list[int]


def tokenize(expression: str) -> Tokens:
    """Return the tokens of an expression, an `end` token last. Operator names may be in capitals.

    Errors: SP-303 at a character that begins no token.
    """
    kinds: list[str] = []
    texts: list[str] = []
    places: list[int] = []
    at, end = 0, len(expression.rstrip())
    pattern = _ANY_OPERAND
    while at < end:
        match = pattern.match(expression, at)
        if match is None:
            raise SupportPointError("SP-303", expression=expression, at=at)
        kind = str(match.lastgroup)
        text = match[kind]
        if kind == "symbol":
            following = _PATTERNS.get(text, _ANY_OPERAND)
            kind = text
            if pattern is not _AFTER_OPERAND and text in _ENDS_OPERAND:
                following = _AFTER_OPERAND
                kind = NAME if text == "*" else text
        elif kind == "word":
            kind, following = text.lower(), _ANY_OPERAND
        else:
            following = _AFTER_OPERAND
        pattern = following
        kinds.append(kind)
        texts.append(text)
        at = match.end()
        places.append(at - len(text))
    kinds.append(END)
    texts.append("")
    places.append(end)
    return Tokens(kinds, texts, places)
