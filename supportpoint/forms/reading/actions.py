"""setvalue actions: at first load, at a new repeat, when a value changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from supportpoint.errors import SupportPointError
from supportpoint.forms.binding import Binder
from supportpoint.forms.parts import Action, Names, Rule, Spec
from supportpoint.forms.reading.names import local_name, names_of, xf

FIRST_LOAD = "odk-instance-first-load"
NEW_REPEAT = "odk-new-repeat"
VALUE_CHANGED = "xforms-value-changed"
_OLD_NAMES = {"xforms-ready": FIRST_LOAD, "jr-insert": NEW_REPEAT}
_EVENTS = frozenset({FIRST_LOAD, NEW_REPEAT, VALUE_CHANGED})
_XML_EVENTS = "{http://www.w3.org/2001/xml-events}event"


@dataclass(slots=True)
class Actions:
    """The actions of a form that no single question owns."""

    on_load: list[Action] = field(default_factory=list)
    on_repeat: dict[Names, list[Action]] = field(default_factory=dict)


def read_actions(
    root: etree._Element, specs: Mapping[Names, Spec], binder: Binder, unsupported: list[tuple[str, str]]
) -> Actions:
    """Return the actions of model and body; those on a changed value go to their question's node.

    Errors: SP-302 for an event that forms here do not have, SP-301 for a target that does not exist.
    """
    actions = Actions()
    for element in root.iter(xf("setvalue")):
        action = _read_action(element, specs, binder)
        if FIRST_LOAD in action.events:
            actions.on_load.append(action)
        if NEW_REPEAT in action.events:
            actions.on_repeat.setdefault(_repeat_of(action.owner, specs), []).append(action)
            specs[action.target].initial = None
        if VALUE_CHANGED in action.events and action.owner in specs:
            specs[action.owner].changed_actions.append(action)
    others = root.iter("{*}setgeopoint", "{*}recordaudio")
    unsupported += [(element.get("ref", ""), local_name(element)) for element in others]
    return actions


def _read_action(element: etree._Element, specs: Mapping[Names, Spec], binder: Binder) -> Action:
    ref = element.get("ref") or element.get("bind") or ""
    target, owner = names_of(ref), _owner(element)
    path: Rule | None = None
    if "[" in ref:
        path = binder.rule(ref, owner or next(iter(specs)))
        target = next((read.names for read in path.reads if read.names == _without_predicates(ref)), ())
    if target not in specs:
        raise SupportPointError("SP-301", ref=ref)
    given = (element.get("event") or element.get(_XML_EVENTS) or "").split()
    events = frozenset(_OLD_NAMES.get(event, event) for event in given)
    if not events or events - _EVENTS:
        raise SupportPointError("SP-302", event=" ".join(sorted(events)))
    value = element.get("value")
    rule = binder.rule(value, target) if value else None
    return Action(target, events, rule, element.text or "", owner, path)


def _owner(element: etree._Element) -> Names:
    """Return the node of the question, group or repeat that an action is written in, () for the model."""
    parent = element.getparent()
    return names_of(parent.get("ref") or parent.get("nodeset") or "") if parent is not None else ()


def _repeat_of(owner: Names, specs: Mapping[Names, Spec]) -> Names:
    """Return the closest repeat at or above a node, () when there is none."""
    while owner:
        spec = specs.get(owner)
        if spec is not None and spec.repeat is not None:
            return owner
        owner = owner[:-1]
    return ()


def _without_predicates(ref: str) -> Names:
    plain: list[str] = []
    depth = 0
    for letter in ref:
        depth += letter == "["
        if not depth:
            plain.append(letter)
        depth -= letter == "]"
    return names_of("".join(plain))
