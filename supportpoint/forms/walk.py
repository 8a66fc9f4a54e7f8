"""The walk through a form: which pages there are now, in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from supportpoint.forms.addresses import below
from supportpoint.forms.parts import Control, Element, Group, Repeat, Spec, Text
from supportpoint.forms.tree import Node
from supportpoint.forms.view import PageKind

Asked = tuple[Control, Node]


class Offers(Protocol):
    """What the walk must know of a repeat beside its instances: `parent` is the node they stand below."""

    def is_open(self, spec: Spec, parent: Node) -> bool:
        """Return whether a repeat without instances is relevant."""

    def has_surplus(self, spec: Spec, parent: Node) -> bool:
        """Return whether a counted repeat has more instances than its count asks for."""


@dataclass(frozen=True, slots=True)
class Section:
    """An outermost group of the body, or a run of questions outside any (no label).

    `node` is where the label reads its outputs: the group, or one instance of a repeat.
    """

    label: Text
    number: int
    node: Node | None = None


@dataclass(frozen=True, slots=True)
class Stop:
    """A page, not yet drawn. `node` is the question's, the group's, or the parent of the repeat."""

    kind: PageKind
    node: Node
    asked: tuple[Asked, ...]
    section: Section
    repeat: Repeat | None = None


def list_stops(elements: Sequence[Element], document: Node, offers: Offers) -> tuple[Stop, ...]:
    """Return the pages that are relevant now; `offers` tells which repeats may be added to or taken from."""
    stops: list[Stop] = []
    section = Section(Text(), 0)
    open_run = False
    for element in elements:
        is_question = isinstance(element, Control)
        if not (is_question and open_run):
            candidate = Section(Text() if isinstance(element, Control) else element.label, section.number + 1)
        found = list(_stops(element, document, candidate, offers))
        if found:
            section, open_run = candidate, is_question
            stops += found
    return tuple(stops)


def _stops(element: Element, node: Node, section: Section, offers: Offers) -> Iterator[Stop]:
    if isinstance(element, Control):
        found = below(node, element.spec.names)
        if found is not None and found.relevant:
            yield Stop(PageKind.QUESTION, found, ((element, found),), section)
    elif isinstance(element, Repeat):
        yield from _repeat_stops(element, node, section, offers)
    else:
        group = node if element.spec is None else below(node, element.spec.names)
        if group is None or not group.relevant:
            return
        section = _placed(section, group)
        if element.field_list:
            asked = tuple(_asked(element, node))
            if asked:
                yield Stop(PageKind.FIELD_LIST, group, asked, section)
            return
        for child in element.children:
            yield from _stops(child, group, section, offers)


def _placed(section: Section, node: Node) -> Section:
    """Return the section as its label reads at the outermost group or repeat instance."""
    if section.node is not None or node.spec is None:
        return section
    return Section(section.label, section.number, node)


def _repeat_stops(repeat: Repeat, node: Node, section: Section, offers: Offers) -> Iterator[Stop]:
    parent = below(node, repeat.spec.names[:-1])
    if parent is None or not parent.relevant:
        return
    instances = parent.by_name.get(repeat.spec.names[-1], ())
    for instance in instances:
        if not instance.relevant:
            continue
        own = _placed(section, instance)
        if repeat.field_list:
            asked = tuple(question for child in repeat.children for question in _asked(child, instance))
            if asked:
                yield Stop(PageKind.FIELD_LIST, instance, asked, own)
            continue
        for child in repeat.children:
            yield from _stops(child, instance, own, offers)
    shown = (
        any(instance.relevant for instance in instances) if instances else offers.is_open(repeat.spec, parent)
    )
    if shown and (not repeat.fixed or offers.has_surplus(repeat.spec, parent)):
        yield Stop(PageKind.REPEAT, parent, (), section, repeat)


def _asked(element: Element, node: Node) -> Iterator[Asked]:
    if isinstance(element, Control):
        found = below(node, element.spec.names)
        if found is not None and found.relevant:
            yield element, found
        return
    if isinstance(element, Group):
        group = node if element.spec is None else below(node, element.spec.names)
        places = [group] if group is not None and group.relevant else []
    else:
        parent = below(node, element.spec.names[:-1])
        listed = parent.by_name.get(element.spec.names[-1], []) if parent is not None else []
        places = [instance for instance in listed if instance.relevant]
    for place in places:
        for child in element.children:
            yield from _asked(child, place)
