"""A form, read once and never changed: FormDefinition."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields

from lxml import etree

from supportpoint.errors import SupportPointError
from supportpoint.forms import datatypes
from supportpoint.forms.binding import Binder
from supportpoint.forms.graph import Graph, is_computed, make_graph
from supportpoint.forms.listing import list_questions
from supportpoint.forms.markup import read_xml
from supportpoint.forms.parts import Names, Output, Repeat, Rule, Spec, Text
from supportpoint.forms.reading.actions import Actions, read_actions
from supportpoint.forms.reading.binds import name_by_path, read_binds, read_rules
from supportpoint.forms.reading.body import Body, BodyReader
from supportpoint.forms.reading.instances import read_lists, read_primary
from supportpoint.forms.reading.names import SUPPORT_POINT, XHTML, names_of, xf
from supportpoint.forms.reading.texts import Itext, read_itext
from supportpoint.forms.tree import Node
from supportpoint.forms.view import FormSettings, Question

_SETTINGS = tuple(field.name for field in fields(FormSettings))
META_ID = ("meta", "instanceID")


class FormDefinition:
    """A form. Many sessions may share one; nothing in it changes after loading.

    `unsupported` lists (path, what) of items that are shown in a poorer way than the form asks for.
    """

    def __init__(self, xform: etree._Element, files: Mapping[str, bytes]) -> None:
        model = xform.find(f"{{{XHTML}}}head/{xf('model')}")
        body = xform.find(f"{{{XHTML}}}body")
        if model is None or body is None:
            raise SupportPointError("SP-301", element="model" if model is None else "body")
        self.blank, self.specs = read_primary(model)
        _add_instance_id(self.blank, self.specs)
        self.lists = read_lists(model, files)
        self.binder = Binder(self.specs, self.lists)
        self.itext: Itext = read_itext(model, self.binder)
        name_by_path(xform, model)
        read_binds(model, self.specs)
        _mark_repeats(body, self.specs)
        read_rules(model, self.specs, self.binder)
        self.body: Body = BodyReader(self.specs, self.binder).read(body)
        self.actions: Actions = read_actions(xform, self.specs, self.binder, self.body.unsupported)
        counts = Counter(node.spec for node in self.blank.walk())
        for spec in self.specs.values():
            spec.single = counts[spec] == 1 and spec.is_single()
        self.graph: Graph = make_graph(self.specs)
        self._outputs: dict[tuple[int, Names], Rule] = {}
        self._title = xform.findtext(f"{{{XHTML}}}head/{{{XHTML}}}title") or ""
        _finish_templates(self.blank, self.specs)
        self.stamped = tuple(
            spec.names
            for spec in self.specs.values()
            if (spec.preload, spec.preload_params) == ("timestamp", "end")
        )
        self.offered = tuple(
            spec for spec in self.specs.values() if spec.repeat and spec.relevant and not spec.repeat.fixed
        )
        self.form_id = self.blank.attribute("id") or self.blank.uri
        self.version = self.blank.attribute("version") or ""
        self.settings = _read_settings(self.blank)

    @classmethod
    def load(cls, xform: bytes, *, files: Mapping[str, bytes] | None = None) -> FormDefinition:
        """Return the form of an XForms document; `files` holds its external lists by file name.

        Errors: SP-301 when it cannot be read or a file is missing, SP-302 for what this engine does
                not support, SP-303 for a bad expression, SP-304 when calculations go in a circle.
        """
        with _no_collection():
            return cls(read_xml(xform), files or {})

    @property
    def languages(self) -> tuple[str, ...]:
        """Language codes of the form's texts ("vi"), the default one first; () for a form without."""
        codes = self.itext.languages
        return tuple(sorted(codes, key=lambda code: code != self.itext.default))

    @property
    def unsupported(self) -> tuple[tuple[str, str], ...]:
        """The items shown in a poorer way than the form asks for, as (path, what)."""
        return tuple(self.body.unsupported)

    def title(self, language: str | None = None) -> str:
        """Return the form's title: root attribute `sp:title_<language>`, else the form's one title."""
        return self.fact("title", language) or self._title

    def fact(self, name: str, language: str | None = None) -> str:
        """Return a fact of the form in words: root attribute `sp:<name>_<language>`, else `sp:<name>`."""
        wish = (language or "").split("-")[0]
        root = self.blank
        return root.attribute(f"{name}_{wish}", SUPPORT_POINT) or root.attribute(name, SUPPORT_POINT) or ""

    def list_questions(self, language: str) -> tuple[Question, ...]:
        """Return every question outside a repeat, relevant or not, before anything is answered.

        Shape:  in the order of the primary instance; `required` when some rule can require it; texts without
                their outputs; no value, display or choices, which only a session has.
        """
        return list_questions(self.specs.values(), self.itext, language)

    def output(self, output: Output, home: Names) -> Rule:
        """Return the rule of an `<output>` in a text shown at the node `home`."""
        key = (id(output), home)
        rule = self._outputs.get(key)
        if rule is None:
            rule = self._outputs[key] = self.binder.bind(output.tree, home)
        return rule


@contextmanager
def _no_collection() -> Iterator[None]:
    """Let the garbage collector rest: it would walk the lasting objects of a form again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _add_instance_id(root: Node, specs: dict[Names, Spec]) -> None:
    node = root
    names: Names = (root.name,)
    for name in META_ID:
        names = (*names, name)
        if names not in specs:
            child = Node(name)
            parent = specs[names[:-1]]
            child.spec = specs[names] = parent.children[name] = Spec(names, parent)
            node.append(child)
        node = node.by_name[name][0]


def _mark_repeats(body: etree._Element, specs: Mapping[Names, Spec]) -> None:
    """Let expressions know the repeats before the body is read: their absolute paths depend on them."""
    for element in body.iter(xf("repeat")):
        spec = specs.get(names_of(element.get("nodeset", "")))
        if spec is not None:
            spec.repeat = Repeat(spec, Text(), field_list=False, count=None, fixed=False)


def _finish_templates(root: Node, specs: Mapping[Names, Spec]) -> None:
    """Give every repeat a template, and every leaf the value that its type sees in its text.

    A node with a rule of relevance is not let in before that rule was asked.
    """
    for spec in specs.values():
        if spec.repeat is not None and spec.template is None:
            first = root.find(*spec.names[1:])
            spec.template = first.copy() if first is not None else None
            if spec.template is not None:
                _trim(spec.template)
    for tree in (root, *(spec.template for spec in specs.values() if spec.template is not None)):
        for node in tree.walk():
            node.relevant = tree is root
            node.allowed = not is_computed(node.spec.relevant)
            if node.text and not node.children:
                node.atom = datatypes.to_atom(node.spec.kind, node.text)
                if tree is not root and node.spec.initial is not None:
                    node.spec.initial = node.text


def _trim(template: Node) -> None:
    """Take the inner repeats out of a template made from an instance: how many there are is an answer."""
    for child in list(template.children):
        if child.spec.repeat is not None:
            template.remove(child)
        else:
            _trim(child)


def _read_settings(root: Node) -> FormSettings:
    given = {name: root.attribute(name, SUPPORT_POINT) for name in _SETTINGS}
    known = {name: value for name, value in given.items() if value}
    return FormSettings(**{"purpose": "ordinary", **known})
