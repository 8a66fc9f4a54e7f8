"""A case that brings more to an earlier one says its number: both histories name the other.

A number opens nothing and is told to anybody, so what comes under it is a case of its own and changes
no state: a person looks at both.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from supportpoint.errors import SupportPointError
from supportpoint.forms.view import Question
from supportpoint.sealing.receipt import check_case_number
from supportpoint.server.registry.models import Case, CaseEvent
from supportpoint.server.registry.moment import now

FIELD = "case_no"


def find_number(questions: Iterable[Question]) -> str:
    """Return the case number that a submission says it adds to, "" when it says none that can be right."""
    for question in questions:
        if question.attributes.get("field") == FIELD and question.value:
            with suppress(SupportPointError):
                return check_case_number(str(question.value))
    return ""


def note_addition(case: Case, number: str) -> None:
    """Write into both histories that `case` adds to the newest case of that number in its commune."""
    same = Case.objects.filter(number=number, commune=case.commune).exclude(pk=case.pk)
    first = same.order_by("-received_at").first()
    if first is not None:
        facts = {"number": case.number}
        CaseEvent.objects.create(case=first, at=now(), what="addition", facts=facts)
        CaseEvent.objects.create(case=case, at=now(), what="adds_to", facts={"number": first.number})
