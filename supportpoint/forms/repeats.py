"""What an instance of a repeat holds: filled, blank, or not there at all."""

from __future__ import annotations

from supportpoint.forms.parts import Spec
from supportpoint.forms.tree import Node
from supportpoint.forms.xpath.context import Context, Environment
from supportpoint.forms.xpath.values import to_boolean


def is_filled(node: Node, env: Environment) -> bool:
    """Return whether all required questions of an instance are answered, and any question at all."""
    answered = False
    for place in node.walk():
        spec: Spec = place.spec
        if not place.relevant or spec.control is None:
            continue
        answered |= bool(place.text) and spec.calculate is None
        required = spec.required
        if required and not place.text and to_boolean(required.evaluate(Context(env, place))):
            return False
    return answered


def is_blank(node: Node) -> bool:
    """Return whether a repeat instance holds nothing but what every new one starts with."""
    for place in node.walk():
        spec: Spec = place.spec
        asked = spec.control is not None and spec.calculate is None
        if asked and place.text and spec.initial is not None and place.text != spec.initial:
            return False
    return True


def ghost_of(spec: Spec, parent: Node) -> Node:
    """Return an instance of a repeat that is not in the tree: to ask rules of a repeat without any."""
    ghost = Node(spec.names[-1])
    ghost.parent, ghost.spec = parent, spec
    return ghost
