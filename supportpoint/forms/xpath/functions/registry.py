"""How functions are declared, and what they share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from supportpoint.errors import SupportPointError
from supportpoint.forms.tree import Node
from supportpoint.forms.xpath.context import Context
from supportpoint.forms.xpath.values import Value, to_string

MANY = 1_000


@dataclass(frozen=True, slots=True)
class Function:
    """A function over evaluated arguments: `call(context, *values)`; `fewest` to `most` of them."""

    call: Callable[..., Any]
    fewest: int
    most: int


class Library(dict[str, Function]):
    """The functions of one module by name."""

    def add(
        self, name: str, fewest: int, most: int | None = None
    ) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
        """Return a decorator that declares a function; `most` is `fewest` unless given."""

        def declare(call: Callable[..., Any]) -> Callable[..., Any]:
            self[name] = Function(call, fewest, fewest if most is None else most)
            return call

        return declare


def refuse(context: Context, function: str) -> str:
    """Return what a function gives for a value it cannot take: empty text.

    Errors: SP-303 where the environment is `exact`.
    """
    if context.env.exact:
        raise SupportPointError("SP-303", function=function)
    return ""


def nodes_of(value: Value) -> list[Node]:
    """Return the nodes of a node-set; other values have none."""
    return value if isinstance(value, list) else []


def items_of(values: tuple[Value, ...]) -> list[Value]:
    """Return the values with node-sets taken apart into their nodes."""
    items: list[Value] = []
    for value in values:
        if isinstance(value, list):
            items += [[node] for node in value]
        else:
            items.append(value)
    return items


def words_of(value: Value) -> list[str]:
    """Return the choices of a select_multiple answer."""
    return to_string(value).split()
