"""Refs: the absolute path of a node with repeat positions, `/data/witness[2]/name`."""

from __future__ import annotations

import re

from supportpoint.errors import SupportPointError
from supportpoint.forms.parts import Names, Spec
from supportpoint.forms.tree import Node

_STEP = re.compile(r"([^\[\]/]+)(?:\[(\d{1,6})\])?\Z")


def ref_of(node: Node) -> str:
    """Return the ref of a node of the instance."""
    parts: list[str] = []
    at: Node | None = node
    if node.spec.single:
        path: str = node.spec.path
        return path
    while at is not None and at.spec is not None:
        place = f"[{at.position()}]" if at.spec.repeat is not None else ""
        parts.append(at.name + place)
        at = at.parent
    return "/" + "/".join(reversed(parts))


def find_node(document: Node, ref: str) -> Node:
    """Return the node of a ref; a repeat without position means its first instance.

    Errors: SP-305 when there is none.
    """
    node = document
    for part in ref.removeprefix("/").split("/"):
        match = _STEP.match(part)
        found = node.by_name.get(match[1], []) if match else []
        place = int(match[2] or 1) if match else 0
        if not 1 <= place <= len(found):
            raise SupportPointError("SP-305", ref=ref)
        node = found[place - 1]
    return node


def find_repeat(document: Node, ref: str) -> tuple[Node, Spec]:
    """Return (parent node, repeat) of a repeat's ref, the last position ignored.

    Errors: SP-305 when there is no such repeat.
    """
    parent_ref, _, last = ref.rpartition("/")
    parent = find_node(document, parent_ref) if parent_ref else document
    spec = parent.spec.children.get(last.partition("[")[0]) if parent.spec is not None else None
    if spec is None or spec.repeat is None:
        raise SupportPointError("SP-305", ref=ref)
    return parent, spec


def below(node: Node, names: Names) -> Node | None:
    """Return the first node of a path at or below `node`, None when there is none."""
    depth = node.spec.depth if node.spec is not None else 0
    return node.find(*names[depth:])
