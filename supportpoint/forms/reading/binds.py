"""Binds: the rules of each node."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from supportpoint.errors import SupportPointError
from supportpoint.forms.binding import Binder
from supportpoint.forms.markup import split_name
from supportpoint.forms.parts import Names, Rule, Spec
from supportpoint.forms.reading.names import SUPPORT_POINT, jr, names_of, xf
from supportpoint.forms.reading.texts import read_message


def read_binds(model: etree._Element, specs: Mapping[Names, Spec]) -> None:
    """Write type, preload and attributes of every bind to its node; rules follow in `read_rules`."""
    for bind in model.findall(xf("bind")):
        spec = specs.get(names_of(bind.get("nodeset", "")))
        if spec is None:
            continue
        spec.kind = (bind.get("type") or "string").rpartition(":")[2]
        spec.preload = bind.get(jr("preload"), "")
        spec.preload_params = bind.get(jr("preloadParams"), "")
        for key, value in bind.attrib.items():
            uri, name = split_name(str(key))
            if uri == SUPPORT_POINT:
                spec.attributes[name] = str(value)


def name_by_path(xform: etree._Element, model: etree._Element) -> None:
    """Let every question and action that names its bind by id name the node itself, as all others do.

    Errors: SP-301 for an id that no bind has.
    """
    binds = model.findall(xf("bind"))
    paths = {bind.get("id"): bind.get("nodeset", "") for bind in binds if bind.get("id")}
    if not paths:
        return
    for element in xform.iter("{*}*"):
        key = element.get("bind")
        if key is not None and element.get("ref") is None and element.get("nodeset") is None:
            if key not in paths:
                raise SupportPointError("SP-301", bind=key)
            element.set("nodeset" if element.tag == xf("repeat") else "ref", paths[key])


def read_rules(model: etree._Element, specs: Mapping[Names, Spec], binder: Binder) -> None:
    """Compile the expressions of every bind. Errors: SP-302, SP-303 with the node's path."""
    for bind in model.findall(xf("bind")):
        spec = specs.get(names_of(bind.get("nodeset", "")))
        if spec is None:
            continue
        spec.relevant = _rule(bind, "relevant", spec, binder)
        spec.required = _rule(bind, "required", spec, binder)
        spec.readonly = _rule(bind, "readonly", spec, binder)
        spec.constraint = _rule(bind, "constraint", spec, binder)
        spec.calculate = _rule(bind, "calculate", spec, binder)
        spec.constraint_message = read_message(bind.get(jr("constraintMsg")), binder, spec.names)
        spec.required_message = read_message(bind.get(jr("requiredMsg")), binder, spec.names)


def _rule(bind: etree._Element, name: str, spec: Spec, binder: Binder) -> Rule | None:
    source = bind.get(name)
    return binder.rule(source, spec.names) if source and source.strip() else None
