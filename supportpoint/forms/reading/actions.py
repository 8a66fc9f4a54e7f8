"""setvalue actions: at first load, at a new repeat, when a value changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from supportpoint.errors import SupportPointError
from supportpoint.forms.binding import Binder
from supportpoint.forms.parts import Action, Names, Spec
from supportpoint.forms.reading.names import local_name, names_of, xf

FIRST_LOAD = "odk-instance-first-load"
NEW_REPEAT = "odk-new-repeat"
VALUE_CHANGED = "xforms-value-changed"
_EVENTS = frozenset({FIRST_LOAD, NEW_REPEAT, VALUE_CHANGED})


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
        parent = element.getparent()
        owner = names_of(parent.get("ref") or parent.get("nodeset") or "") if parent is not None else ()
        if FIRST_LOAD in action.events:
            actions.on_load.append(action)
        if NEW_REPEAT in action.events:
            actions.on_repeat.setdefault(owner, []).append(action)
        if VALUE_CHANGED in action.events and owner in specs:
            specs[owner].changed_actions.append(action)
    others = root.iter("{*}setgeopoint", "{*}recordaudio")
    unsupported += [(element.get("ref", ""), local_name(element)) for element in others]
    return actions


def _read_action(element: etree._Element, specs: Mapping[Names, Spec], binder: Binder) -> Action:
    ref = element.get("ref") or element.get("bind") or ""
    target = names_of(ref)
    if target not in specs:
        raise SupportPointError("SP-301", ref=ref)
    events = frozenset(
        (element.get("event") or element.get("{http://www.w3.org/2001/xml-events}event") or "").split()
    )
    if not events or events - _EVENTS:
        raise SupportPointError("SP-302", event=" ".join(sorted(events)))
    value = element.get("value")
    rule = binder.rule(value, target) if value else None
    return Action(target, events, rule, element.text or "")
