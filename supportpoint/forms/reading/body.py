"""The body: questions, groups and repeats."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lxml import etree

from supportpoint.errors import SupportPointError
from supportpoint.forms.binding import Binder
from supportpoint.forms.parts import Bounds, Control, Element, Group, Item, Itemset, Names, Repeat, Spec
from supportpoint.forms.reading.names import jr, local_name, names_of, xf
from supportpoint.forms.reading.texts import read_text
from supportpoint.forms.view import QuestionType
from supportpoint.forms.xpath.compiler import compile_tree
from supportpoint.forms.xpath.syntax import Call

_INPUTS = {
    "int": QuestionType.INTEGER,
    "decimal": QuestionType.DECIMAL,
    "date": QuestionType.DATE,
    "time": QuestionType.TIME,
    "dateTime": QuestionType.DATETIME,
    "barcode": QuestionType.BARCODE,
}
_POORLY_SUPPORTED = frozenset({"geopoint", "geotrace", "geoshape", "rank"})
_CONTROLS = frozenset({"input", "select1", "select", "upload", "range", "trigger", "rank", "secret"})
_LABEL, _HINT, _ITEMSET, _ITEM, _VALUE = (xf(name) for name in ("label", "hint", "itemset", "item", "value"))
_LIST_ID = re.compile(r"instance\(\s*['\"]([^'\"]+)['\"]\s*\)")


@dataclass(slots=True)
class Body:
    """The controls in order, and what this engine shows in a poorer way than the form asks for."""

    elements: list[Element] = field(default_factory=list)
    unsupported: list[tuple[str, str]] = field(default_factory=list)


class BodyReader:
    """Reads the body; rules of controls are compiled on the way."""

    def __init__(self, specs: Mapping[Names, Spec], binder: Binder) -> None:
        self.specs = specs
        self.binder = binder
        self.root: Names = next(iter(specs))  # labels of groups are titles, they read from the root
        self.body = Body()

    def read(self, element: etree._Element) -> Body:
        """Return the whole body. Errors: SP-301, SP-302, SP-303."""
        self.body.elements = self._children(element)
        return self.body

    def _children(self, parent: etree._Element) -> list[Element]:
        found: list[Element] = []
        for child in parent:
            name = local_name(child)
            if name == "group":
                found.append(self._group(child))
            elif name == "repeat":
                found.append(self._repeat(child))
            elif name in _CONTROLS:
                found.append(self._control(child, name))
            elif name not in {
                "",
                "label",
                "hint",
                "setvalue",
                "setgeopoint",
                "recordaudio",
                "itemset",
                "item",
            }:
                raise SupportPointError("SP-302", element=name)
        return found

    def _spec(self, ref: str | None) -> Spec:
        spec = self.specs.get(names_of(ref or ""))
        if spec is None:
            raise SupportPointError("SP-301", ref=ref or "")
        return spec

    def _group(self, element: etree._Element) -> Group:
        ref = element.get("ref")
        spec = self._spec(ref) if ref else None
        label = read_text(element.find(xf("label")), self.binder, self.root)
        field_list = "field-list" in (element.get("appearance") or "").split()
        group = Group(spec, label, field_list, self._children(element))
        for child in group.children:
            if isinstance(child, Repeat) and child.spec is spec:
                group.spec = None
                child.label = child.label or label
                child.field_list = child.field_list or field_list
                group.field_list = False
        return group

    def _repeat(self, element: etree._Element) -> Repeat:
        spec = self._spec(element.get("nodeset"))
        count = element.get(jr("count"))
        fixed = (element.get(jr("noAddRemove")) or "").strip() in {"true", "true()"}
        spec.repeat = Repeat(
            spec,
            read_text(element.find(xf("label")), self.binder, self.root),
            "field-list" in (element.get("appearance") or "").split(),
            self.binder.rule(count, spec.names) if count else None,
            fixed or bool(count),
        )
        spec.repeat.children = self._children(element)
        return spec.repeat

    def _control(self, element: etree._Element, name: str) -> Control:
        spec = self._spec(element.get("ref"))
        kind = self._kind(element, name, spec)
        parts: dict[str, etree._Element] = {}
        items: list[Item] = []
        for child in element.iterchildren("*"):
            if child.tag == _ITEM:
                items.append(self._item(child, spec))
            else:
                parts.setdefault(child.tag, child)
        control = Control(
            spec,
            kind,
            read_text(parts.get(_LABEL), self.binder, spec.names),
            read_text(parts.get(_HINT), self.binder, spec.names),
            tuple((element.get("appearance") or "").split()),
            self._itemset(parts.get(_ITEMSET), spec),
            tuple(items),
        )
        if kind is QuestionType.RANGE:
            control.bounds = _bounds(element, spec)
        control.autoplay = element.get("autoplay", "")
        if kind is QuestionType.SELECT_MULTIPLE:
            spec.kind = "select"
        elif kind is QuestionType.ACKNOWLEDGE:
            spec.kind = "trigger"
        spec.control = spec.control or control
        return control

    def _kind(self, element: etree._Element, name: str, spec: Spec) -> QuestionType:
        if spec.kind in _POORLY_SUPPORTED:
            self.body.unsupported.append((spec.path, spec.kind))
        if name == "select1":
            return QuestionType.SELECT_ONE
        if name in {"select", "rank"}:
            return QuestionType.SELECT_MULTIPLE
        if name == "trigger":
            return QuestionType.ACKNOWLEDGE
        if name == "range":
            return QuestionType.RANGE
        if name == "upload":
            return self._upload(element, spec)
        kind = _INPUTS.get(spec.kind, QuestionType.TEXT)
        readonly = spec.readonly is not None and spec.readonly.source.strip() == "true()"
        return (
            QuestionType.NOTE if readonly and spec.calculate is None and kind is QuestionType.TEXT else kind
        )

    def _upload(self, element: etree._Element, spec: Spec) -> QuestionType:
        media = element.get("mediatype") or ""
        if media.startswith("image/"):
            return QuestionType.IMAGE
        if media.startswith("audio/"):
            return QuestionType.AUDIO
        if media.startswith("video/"):
            self.body.unsupported.append((spec.path, "video"))
        return QuestionType.FILE

    def _itemset(self, itemset: etree._Element | None, spec: Spec) -> Itemset | None:
        if itemset is None:
            return None
        source = itemset.get("nodeset", "")
        value, label = itemset.find(xf("value")), itemset.find(xf("label"))
        name = "name" if value is None else value.get("ref", "name")
        tree = self.binder.parse(_label_ref(label, name))
        nodes = self.binder.rule(source, spec.names)
        if nodes.reads:  # a list made of answers also changes with what is in it
            inside = self.binder.rule(f"{source}/{name}", spec.names).reads
            nodes = replace(nodes, reads=tuple(dict.fromkeys((*nodes.reads, *inside))))
        key = tree.arguments[0] if isinstance(tree, Call) and tree.name == "jr:itext" else None
        listed = _LIST_ID.search(source)
        return Itemset(
            nodes,
            name,
            compile_tree(tree),
            None if key is None else compile_tree(key),
            listed[1] if listed else "",
        )

    def _item(self, element: etree._Element, spec: Spec) -> Item:
        parts = {child.tag: child for child in element.iterchildren("*")}
        value = parts.get(_VALUE)
        text = "" if value is None else (value.text or "").strip()
        return Item(text, read_text(parts.get(_LABEL), self.binder, spec.names))


def _bounds(element: etree._Element, spec: Spec) -> Bounds:
    """Return start, end and step of a range. Errors: SP-301 when one is missing or no number, or no step."""
    try:
        start, end, step = (Decimal(element.get(name, "")) for name in ("start", "end", "step"))
    except ArithmeticError as error:
        raise SupportPointError("SP-301", ref=spec.path, element="range") from error
    if not (start.is_finite() and end.is_finite() and step.is_finite() and step):
        raise SupportPointError("SP-301", ref=spec.path, element="range")
    return start, end, step


def _label_ref(label: etree._Element | None, value: str) -> str:
    return value if label is None else label.get("ref", value)
