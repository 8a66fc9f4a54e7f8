"""What an expression may ask of the world around it."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, tzinfo
from typing import Any

from supportpoint.clock import VIETNAM
from supportpoint.forms.tree import Kind, Node
from supportpoint.forms.xpath.values import Value


def _no_text(key: str) -> str:
    return key


def _no_choice(_path: str, value: str, _node: Node) -> str:
    return value


class Environment:
    """The primary instance, the secondary ones, time, language and chance.

    `find_text` gives an itext text in the current language, `find_choice` the label of a choice
    (path of the question, value, context node). `prefixes` are the prefixes name() gives, by uri.
    `exact` is for who tests expressions: a value that a function cannot take is then an error, as in
    JavaRosa; in a session it counts as empty, because a villager cannot mend a form.
    """

    def __init__(
        self,
        root: Node,
        instances: Mapping[str, Node] | None = None,
        now: Callable[[], datetime] | None = None,
        *,
        zone: tzinfo = VIETNAM,
    ) -> None:
        self.root = root
        self.instances = instances or {}
        #: nodes that are there once and for all, by their path from the root: a look-up instead of a walk
        self.singles: Mapping[tuple[str, ...], list[Node]] = {}
        self.now = now or (lambda: datetime(1970, 1, 1, tzinfo=UTC))
        self.zone = zone
        self.random = random.Random()  # noqa: S311  # forms shuffle choices, they keep no secrets
        self.shuffle_seed = self.random.random()  # one order a session: choices must not jump about
        self.exact = False
        self.prefixes: Mapping[str, str] = {}
        self.language = ""
        self.version = ""
        self.properties: Mapping[str, str] = {}
        self.find_text: Callable[[str], Value] = _no_text
        self.find_choice: Callable[[str, str, Node], str] = _no_choice


class Context:
    """Where an expression stands: node, position, size, and the node the whole expression began at.

    Position 0 stands for "outside a predicate": position() is then that of the node among its repeats.
    """

    __slots__ = ("current", "env", "node", "position", "size")

    def __init__(
        self, env: Environment, node: Node, position: int = 0, size: int = 1, current: Node | None = None
    ) -> None:
        self.env = env
        self.node = node
        self.position = position
        self.size = size
        self.current = node if current is None else current

    def at(self, node: Node, position: int, size: int) -> Context:
        """Return the context of one node of a node-set."""
        return Context(self.env, node, position, size, self.current)


Evaluate = Callable[[Context], Any]


def document_of(root: Node) -> Node:
    """Return a document node that holds `root`."""
    document = Node(kind=Kind.DOCUMENT)
    document.append(root)
    return document
