"""Metadata that a form asks for: start, end, today, the device."""

from __future__ import annotations

from collections.abc import Mapping

from supportpoint.clock import Clock
from supportpoint.forms import datatypes
from supportpoint.forms.state import State
from supportpoint.forms.tree import Node


def preload(state: State, clock: Clock, metadata: Mapping[str, str]) -> None:
    """Fill the nodes that a new submission starts with; `metadata` answers jr:preload="property"."""
    now = _now_text(state, clock)
    texts = {"timestamp": now, "date": now[:10]}
    for node in state.root.walk():
        kind, params = node.spec.preload, node.spec.preload_params
        text = metadata.get(params, "") if kind == "property" else texts.get(kind, "")
        if text:
            store_text(state, node, datatypes.to_lexical(node.spec.kind, text))


def stamp_end(state: State, clock: Clock) -> None:
    """Keep the time of the last edit where the form asks for its end."""
    for names in state.definition.stamped:
        for node in state.reach(state.root, names):
            store_text(state, node, _now_text(state, clock))


def store_text(state: State, node: Node, text: str) -> bool:
    """Store a text with the value its type sees in it; return whether it differs from the old one."""
    return state.set_value(node, text, datatypes.to_atom(node.spec.kind, text))


def _now_text(state: State, clock: Clock) -> str:
    return datatypes.moment_text(clock.now().astimezone(state.env.zone))
