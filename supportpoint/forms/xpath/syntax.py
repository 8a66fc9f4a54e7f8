"""The syntax tree of an expression.

Nobody changes a node: the trees of paths are shared. They are not `frozen` because freezing doubles the
time a form takes to load.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, unsafe_hash=True)
class Number:
    """A number as written."""

    value: float


@dataclass(slots=True, unsafe_hash=True)
class Literal:
    """A quoted text."""

    value: str


@dataclass(slots=True, unsafe_hash=True)
class Binary:
    """Two operands: or and = != < <= > >= + - * div mod |."""

    operator: str
    left: Expression
    right: Expression


@dataclass(slots=True, unsafe_hash=True)
class Negate:
    """Unary minus."""

    operand: Expression


@dataclass(slots=True, unsafe_hash=True)
class Call:
    """A function call."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(slots=True, unsafe_hash=True)
class Step:
    """One location step. `test` is a name, `*`, `p:*` or a node type such as `text()`."""

    axis: str
    test: str
    predicates: tuple[Expression, ...] = ()


@dataclass(slots=True, unsafe_hash=True)
class Path:
    """A location path. `start` is None for a relative path, "/" for an absolute one."""

    start: Expression | str | None
    steps: tuple[Step, ...]


@dataclass(slots=True, unsafe_hash=True)
class Filter:
    """A primary expression with predicates."""

    primary: Expression
    predicates: tuple[Expression, ...]


Expression = Number | Literal | Binary | Negate | Call | Path | Filter

ANY_DESCENDANT = Step("descendant-or-self", "node()")
