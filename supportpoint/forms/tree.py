"""A light node tree: what expressions walk over. lxml only parses into it and serialises out of it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import Any


class Kind(IntEnum):
    """The node kinds of XPath 1.0."""

    DOCUMENT = 0
    ELEMENT = 1
    ATTRIBUTE = 2
    TEXT = 3
    COMMENT = 4
    INSTRUCTION = 5


_NO_CHILDREN: list[Node] = []
_NO_NAMES: dict[str, list[Node]] = {}


class Node:
    """One node. A leaf element holds its text itself; an element with children holds none.

    `by_name` lists the element children of each local name, so that a child step is one look-up.
    `atom` is the typed value of a leaf in a session (float, date, str), None where text says it all.
    `allowed` is the relevance of the node alone, `relevant` that of it and all above; `fixed` marks
    nodes that no session changes.
    """

    __slots__ = (
        "allowed",
        "atom",
        "attributes",
        "by_name",
        "children",
        "fixed",
        "indexes",
        "kind",
        "name",
        "parent",
        "relevant",
        "spec",
        "text",
        "uri",
    )

    def __init__(self, name: str = "", *, kind: Kind = Kind.ELEMENT, text: str = "", uri: str = "") -> None:
        self.name = name
        self.kind = kind
        self.text = text
        self.uri = uri
        self.atom: Any = None
        self.parent: Node | None = None
        self.children: list[Node] = _NO_CHILDREN
        self.by_name: dict[str, list[Node]] = _NO_NAMES
        self.attributes: tuple[Node, ...] = ()
        self.relevant = True
        self.allowed = True
        self.fixed = False
        self.spec: Any = None
        self.indexes: dict[tuple[str, str], dict[str, list[Node]]] | None = None

    def append(self, child: Node) -> None:
        """Add a child after all others."""
        child.parent = self
        self._open()
        self.children.append(child)
        if child.kind is Kind.ELEMENT:
            self.by_name.setdefault(child.name, []).append(child)

    def _open(self) -> None:
        """Get lists of its own: most nodes are leaves, and those share the empty ones."""
        if self.children is _NO_CHILDREN:
            self.children = []
            self.by_name = {}

    def insert_after(self, child: Node, sibling: Node | None, names: frozenset[str]) -> None:
        """Add a child after `sibling`, or without one after the last child whose name is in `names`."""
        self._open()
        at = len(self.children)
        while at and not (
            self.children[at - 1].name in names if sibling is None else self.children[at - 1] is sibling
        ):
            at -= 1
        child.parent = self
        self.children.insert(at, child)
        peers = self.by_name.setdefault(child.name, [])
        if sibling is not None:
            peers.insert(peers.index(sibling) + 1, child)
        else:
            peers.insert(len(peers) if child.name in names else 0, child)

    def remove(self, child: Node) -> None:
        """Take a child out."""
        self.children.remove(child)
        self.by_name[child.name].remove(child)
        child.parent = None

    def walk(self) -> Iterator[Node]:
        """Yield this node and everything below, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def string(self) -> str:
        """Return the string value as XPath defines it."""
        if not self.children:
            return self.text
        parts = [node.text for node in self.walk() if node.kind in {Kind.ELEMENT, Kind.TEXT, Kind.DOCUMENT}]
        return "".join(parts)

    def find(self, *names: str) -> Node | None:
        """Return the first node down this path of child names, None when there is none."""
        node = self
        for name in names:
            found = node.by_name.get(name)
            if not found:
                return None
            node = found[0]
        return node

    def attribute(self, name: str, uri: str = "") -> str | None:
        """Return the text of an attribute, None when there is none."""
        for node in self.attributes:
            if node.name == name and node.uri == uri:
                return node.text
        return None

    def add_attribute(self, name: str, text: str, uri: str = "") -> None:
        """Add an attribute node."""
        node = Node(name, kind=Kind.ATTRIBUTE, text=text, uri=uri)
        node.parent = self
        self.attributes = (*self.attributes, node)

    def position(self) -> int:
        """Return the 1-based position among siblings of the same name."""
        if self.parent is None:
            return 1
        peers = enumerate(self.parent.by_name.get(self.name, ()), 1)
        return next((place for place, node in peers if node is self), 1)

    def index(self, child: str, key: str) -> dict[str, list[Node]]:
        """Return the `child` children by the text of their `key` child. Only for fixed trees."""
        if self.indexes is None:
            self.indexes = {}
        found = self.indexes.get((child, key))
        if found is None:
            found = self.indexes[child, key] = {}
            for node in self.by_name.get(child, ()):
                for text in {item.string() for item in node.by_name.get(key, ())}:
                    found.setdefault(text, []).append(node)
        return found

    def copy(self) -> Node:
        """Return a deep copy without parent."""
        other = Node(self.name, kind=self.kind, text=self.text, uri=self.uri)
        other.atom, other.spec, other.fixed = self.atom, self.spec, self.fixed
        other.relevant, other.allowed = self.relevant, self.allowed
        for node in self.attributes:
            other.add_attribute(node.name, node.text, node.uri)
        for child in self.children:
            other.append(child.copy())
        return other


def order_key(node: Node) -> tuple[int, ...]:
    """Return a key that sorts nodes of one tree in document order."""
    places: list[int] = []
    while node.parent is not None:
        parent = node.parent
        if node.kind is Kind.ATTRIBUTE:
            places.append(parent.attributes.index(node) - len(parent.attributes))
        else:
            peers = enumerate(parent.children)
            places.append(next((place for place, item in peers if item is node), 0))  # a leaf's own text
        node = parent
    return tuple(reversed(places))
