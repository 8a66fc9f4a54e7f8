"""The operators, over values. Comparison of node-sets is existential, as XPath 1.0 says."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Sequence

from supportpoint.forms.tree import Node
from supportpoint.forms.xpath.paths import in_order
from supportpoint.forms.xpath.values import (
    NAN,
    Atom,
    Value,
    atom_of,
    atom_truth,
    holds,
    same_number,
    to_boolean,
    to_number,
    to_string,
)

_EMPTY: tuple[Atom, ...] = ("",)


def divide(left: float, right: float) -> float:
    """Return the IEEE quotient: infinite or NaN where Python raises."""
    if right:
        return left / right
    if not left or math.isnan(left):
        return NAN
    return math.copysign(math.inf, left) * math.copysign(1.0, right)


def modulo(left: float, right: float) -> float:
    """Return the remainder with the sign of the dividend."""
    if not right or math.isinf(left) or math.isnan(right):
        return NAN
    return math.fmod(left, right)


ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": divide,
    "mod": modulo,
}
ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def arithmetic(name: str) -> Callable[[Value, Value], float]:
    """Return the function of + - * div mod."""
    apply = ARITHMETIC[name]
    return lambda left, right: apply(to_number(left), to_number(right))


def equality(*, equal: bool, strict: bool) -> Callable[[Value, Value], bool]:
    """Return the test of = or !=. Unless `strict`, an empty node-set compares as empty text."""
    truth = holds if strict else to_boolean

    def test(left: Value, right: Value) -> bool:
        if isinstance(left, bool) or isinstance(right, bool):
            return (truth(left) == truth(right)) is equal
        lefts, rights = _atoms(left, strict=strict), _atoms(right, strict=strict)
        return any(_same(a, b) is equal for a in lefts for b in rights)

    return test


def _atoms(value: Value, *, strict: bool) -> Sequence[Atom]:
    if not isinstance(value, list):
        return (value,)
    if not value and not strict:
        return _EMPTY
    return [atom_of(node) for node in value]


def _same(left: Atom, right: Atom) -> bool:
    if isinstance(left, str) and isinstance(right, str):
        return left == right
    if isinstance(left, bool) or isinstance(right, bool):
        return atom_truth(left) == atom_truth(right)
    if isinstance(left, float) or isinstance(right, float):
        return same_number(to_number(left), to_number(right))
    return to_string(left) == to_string(right)


def ordering(name: str) -> Callable[[Value, Value], bool]:
    """Return the test of < <= > >=: always of numbers, also beside a truth value."""
    apply = ORDER[name]

    def test(left: Value, right: Value) -> bool:
        lefts, rights = _atoms(left, strict=True), _atoms(right, strict=True)
        return any(apply(to_number(a), to_number(b)) for a in lefts for b in rights)

    return test


def union(left: Value, right: Value) -> list[Node]:
    """Return the nodes of both sets, each once, in document order."""
    return in_order([*_nodes(left), *_nodes(right)])


def _nodes(value: Value) -> list[Node]:
    return value if isinstance(value, list) else []
