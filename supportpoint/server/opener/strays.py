"""Answers that a submission holds and its form does not: never asked there, or not kept when read again.

No kiosk of ours sends such a thing. The office is told, because what it is shown leaves them out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from lxml import etree

from supportpoint.errors import SupportPointError
from supportpoint.forms.datatypes import to_value
from supportpoint.forms.markup import read_xml, split_name
from supportpoint.forms.parts import Spec
from supportpoint.forms.session import FormSession
from supportpoint.forms.view import Problem, Value

NOT_ASKED = "SP-811"


def find_strays(session: FormSession, xml: bytes) -> Iterator[Problem]:
    """Yield a problem for each answer of `xml` that `session`, which read it, does not hold or ask.

    Calculated values are no answers: the form computes them anew.
    Errors: SP-310.
    """
    blank = session.definition.blank
    for spec, ref, text in _list_answers(read_xml(xml, "SP-310"), blank.spec, f"/{blank.name}"):
        is_answer = spec.control is not None and spec.calculate is None
        if is_answer and not _holds(session, ref, to_value(spec.kind, text)):
            yield Problem(ref, NOT_ASKED)


def _list_answers(element: etree._Element, spec: Spec, ref: str) -> Iterator[tuple[Spec, str, str]]:
    """Yield what the submission itself says: a node that it leaves out may have a default in the form."""
    seen = Counter[str]()
    for child in element.iterchildren(etree.Element):
        name = split_name(str(child.tag))[1]
        below = spec.children[name]
        seen[name] += 1
        at = f"{ref}/{name}[{seen[name]}]" if below.repeat is not None else f"{ref}/{name}"
        if below.children:
            yield from _list_answers(child, below, at)
        elif child.text:
            yield below, at, child.text


def _holds(session: FormSession, ref: str, value: Value) -> bool:
    try:
        return session.is_relevant(ref) and session.value(ref) == value
    except SupportPointError:  # an instance of a repeat that the form did not keep
        return False
