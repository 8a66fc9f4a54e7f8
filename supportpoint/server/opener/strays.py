"""Answers that a submission holds and its form does not: never asked there, or not kept when read again.

No kiosk of ours sends such a thing. The office is told, because what it is shown leaves them out.
"""

from __future__ import annotations

from collections.abc import Iterator

from supportpoint.errors import SupportPointError
from supportpoint.forms.addresses import ref_of
from supportpoint.forms.datatypes import to_value
from supportpoint.forms.session import FormSession
from supportpoint.forms.submission import read_answers
from supportpoint.forms.view import Problem, Value

NOT_ASKED = "SP-811"


def find_strays(session: FormSession, xml: bytes) -> Iterator[Problem]:
    """Yield a problem for each answer of `xml` that `session`, which read it, does not hold or ask.

    Calculated values are no answers: the form computes them anew.
    Errors: SP-309, SP-310.
    """
    for node in read_answers(session.definition, xml).walk():
        spec = node.spec
        if node.text and spec.control is not None and spec.calculate is None:
            ref = ref_of(node)
            if not _holds(session, ref, to_value(spec.kind, node.text)):
                yield Problem(ref, NOT_ASKED)


def _holds(session: FormSession, ref: str, value: Value) -> bool:
    try:
        return session.is_relevant(ref) and session.value(ref) == value
    except SupportPointError:  # an instance of a repeat that the form did not keep
        return False
